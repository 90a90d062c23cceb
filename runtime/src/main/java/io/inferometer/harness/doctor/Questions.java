package io.inferometer.harness.doctor;

import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.endpoint.request.WireProtocol;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.workload.InferenceRequest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** The few requests that an endpoint is asked, one after the other: {@value #MOST} at most, each of a short answer. */
final class Questions {
    static final int MOST = 3;
    static final int TOKENS = 16;
    static final String MIN_TOKENS = "min_tokens";

    private static final String LONG = "Count from one to one hundred, in words.";
    private static final String SHORT = "Answer with the one word yes.";

    private final Target target;
    private final Protocol protocol;
    private final UnaryOperator<String> redact;
    private int sent;

    /** @param redact takes out of a text what must not be shown */
    Questions(Target target, Protocol protocol, UnaryOperator<String> redact) {
        this.target = target;
        this.protocol = protocol;
        this.redact = redact;
    }

    int sent() {
        return sent;
    }

    /** Whether the protocol's answers have a length. */
    boolean generates() {
        return WireProtocol.of(protocol).generates();
    }

    /** What would go on beyond its limit if it could. */
    Asked goesOn() throws InterruptedException {
        return ask(prompt(LONG));
    }

    /** What would end before its limit, unless it is made to go on. */
    Asked endsAlone() throws InterruptedException {
        return ask(generates() ? prompt(SHORT).ignoreEos(true) : prompt(SHORT));
    }

    /** The same with the field of other servers. */
    Asked hasAtLeast() throws InterruptedException {
        return ask(prompt(SHORT).field(MIN_TOKENS, Integer.toString(TOKENS)));
    }

    private InferenceRequest prompt(String text) {
        return switch (protocol) {
            case EMBEDDINGS -> InferenceRequest.embedding(text);
            case RERANK -> InferenceRequest.rerank(text, List.of("yes", "no"));
            case COMPLETIONS -> InferenceRequest.completion(text).maxOutputTokens(TOKENS);
            case CHAT, RESPONSES, MESSAGES -> InferenceRequest.chat(text).maxOutputTokens(TOKENS);
        };
    }

    private Asked ask(InferenceRequest request) throws InterruptedException {
        WireRequest wire = target.prepare(request);
        RequestTimeline answer = new RequestTimeline(new RequestIdentity(
                0,
                0,
                true,
                0,
                sent++,
                wire.streamed(),
                wire.expectedPromptTokens(),
                wire.requestedOutputTokens(),
                wire.ignoreEos(),
                wire.items()));
        CountDownLatch ended = new CountDownLatch(1);
        target.send(wire, answer, end -> ended.countDown());
        ended.await();
        return new Asked(wire, answer, answer.toRecord(0, false, redact));
    }
}
