package io.inferometer.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Derives the addresses of an endpoint's API from what the user gave. A query that was given is in all of them. */
final class ApiUrls {
    /** Where the paths of the protocols stand right below: a version, or a deployment of Azure OpenAI. */
    private static final Pattern ROOT = Pattern.compile(".*(/v1|/openai/deployments/[^/]+)");

    private ApiUrls() {}

    /**
     * Where requests of a protocol go: a base that ends in {@code /v1}, or in a deployment of Azure's, gets the protocol's
     * path, as {@code /chat/completions}, one that ends in that already is taken as it is, any other gets {@code /v1} and the
     * path.
     *
     * @param whole whether {@code url} is to be taken as it is
     * @param path put below the base in place of the derived one, unless empty
     * @param ofProtocol the protocol's path below {@code /v1}
     * @throws IllegalArgumentException if it is no http or https URL with a host
     */
    static URI requests(String url, boolean whole, String path, String ofProtocol) {
        String given = url.strip();
        if (whole) {
            return checked(given);
        }
        int mark = given.indexOf('?');
        String query = mark < 0 ? "" : given.substring(mark);
        String base = (mark < 0 ? given : given.substring(0, mark)).replaceFirst("/+$", "");
        if (!path.isEmpty()) {
            String below = path.startsWith("/") ? path : "/" + path;
            return checked(base + below + (below.contains("?") ? query.replaceFirst("\\?", "&") : query));
        }
        if (base.endsWith(ofProtocol)) {
            return checked(base + query);
        }
        return checked(base + (ROOT.matcher(base).matches() ? "" : "/v1") + ofProtocol + query);
    }

    /** Where the list of models is, beside that to which requests go; empty where that can't be told. */
    static Optional<URI> models(URI requests, String ofProtocol) {
        return beside(requests, ofProtocol, "/models");
    }

    /** Where another path is, beside that to which requests go; empty where that can't be told. */
    static Optional<URI> beside(URI requests, String ofProtocol, String other) {
        String path = requests.getRawPath();
        if (!path.endsWith(ofProtocol)) {
            return Optional.empty();
        }
        String query = requests.getRawQuery() == null ? "" : "?" + requests.getRawQuery();
        return Optional.of(requests.resolve(path.substring(0, path.length() - ofProtocol.length()) + other + query));
    }

    /** An address as it may be shown: a query, which may hold a key, is only told to be there. */
    static String shown(URI uri) {
        String text = uri.toString();
        return uri.getRawQuery() == null ? text : text.substring(0, text.indexOf('?')) + "?...";
    }

    private static URI checked(String url) {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || HostPort.find(uri).isEmpty()) {
                throw new IllegalArgumentException("not an http or https URL with a host: " + url);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + url + " (" + e.getReason() + ")", e);
        }
    }
}
