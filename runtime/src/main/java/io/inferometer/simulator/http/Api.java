package io.inferometer.simulator.http;

import io.inferometer.simulator.engine.RateLimit;
import io.inferometer.simulator.engine.TokenSchedule;
import io.inferometer.simulator.fault.Fault;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Decides what a request gets. Thread-safe; does no I/O. */
public final class Api {
    private static final String PATHS =
            "/v1/chat/completions, /v1/completions, /v1/models, /tokenize, /metrics and /health";
    private static final String ANY_MODEL = "simulated";

    private final String apiKey;
    private final List<String> models;
    private final Conduct conduct;
    private final Metrics metrics;
    private final RateLimit limit;
    private final AtomicLong completions = new AtomicLong();
    private final long startedSeconds = seconds();

    /** How an endpoint conducts itself. */
    public interface Conduct {
        /** Whether it is an engine: requests depend on each other, and their prompts are counted in tokens. */
        boolean engine();

        /** How long answers are. */
        AnswerLaw answers();

        /** The rate beyond which requests are refused, or 0. */
        double requestsPerSecond();

        /** What goes wrong with the {@code n}-th completion request, counted from 1. */
        Fault faultOf(long n);
    }

    /**
     * The API of one endpoint.
     *
     * @param apiKey the key that clients must send; empty for none
     * @param models the models that it serves; empty for any
     */
    public Api(String apiKey, List<String> models, Conduct conduct, Metrics metrics) {
        this.apiKey = apiKey;
        this.models = models;
        this.conduct = conduct;
        this.metrics = metrics;
        this.limit = new RateLimit(conduct.requestsPerSecond());
    }

    /** A request's body, in an array that may hold more. */
    record Body(byte[] bytes, int offset, int length) {}

    /**
     * What the request gets.
     *
     * @param schedule that of the caller's event loop
     * @throws ApiException if that is an error
     */
    Reply reply(HttpRequest request, Body body, long nowNanos, TokenSchedule schedule) throws ApiException {
        String path = path(request.uri());
        switch (path) {
            case "/health" -> {
                require(request, HttpMethod.GET);
                return HttpReply.ok("");
            }
            case "/v1/models" -> {
                require(request, HttpMethod.GET);
                authorize(request);
                return HttpReply.ok(models());
            }
            case "/v1/chat/completions" -> {
                require(request, HttpMethod.POST);
                authorize(request);
                return complete(body, Form.CHAT, asked(request), nowNanos);
            }
            case "/v1/completions" -> {
                require(request, HttpMethod.POST);
                authorize(request);
                return complete(body, Form.TEXT, asked(request), nowNanos);
            }
            case "/tokenize" -> {
                require(request, HttpMethod.POST);
                authorize(request);
                return new Reply.Counting(
                        CompletionRequest.parseTexts(body.bytes(), body.offset(), body.length()), this::tokens);
            }
            case "/metrics" -> {
                require(request, HttpMethod.GET);
                return HttpReply.metrics(metrics.text(served().get(0), schedule));
            }
            default ->
                throw ApiException.invalid(
                        HttpResponseStatus.NOT_FOUND, "no path " + path + "; there are " + PATHS, null, "not_found");
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
        if (apiKey.isEmpty()) {
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
                given.getBytes(StandardCharsets.UTF_8), (scheme + apiKey).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the body of a request is left unread; then it counts as a completion that goes wrong. */
    boolean leavesUnread(HttpRequest request) {
        if (!path(request.uri()).endsWith("/completions")) {
            return false;
        }
        String asked = asked(request);
        if (!asked.isEmpty()) {
            return asked.equals(Fault.UNREAD.key());
        }
        boolean unread = conduct.faultOf(completions.get() + 1) == Fault.UNREAD;
        if (unread) {
            completions.incrementAndGet();
        }
        return unread;
    }

    /** The fault that a request asks for itself; empty if it does not. */
    private static String asked(HttpRequest request) {
        return request.headers().get(Fault.HEADER, "");
    }

    private static Fault fault(String asked) throws ApiException {
        try {
            return Fault.of(asked);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(Fault.HEADER + ": " + e.getMessage(), null);
        }
    }

    private Reply complete(Body body, Form form, String asked, long nowNanos) throws ApiException {
        CompletionRequest request = CompletionRequest.parse(body.bytes(), body.offset(), body.length(), form);
        if (!models.isEmpty() && !models.contains(request.model())) {
            throw ApiException.invalid(
                    HttpResponseStatus.NOT_FOUND,
                    "no model '" + request.model() + "'; served: " + String.join(", ", models),
                    "model",
                    "model_not_found");
        }
        long wait = limit.admit(nowNanos);
        if (wait > 0) {
            throw ApiException.of(
                            HttpResponseStatus.TOO_MANY_REQUESTS,
                            "more requests than the profile's rate; try again in " + wait + " s",
                            "rate_limit_error",
                            "rate_limit_exceeded")
                    .with(HttpHeaderNames.RETRY_AFTER, String.valueOf(wait));
        }
        long id = completions.incrementAndGet();
        Fault fault = asked.isEmpty() ? conduct.faultOf(id) : fault(asked);
        if (fault.stage() == Fault.Stage.INSTEAD) {
            return Refusals.of(fault);
        }
        if (!conduct.engine()) {
            return order(request, request.estimatedPromptTokens(), id, fault);
        }
        return new Reply.Counting(request.texts(), ids -> order(request, ids.length + request.promptIds(), id, fault));
    }

    private Order order(CompletionRequest request, int textTokens, long id, Fault fault) throws ApiException {
        return new Order(request, conduct.answers().lengths(request, textTokens, id), id, seconds(), fault);
    }

    private HttpReply tokens(int[] ids) {
        return HttpReply.ok("{\"count\":" + ids.length + ",\"max_model_len\":"
                + conduct.answers().contextTokens()
                + ",\"tokens\":"
                + Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"))
                + "}");
    }

    private List<String> served() {
        return models.isEmpty() ? List.of(ANY_MODEL) : models;
    }

    private String models() {
        return served().stream()
                .map(model -> "{\"id\":" + JsonFields.quote(model) + ",\"object\":\"model\",\"created\":"
                        + startedSeconds + ",\"owned_by\":\"inferometer\"}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }
}
