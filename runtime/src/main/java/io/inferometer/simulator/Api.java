package io.inferometer.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Decides what a request gets. Thread-safe; does no I/O. */
final class Api {
    private static final String ANY_MODEL = "simulated";

    private final SimulatedEndpoint.Settings settings;
    private final AtomicLong completions = new AtomicLong();
    private final long startedSeconds = seconds();

    Api(SimulatedEndpoint.Settings settings) {
        this.settings = settings;
    }

    /** A request's body, in an array that may hold more. */
    record Body(byte[] bytes, int offset, int length) {}

    /**
     * What the request gets.
     *
     * @throws ApiException if that is an error
     */
    Reply reply(HttpRequest request, Body body) throws ApiException {
        String path = path(request.uri());
        switch (path) {
            case "/health" -> {
                require(request, HttpMethod.GET);
                return Response.ok("");
            }
            case "/v1/models" -> {
                require(request, HttpMethod.GET);
                authorize(request);
                return Response.ok(models());
            }
            case "/v1/chat/completions" -> {
                require(request, HttpMethod.POST);
                authorize(request);
                return complete(ChatRequest.parse(body.bytes(), body.offset(), body.length()));
            }
            default ->
                throw ApiException.invalid(
                        HttpResponseStatus.NOT_FOUND,
                        "no path " + path + "; there are /v1/chat/completions, /v1/models and /health",
                        null,
                        "not_found");
        }
    }

    private static String path(String uri) {
        int question = uri.indexOf('?');
        return question < 0 ? uri : uri.substring(0, question);
    }

    private static void require(HttpRequest request, HttpMethod method) throws ApiException {
        if (!request.method().equals(method)) {
            throw ApiException.invalid(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            request.method() + " is not allowed here, only " + method,
                            null,
                            "method_not_allowed")
                    .with(HttpHeaderNames.ALLOW, method.name());
        }
    }

    private void authorize(HttpRequest request) throws ApiException {
        if (settings.apiKey().isEmpty()) {
            return;
        }
        String given = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (given == null || !(same(given, "Bearer ") || same(given, "Api-Key "))) {
            throw ApiException.invalid(
                            HttpResponseStatus.UNAUTHORIZED,
                            given == null
                                    ? "no API key: the Authorization header is missing"
                                    : "the API key in the Authorization header is wrong",
                            null,
                            "invalid_api_key")
                    .with(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
    }

    private boolean same(String given, String scheme) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), (scheme + settings.apiKey()).getBytes(StandardCharsets.UTF_8));
    }

    private Order complete(ChatRequest request) throws ApiException {
        if (!settings.models().isEmpty() && !settings.models().contains(request.model())) {
            throw ApiException.invalid(
                    HttpResponseStatus.NOT_FOUND,
                    "no model '" + request.model() + "'; served: " + String.join(", ", settings.models()),
                    "model",
                    "model_not_found");
        }
        long id = completions.incrementAndGet();
        Fault fault = settings.profile().faultOf(id);
        if (fault == Fault.TOO_MANY_REQUESTS) {
            throw ApiException.of(
                            HttpResponseStatus.TOO_MANY_REQUESTS,
                            "too many requests, as the profile says",
                            "rate_limit_error",
                            "rate_limit_exceeded")
                    .with(HttpHeaderNames.RETRY_AFTER, "1");
        }
        if (fault == Fault.SERVER_ERROR) {
            throw ApiException.of(
                    HttpResponseStatus.INTERNAL_SERVER_ERROR,
                    "the server failed, as the profile says",
                    "server_error",
                    "internal_error");
        }
        return new Order(request, id, seconds(), fault);
    }

    private String models() {
        return (settings.models().isEmpty() ? List.of(ANY_MODEL) : settings.models())
                .stream()
                        .map(model -> "{\"id\":" + Json.quote(model) + ",\"object\":\"model\",\"created\":"
                                + startedSeconds + ",\"owned_by\":\"inferometer\"}")
                        .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }
}
