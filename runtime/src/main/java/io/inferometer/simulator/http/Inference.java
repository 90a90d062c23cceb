package io.inferometer.simulator.http;

import io.inferometer.simulator.cache.Prompt;
import io.inferometer.simulator.engine.RateLimit;
import io.inferometer.simulator.engine.TokenCounter;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.protocol.AnswerLaw;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.Ask;
import io.inferometer.simulator.protocol.JsonText;
import io.inferometer.simulator.protocol.Order;
import io.inferometer.simulator.protocol.Protocol;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decides what is answered to a request for inference, interactive or of a batch. Thread-safe; does no I/O. */
public final class Inference {
    private static final String ANY_MODEL = "simulated";

    private final List<String> models;
    private final Conduct conduct;
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
     * The inference of one endpoint.
     *
     * @param models the models that it serves; empty for any
     */
    public Inference(List<String> models, Conduct conduct, TokenCounter tokens) {
        this.models = models;
        this.conduct = conduct;
        this.tokens = tokens;
        this.limit = new RateLimit(conduct.requestsPerSecond());
    }

    /** A request's body, in an array that may hold more. */
    record Body(byte[] bytes, int offset, int length) {}

    /**
     * What an interactive request gets.
     *
     * @param fault the fault that it asks for itself; empty for none
     * @throws ApiException if that is an error
     */
    Reply interactive(Protocol protocol, Body body, Route route, String fault, long nowNanos) throws ApiException {
        Ask ask = read(protocol, body, route.model());
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
        return answer(ask, id, fault.isEmpty() ? conduct.faultOf(id) : fault(fault), route.path());
    }

    /**
     * What a line of a batch gets. Rates are for interactive requests.
     *
     * @throws ApiException if that is an error
     */
    Reply line(Protocol protocol, byte[] body) throws ApiException {
        Ask ask = read(protocol, new Body(body, 0, body.length), "");
        long id = requests.incrementAndGet();
        return answer(ask, id, conduct.faultOf(id), "");
    }

    private Ask read(Protocol protocol, Body body, String model) throws ApiException {
        Ask ask = protocol.read(body.bytes(), body.offset(), body.length(), model);
        if (!models.isEmpty() && !models.contains(ask.model())) {
            throw ApiException.invalid(
                    HttpResponseStatus.NOT_FOUND,
                    "no model '" + ask.model() + "'; served: " + String.join(", ", models),
                    "model",
                    "model_not_found");
        }
        return ask;
    }

    private static Fault fault(String asked) throws ApiException {
        try {
            return Fault.of(asked);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(Fault.HEADER + ": " + e.getMessage(), null);
        }
    }

    private Reply answer(Ask ask, long id, Fault fault, String path) throws ApiException {
        if (fault.stage() == Fault.Stage.INSTEAD) {
            return Refusals.of(fault, ask.protocol(), path);
        }
        if (conduct.engine()) {
            return new Reply.Elsewhere(tokens, () -> generate(ask, ids(ask), id, fault));
        }
        Reply.Work work = () -> {
            AnswerLaw.Lengths lengths = conduct.answers().lengths(ask, ask.estimatedPromptTokens(), id);
            return reply(ask, lengths, Prompt.ofLength(lengths.promptTokens(), lengths.cachedTokens()), id, fault);
        };
        return ask.protocol().generates() ? work.reply() : new Reply.Elsewhere(tokens, work);
    }

    private int[] ids(Ask ask) {
        return IntStream.concat(
                        Arrays.stream(tokens.encode(ask.texts())),
                        ask.promptIds().stream().mapToInt(Integer::intValue))
                .toArray();
    }

    private Reply generate(Ask ask, int[] ids, long id, Fault fault) throws ApiException {
        AnswerLaw.Lengths lengths = conduct.answers().lengths(ask, ids.length, id);
        int reasoning = ask.protocol() == Protocol.COMPLETIONS ? 0 : lengths.reasoningTokens();
        Prompt prompt = ask.protocol().generates()
                ? Prompt.of(ids, lengths.promptTokens(), lengths.cachedTokens(), reasoning)
                : Prompt.ofLength(lengths.promptTokens(), lengths.cachedTokens());
        return reply(ask, lengths, prompt, id, fault);
    }

    private static Reply reply(Ask ask, AnswerLaw.Lengths lengths, Prompt prompt, long id, Fault fault) {
        Order order = new Order(ask, lengths, prompt, id, seconds(), fault);
        // Vectors of many inputs take long to write.
        return new Reply.Generate(order, ask.protocol().generates() ? null : order.members());
    }

    /** Whether the body of the next request is left unread; then it counts as one that goes wrong. */
    boolean leavesNextUnread() {
        boolean unread = conduct.faultOf(requests.get() + 1) == Fault.UNREAD;
        if (unread) {
            requests.incrementAndGet();
        }
        return unread;
    }

    /** The token ids of a body that has nothing but a prompt. */
    Reply tokenize(Body body) throws ApiException {
        List<String> texts = Ask.texts(body.bytes(), body.offset(), body.length());
        return new Reply.Elsewhere(tokens, () -> tokenized(tokens.encode(texts)));
    }

    private HttpReply tokenized(int[] ids) {
        return HttpReply.ok("{\"count\":" + ids.length + ",\"max_model_len\":"
                + conduct.answers().contextTokens()
                + ",\"tokens\":"
                + Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"))
                + "}");
    }

    /** The models that there are; one where any will do. */
    List<String> served() {
        return models.isEmpty() ? List.of(ANY_MODEL) : models;
    }

    /** The same as the API lists them. */
    HttpReply models() {
        return HttpReply.ok(served().stream()
                .map(model -> "{\"id\":" + JsonText.quote(model) + ",\"object\":\"model\",\"created\":" + startedSeconds
                        + ",\"owned_by\":\"inferometer\"}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}")));
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }
}
