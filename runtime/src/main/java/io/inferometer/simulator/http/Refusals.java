package io.inferometer.simulator.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.http.Reply.Then;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.Protocol;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** What is sent in the place of an answer by the faults of that stage: the errors of real servers, and worse. */
final class Refusals {
    private static final String HTML = "text/html";
    private static final int LONG_ERROR_CHARS = 1 << 20;
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String STREAM_HEAD =
            HEAD + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private Refusals() {}

    /**
     * What a fault of the stage {@link Fault.Stage#INSTEAD} sends.
     *
     * @param protocol whose shape an error has, where it is not another server's own
     * @param path where the request went
     */
    static Reply of(Fault fault, Protocol protocol, String path) {
        return switch (fault) {
            case CONTEXT_OVERFLOW ->
                error(
                        protocol,
                        ApiException.invalid(
                                HttpResponseStatus.BAD_REQUEST,
                                "the prompt is longer than the context, as the profile says",
                                "messages",
                                "context_length_exceeded"));
            case UNAUTHORIZED -> json(HttpResponseStatus.UNAUTHORIZED, "{\"error\":\"Unauthorized\"}");
            case FORBIDDEN -> json(HttpResponseStatus.FORBIDDEN, "{\"error\":\"no right to this model\"}");
            case NOT_FOUND ->
                json(
                        HttpResponseStatus.NOT_FOUND,
                        "{\"error\":{\"message\":\"The model does not exist.\",\"type\":\"NotFoundError\","
                                + "\"param\":null,\"code\":404}}");
            case TOO_LARGE -> page(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
            case UNPROCESSABLE ->
                json(
                        HttpResponseStatus.UNPROCESSABLE_ENTITY,
                        "{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"field required\"}]}");
            case TOO_MANY_REQUESTS -> tooMany(protocol, "1");
            case TOO_MANY_UNTIL -> tooMany(protocol, "Wed, 21 Oct 2026 07:28:00 GMT");
            case SERVER_ERROR ->
                error(
                        protocol,
                        ApiException.of(
                                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                                "the server failed, as the profile says",
                                "server_error",
                                "internal_error"));
            case LONG_ERROR -> text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "trace ".repeat(LONG_ERROR_CHARS / 6));
            case BAD_GATEWAY -> page(HttpResponseStatus.BAD_GATEWAY);
            case LOADING ->
                HttpReply.error(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "Retry-After: 5\r\n",
                        "{\"object\":\"error\",\"message\":\"the model is loading\",\"type\":\"x\",\"code\":503}");
            case GATEWAY_TIMEOUT -> text(HttpResponseStatus.GATEWAY_TIMEOUT, "");
            case REDIRECT ->
                new HttpReply(
                        HttpResponseStatus.TEMPORARY_REDIRECT,
                        "Location: http://elsewhere.invalid" + path + "\r\n",
                        HttpReply.JSON,
                        "");
            case HTML -> new HttpReply(HttpResponseStatus.OK, "", HTML, "<html><body>Welcome</body></html>");
            case GZIP -> new Reply.Raw(gzip("data: [DONE]\n\n"), Then.NEXT);
            case RESET -> new Reply.Raw(new byte[0], Then.RESET);
            case RESET_IN_HEADERS -> new Reply.Raw(bytes(HEAD + "Content-Ty"), Then.RESET);
            case RESET_AFTER_HEADERS -> new Reply.Raw(bytes(STREAM_HEAD), Then.RESET);
            case ENDLESS_HEADERS -> new Reply.Raw(bytes(HEAD), Then.HEADERS);
            case STALL_AT_ONCE -> new Reply.Raw(new byte[0], Then.SILENCE);
            default -> throw new IllegalArgumentException(fault + " sends an answer");
        };
    }

    private static HttpReply tooMany(Protocol protocol, String retryAfter) {
        return error(
                protocol,
                ApiException.of(
                                HttpResponseStatus.TOO_MANY_REQUESTS,
                                "too many requests, as the profile says",
                                "rate_limit_error",
                                "rate_limit_exceeded")
                        .with(HttpHeaderNames.RETRY_AFTER, retryAfter));
    }

    private static HttpReply error(Protocol protocol, ApiException error) {
        return HttpReply.of(error, error.json(protocol));
    }

    private static HttpReply json(HttpResponseStatus status, String body) {
        return HttpReply.error(status, "", body);
    }

    private static HttpReply text(HttpResponseStatus status, String body) {
        return new HttpReply(status, "", "text/plain", body);
    }

    /** The page that a proxy makes of an error. */
    private static HttpReply page(HttpResponseStatus status) {
        return new HttpReply(
                status, "", HTML, "<html>\r\n<head><title>" + status + "</title></head>\r\n<hr>nginx</html>\r\n");
    }

    private static byte[] gzip(String body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory is always writable
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes(HEAD + "Content-Type: text/event-stream\r\nContent-Encoding: gzip\r\nContent-Length: "
                + packed.size() + "\r\n\r\n"));
        all.writeBytes(packed.toByteArray());
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
