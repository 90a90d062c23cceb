package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.HostPort;
import io.inferometer.endpoint.WireRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes the request line and the headers of requests. What does not change from one to the next is kept. Used by one
 * thread.
 */
final class RequestHead {
    /** Headers that are the transport's own to write, or that ask for what it can't do; java.net.http refuses them too. */
    private static final Set<String> RESTRICTED =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private static final byte[] END = ascii("\r\n");

    private URI uri;
    private Map<String, String> headers;
    private boolean posted;
    private byte[] unchanging = END;

    /**
     * The head of a request, up to its blank line.
     *
     * @throws IllegalArgumentException if a header can't be sent
     */
    byte[] of(WireRequest request) {
        boolean post = request.body().length > 0;
        if (request.uri() != uri || request.headers() != headers || post != posted) {
            unchanging = unchanging(request, post);
            uri = request.uri();
            headers = request.headers();
            posted = post;
        }
        byte[] rest = post ? ascii("Content-Length: " + request.body().length + "\r\n\r\n") : END;
        byte[] head = Arrays.copyOf(unchanging, unchanging.length + rest.length);
        System.arraycopy(rest, 0, head, unchanging.length, rest.length);
        return head;
    }

    private static byte[] unchanging(WireRequest request, boolean post) {
        URI uri = URI.create(request.uri().toASCIIString());
        StringBuilder head = new StringBuilder(post ? "POST " : "GET ")
                .append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(HostPort.authority(uri)).append("\r\n");
        for (Map.Entry<String, String> header : distinct(request.headers()).entrySet()) {
            check(header.getKey(), header.getValue());
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One header of a name, in whatever case: the last one. */
    private static Map<String, String> distinct(Map<String, String> headers) {
        Map<String, String> distinct = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        distinct.putAll(headers);
        return distinct;
    }

    /** The value may be a key, and is not shown. */
    private static void check(String name, String value) {
        if (RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("restricted header name: \"" + name + "\"");
        }
        if (!name.matches("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+")) {
            throw new IllegalArgumentException("invalid header name: \"" + name + "\"");
        }
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            throw new IllegalArgumentException("invalid header value of " + name);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
