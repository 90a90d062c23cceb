package io.inferometer.simulator;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * A whole response.
 *
 * @param status its status
 * @param header one more header line with its line end, or nothing
 * @param body JSON, or nothing
 */
record Response(HttpResponseStatus status, String header, String body) implements Reply {
    static Response ok(String body) {
        return new Response(HttpResponseStatus.OK, "", body);
    }

    /** The response as bytes; {@code close} tells the client that it is the connection's last. */
    byte[] bytes(boolean close) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + status + "\r\n" + header
                        + (content.length == 0 ? "" : "Content-Type: application/json\r\n") + "Content-Length: "
                        + content.length + "\r\n" + (close ? "Connection: close\r\n" : "") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[head.length + content.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(content, 0, bytes, head.length, content.length);
        return bytes;
    }
}
