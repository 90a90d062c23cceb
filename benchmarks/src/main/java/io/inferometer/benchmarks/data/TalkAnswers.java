package io.inferometer.benchmarks.data;

import io.inferometer.corpus.talk.file.TalkFormat;
import io.inferometer.workload.Answers;
import java.util.Optional;

/** Whose answers a history has, where nobody says it. */
final class TalkAnswers {
    private TalkAnswers() {}

    /**
     * Whether they are the recorded ones.
     *
     * @throws IllegalArgumentException if a format has no history to put the endpoint's answers into, or no answers
     */
    static boolean recorded(TalkFormat format, Optional<Answers> given) {
        switch (format) {
            case INPUTS_JSON, WEKA ->
                given.ifPresent(answers -> {
                    throw new IllegalArgumentException(
                            format.label() + " has whole prompts, whoever answered them: leave out --answers");
                });
            case DAG, MULTI_TURN, VLLM_MULTI_TURN ->
                given.filter(Answers.RECORDED::equals).ifPresent(answers -> {
                    throw new IllegalArgumentException(
                            format.label() + " has no answers: leave out --answers recorded");
                });
            default -> {}
        }
        // What a tool found belongs to the recorded call of it, which no endpoint makes again in the same words.
        boolean calls = format == TalkFormat.OTEL || format == TalkFormat.SGLANG || format == TalkFormat.MLCOMMONS;
        return given.map(Answers.RECORDED::equals).orElse(calls);
    }
}
