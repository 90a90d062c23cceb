package io.inferometer.simulator.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * A request that is answered with an error status and OpenAI's error object.
 *
 * <p>It carries no stack trace: it is an answer, not a failure of the server.
 */
final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient HttpResponseStatus status;
    private final String type;
    private final String param;
    private final String code;
    private final String header;

    private ApiException(
            HttpResponseStatus status, String message, String type, String param, String code, String header) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.header = header;
    }

    /** An error of the server's, or of load. */
    static ApiException of(HttpResponseStatus status, String message, String type, String code) {
        return new ApiException(status, message, type, null, code, "");
    }

    /** A request that is wrong by itself, status 400; {@code param} may be null. */
    static ApiException badRequest(String message, String param) {
        return invalid(HttpResponseStatus.BAD_REQUEST, message, param, null);
    }

    /** A request that the client has to change; {@code param} and {@code code} may be null. */
    static ApiException invalid(HttpResponseStatus status, String message, String param, String code) {
        return new ApiException(status, message, "invalid_request_error", param, code, "");
    }

    /** The same with one more header in the response. */
    ApiException with(CharSequence name, String value) {
        return new ApiException(status, getMessage(), type, param, code, name + ": " + value + "\r\n");
    }

    /** The response that tells the client. */
    HttpReply response() {
        return HttpReply.error(status, header, "{" + json() + "}");
    }

    /** The error object's members: {@code "error":{…}}. */
    String json() {
        return "\"error\":{\"message\":" + JsonFields.quote(getMessage()) + ",\"type\":" + JsonFields.quote(type)
                + ",\"param\":" + JsonFields.quote(param) + ",\"code\":" + JsonFields.quote(code) + "}";
    }
}
