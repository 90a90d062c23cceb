package io.inferometer.scrape;

import java.net.URI;
import java.util.Map;

/**
 * The endpoint that is measured.
 *
 * @param uri what its requests are posted to
 * @param headers those of its requests, the key among them
 * @param insecure whether its certificate is not verified
 */
public record Endpoint(URI uri, Map<String, String> headers, boolean insecure) {
    public Endpoint {
        headers = Map.copyOf(headers);
    }
}
