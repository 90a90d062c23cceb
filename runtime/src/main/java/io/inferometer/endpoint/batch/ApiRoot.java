package io.inferometer.endpoint.batch;

import java.net.URI;
import java.util.List;

/**
 * Where an endpoint's Batch API is, beside the API that answers requests.
 *
 * @param base below which files and batches are: {@code https://host/v1}
 * @param query what every URL ends with, {@code ?} and all; may be empty
 * @param url what the lines of a file call the API that answers requests: {@code /v1/chat/completions}
 */
public record ApiRoot(String base, String query, String url) {
    private static final String VERSION = "/v1/";
    private static final List<String> ANSWERING =
            List.of("/chat/completions", "/completions", "/responses", "/embeddings", "/rerank", "/messages");

    /**
     * That of an endpoint that is asked there.
     *
     * @throws IllegalArgumentException if the URL does not tell
     */
    public static ApiRoot beside(URI asked) {
        String path = asked.getRawPath();
        String origin = asked.getScheme() + "://" + asked.getRawAuthority();
        String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
        int version = path.lastIndexOf(VERSION);
        if (version >= 0) {
            return new ApiRoot(
                    origin + path.substring(0, version + VERSION.length() - 1), query, path.substring(version));
        }
        String suffix = ANSWERING.stream()
                .filter(path::endsWith)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("where the Batch API is can't be told from " + origin
                        + path + ": give the base URL with --base-url"));
        // Azure names the model in the path of requests, and not in that of batches.
        String before = path.substring(0, path.length() - suffix.length()).replaceFirst("/deployments/[^/]+$", "");
        return new ApiRoot(origin + before, query, suffix);
    }

    /** A URL below the base. */
    URI at(String path) {
        boolean asks = path.contains("?") && !query.isEmpty();
        return URI.create(base + path + (asks ? "&" + query.substring(1) : query));
    }
}
