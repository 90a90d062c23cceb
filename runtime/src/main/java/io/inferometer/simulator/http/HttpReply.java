package io.inferometer.simulator.http;

import io.inferometer.simulator.protocol.ApiException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * A whole response.
 *
 * @param status its status
 * @param header one more header line with its line end, or nothing
 * @param type the media type of the body
 * @param body the body, or nothing
 */
record HttpReply(HttpResponseStatus status, String header, String type, byte[] body) implements Reply {
    static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    HttpReply(HttpResponseStatus status, String header, String type, String body) {
        this(status, header, type, body.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON, or nothing, with status 200. */
    static HttpReply ok(String json) {
        return new HttpReply(HttpResponseStatus.OK, "", JSON, json);
    }

    /** Metrics in Prometheus' text form. */
    static HttpReply metrics(String text) {
        return new HttpReply(HttpResponseStatus.OK, "", PROMETHEUS, text);
    }

    /** JSON that tells of an error. */
    static HttpReply error(HttpResponseStatus status, String header, String json) {
        return new HttpReply(status, header, JSON, json);
    }

    /** An error, by its members. */
    static HttpReply of(ApiException error, String members) {
        return error(error.status(), error.header(), "{" + members + "}");
    }

    /** The response as bytes; {@code close} tells the client that it is the connection's last. */
    byte[] bytes(boolean close) {
        byte[] head = ("HTTP/1.1 " + status + "\r\n" + header
                        + (body.length == 0 ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: "
                        + body.length + "\r\n" + (close ? "Connection: close\r\n" : "") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }
}
