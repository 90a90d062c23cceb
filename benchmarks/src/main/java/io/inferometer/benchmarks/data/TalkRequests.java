package io.inferometer.benchmarks.data;

import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.corpus.trace.BlockPrompts;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes requests of the turns of a file. For several threads at the same time. */
final class TalkRequests {
    private final BlockPrompts prompts;
    private final Tokenizer tokenizer;
    private final boolean exactLengths;

    /**
     * @param tokenizer of the model
     * @param seed of texts that are made up
     * @param exactLengths whether the lengths of answers are those that were, rather than limits of them
     */
    TalkRequests(String tokenizer, long seed, boolean exactLengths) {
        this.tokenizer = Tokenizers.of(tokenizer);
        this.prompts = BlockPrompts.of(tokenizer, seed);
        this.exactLengths = exactLengths;
    }

    /**
     * What a turn says, the text made up where only its length is known; nothing where it is a whole body.
     *
     * @param number that no other turn has
     */
    List<Message> said(Given given, long number) {
        if (given instanceof Given.Appended appended) {
            return Said.of(appended.messages());
        }
        if (given instanceof Given.Whole whole) {
            return Said.of(whole.messages());
        }
        if (given instanceof Given.Blocks known) {
            return List.of(Message.of("user", prompts.text(known.blocks(), number)));
        }
        return List.of();
    }

    /**
     * The request of a turn.
     *
     * @param before what was said before it
     * @param said what {@link #said} made of it
     */
    InferenceRequest of(RecordedTurn turn, List<Message> before, List<Message> said) {
        InferenceRequest request = given(turn.given(), before, said);
        if (turn.given() instanceof Given.Body) {
            return request;
        }
        if (turn.streamed().isPresent()) {
            request = request.streaming(turn.streamed().get());
        }
        int tokens = turn.outputTokens().orElseGet(() -> recorded(turn));
        if (tokens > 0) {
            request = request.maxOutputTokens(tokens).ignoreEos(exactLengths);
        }
        for (Map.Entry<String, String> field : turn.fields().entrySet()) {
            request = request.field(field.getKey(), field.getValue());
        }
        return request;
    }

    private static InferenceRequest given(Given given, List<Message> before, List<Message> said) {
        if (given instanceof Given.Body body) {
            return InferenceRequest.asIs(body.json());
        }
        if (given instanceof Given.Blocks known && known.whole()) {
            return InferenceRequest.chat(said).promptTokens(known.blocks().tokens());
        }
        List<Message> messages = new ArrayList<>(whole(given) ? List.of() : before);
        messages.addAll(said);
        return InferenceRequest.chat(messages);
    }

    /** Whether nothing of the turns before is put in front of what a turn is given. */
    static boolean whole(Given given) {
        return given instanceof Given.Whole
                || given instanceof Given.Body
                || (given instanceof Given.Blocks known && known.whole());
    }

    /** How long the recorded answer is, where it is a text; else 0. */
    private int recorded(RecordedTurn turn) {
        return turn.answer().map(answer -> tokenizer.count(answer.text())).orElse(0);
    }
}
