package io.inferometer.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Derives the addresses of an endpoint's API from what the user gave. */
final class ApiUrls {
    private ApiUrls() {}

    /**
     * Where requests of a protocol go: a base that ends in {@code /v1} gets the protocol's path, as {@code
     * /chat/completions}, one that ends in that already is taken as it is, any other gets {@code /v1} and the path.
     *
     * @param whole whether {@code url} is to be taken as it is
     * @param path put below the base in place of the derived one, unless empty
     * @param ofProtocol the protocol's path below {@code /v1}
     * @throws IllegalArgumentException if it is no http or https URL with a host
     */
    static URI requests(String url, boolean whole, String path, String ofProtocol) {
        String base = url.strip();
        if (whole) {
            return checked(base);
        }
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        if (!path.isEmpty()) {
            return checked(base + (path.startsWith("/") ? path : "/" + path));
        }
        if (base.endsWith(ofProtocol)) {
            return checked(base);
        }
        return checked(base + (base.endsWith("/v1") ? ofProtocol : "/v1" + ofProtocol));
    }

    /** Where the list of models is, beside that to which requests go; empty where that can't be told. */
    static Optional<URI> models(URI requests, String ofProtocol) {
        String path = requests.getRawPath();
        if (!path.endsWith(ofProtocol)) {
            return Optional.empty();
        }
        return Optional.of(requests.resolve(path.substring(0, path.length() - ofProtocol.length()) + "/models"));
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
