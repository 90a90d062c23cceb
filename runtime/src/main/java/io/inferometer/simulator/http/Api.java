package io.inferometer.simulator.http;

import io.inferometer.simulator.engine.RateLimit;
import io.inferometer.simulator.engine.TokenCounter;
import io.inferometer.simulator.engine.TokenSchedule;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.protocol.AnswerLaw;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.Ask;
import io.inferometer.simulator.protocol.JsonText;
import io.inferometer.simulator.protocol.Order;
import io.inferometer.simulator.protocol.Protocol;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Decides what a request gets. Thread-safe; does no I/O. */
public final class Api {
    private static final String PATHS = Protocol.allPaths() + ", /v1/models, /tokenize, /metrics and /health";
    private static final String ANY_MODEL = "simulated";

    private final Credentials credentials;
    private final List<String> models;
    private final Conduct conduct;
    private final Metrics metrics;
    private final TokenCounter tokens;
    private final RateLimit limit;
    private final AtomicLong requests = new AtomicLong();
    private final long startedSeconds = seconds();

    /** How an endpoint conducts itself. */
    public interface Conduct {
        /** Whether it is an engine: requests depend on each other, and their prompts are counted in tokens. */
        boolean engine();

        /** How long answers are. */
        AnswerLaw answers();

        /** The rate beyond which requests are refused, or 0. */
        double requestsPerSecond();

        /** What goes wrong with the {@code n}-th request for inference, counted from 1. */
        Fault faultOf(long n);
    }

    /**
     * The API of one endpoint.
     *
     * @param apiKey the key that clients must send; empty for none
     * @param models the models that it serves; empty for any
     */
    public Api(String apiKey, List<String> models, Conduct conduct, Metrics metrics, TokenCounter tokens) {
        this.credentials = new Credentials(apiKey);
        this.models = models;
        this.conduct = conduct;
        this.metrics = metrics;
        this.tokens = tokens;
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
        Route route = Route.of(request.uri());
        Optional<Protocol> protocol = Protocol.at(route.path());
        if (protocol.isPresent()) {
            require(request, HttpMethod.POST);
            credentials.check(request.headers());
            return answer(protocol.get(), body, route, asked(request), nowNanos);
        }
        switch (route.path()) {
            case "/health" -> {
                require(request, HttpMethod.GET);
                return HttpReply.ok("");
            }
            case "/v1/models" -> {
                require(request, HttpMethod.GET);
                credentials.check(request.headers());
                return HttpReply.ok(models());
            }
            case "/tokenize" -> {
                require(request, HttpMethod.POST);
                credentials.check(request.headers());
                List<String> texts = Ask.texts(body.bytes(), body.offset(), body.length());
                return new Reply.Elsewhere(tokens, () -> tokenized(tokens.encode(texts)));
            }
            case "/metrics" -> {
                require(request, HttpMethod.GET);
                return HttpReply.metrics(metrics.text(served().get(0), schedule));
            }
            default ->
                throw ApiException.invalid(
                        HttpResponseStatus.NOT_FOUND,
                        "no path " + route.path() + "; there are " + PATHS,
                        null,
                        "not_found");
        }
    }

    /** The response that tells of an error, in the shape of the protocol that was spoken; {@code request} may be null. */
    static HttpReply refusal(HttpRequest request, ApiException error) {
        Optional<Protocol> protocol = request == null
                ? Optional.empty()
                : Protocol.at(Route.of(request.uri()).path());
        return HttpReply.of(error, error.json(protocol.orElse(Protocol.CHAT)));
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

    /** Whether the body of a request is left unread; then it counts as a request that goes wrong. */
    boolean leavesUnread(HttpRequest request) {
        if (Protocol.at(Route.of(request.uri()).path()).isEmpty()) {
            return false;
        }
        String asked = asked(request);
        if (!asked.isEmpty()) {
            return asked.equals(Fault.UNREAD.key());
        }
        boolean unread = conduct.faultOf(requests.get() + 1) == Fault.UNREAD;
        if (unread) {
            requests.incrementAndGet();
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

    private Reply answer(Protocol protocol, Body body, Route route, String asked, long nowNanos) throws ApiException {
        Ask ask = protocol.read(body.bytes(), body.offset(), body.length(), route.model());
        if (!models.isEmpty() && !models.contains(ask.model())) {
            throw ApiException.invalid(
                    HttpResponseStatus.NOT_FOUND,
                    "no model '" + ask.model() + "'; served: " + String.join(", ", models),
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
        long id = requests.incrementAndGet();
        Fault fault = asked.isEmpty() ? conduct.faultOf(id) : fault(asked);
        if (fault.stage() == Fault.Stage.INSTEAD) {
            return Refusals.of(fault, protocol, route.path());
        }
        if (conduct.engine()) {
            return new Reply.Elsewhere(
                    tokens, () -> generate(ask, tokens.encode(ask.texts()).length + ask.promptIds(), id, fault));
        }
        Reply.Work work = () -> generate(ask, ask.estimatedPromptTokens(), id, fault);
        return protocol.generates() ? work.reply() : new Reply.Elsewhere(tokens, work);
    }

    private Reply generate(Ask ask, int textTokens, long id, Fault fault) throws ApiException {
        Order order = new Order(ask, conduct.answers().lengths(ask, textTokens, id), id, seconds(), fault);
        // Vectors of many inputs take long to write.
        return new Reply.Generate(order, ask.protocol().generates() ? null : order.members());
    }

    private HttpReply tokenized(int[] ids) {
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
                .map(model -> "{\"id\":" + JsonText.quote(model) + ",\"object\":\"model\",\"created\":" + startedSeconds
                        + ",\"owned_by\":\"inferometer\"}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }
}
