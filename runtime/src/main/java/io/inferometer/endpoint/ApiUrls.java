package io.inferometer.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Derives the addresses of an endpoint's API from what the user gave. */
final class ApiUrls {
    private static final String CHAT = "/chat/completions";

    private ApiUrls() {}

    /**
     * Where chat completions are asked for: a base that ends in {@code /v1} gets {@code /chat/completions}, one that ends
     * in that already is taken as it is, any other gets {@code /v1/chat/completions}.
     *
     * @param whole whether {@code url} is to be taken as it is
     * @param path put below the base in place of the derived one, unless empty
     * @throws IllegalArgumentException if it is no http or https URL with a host
     */
    static URI chatCompletions(String url, boolean whole, String path) {
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
        if (base.endsWith(CHAT)) {
            return checked(base);
        }
        return checked(base + (base.endsWith("/v1") ? CHAT : "/v1" + CHAT));
    }

    /** Where the list of models is, beside chat completions; empty where that can't be told. */
    static Optional<URI> models(URI chatCompletions) {
        String path = chatCompletions.getRawPath();
        if (!path.endsWith(CHAT)) {
            return Optional.empty();
        }
        return Optional.of(chatCompletions.resolve(path.substring(0, path.length() - CHAT.length()) + "/models"));
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
