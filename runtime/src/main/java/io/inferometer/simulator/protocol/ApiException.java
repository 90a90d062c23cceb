package io.inferometer.simulator.protocol;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * A request that is answered with an error status and an error object, in the shape of the protocol that was spoken.
 *
 * <p>It carries no stack trace: it is an answer, not a failure of the server.
 */
public final class ApiException extends Exception {
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
    public static ApiException of(HttpResponseStatus status, String message, String type, String code) {
        return new ApiException(status, message, type, null, code, "");
    }

    /** The endpoint itself failed, and its log says how. */
    public static ApiException internal() {
        return of(
                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                "the simulated endpoint failed; what it wrote to standard error says how",
                "server_error",
                "internal_error");
    }

    /** A request that is wrong by itself, status 400; {@code param} may be null. */
    public static ApiException badRequest(String message, String param) {
        return invalid(HttpResponseStatus.BAD_REQUEST, message, param, null);
    }

    /** A request that the client has to change; {@code param} and {@code code} may be null. */
    public static ApiException invalid(HttpResponseStatus status, String message, String param, String code) {
        return new ApiException(status, message, "invalid_request_error", param, code, "");
    }

    /** The same with one more header in the response. */
    public ApiException with(CharSequence name, String value) {
        return new ApiException(status, getMessage(), type, param, code, name + ": " + value + "\r\n");
    }

    public HttpResponseStatus status() {
        return status;
    }

    /** One more header line of the response with its line end, or nothing. */
    public String header() {
        return header;
    }

    /** A word for it, or null. */
    public String code() {
        return code;
    }

    /** The member of the request that it is about, or null. */
    public String param() {
        return param;
    }

    /** The error's members in the shape of a protocol. */
    public String json(Protocol protocol) {
        return protocol == Protocol.MESSAGES ? messages() : openAi();
    }

    /** In OpenAI's shape, which all others have taken over: {@code "error":{…}}. */
    public String openAi() {
        return "\"error\":{\"message\":" + JsonText.quote(getMessage()) + ",\"type\":" + JsonText.quote(type)
                + ",\"param\":" + JsonText.quote(param) + ",\"code\":" + JsonText.quote(code) + "}";
    }

    /** In Anthropic's, which tells one status from another by words of its own: {@code "type":"error","error":{…}}. */
    private String messages() {
        String word = switch (status.code()) {
            case 400, 422 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404, 405 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            default -> "api_error";
        };
        return "\"type\":\"error\",\"error\":{\"type\":\"" + word + "\",\"message\":" + JsonText.quote(getMessage())
                + "}";
    }
}
