package io.inferometer.corpus.talk;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A turn of a session, as far as its file tells it.
 *
 * @param given what the model is given
 * @param answer the answer that was recorded; empty where there is none
 * @param promptTokens how long the prompt was, by whoever recorded it
 * @param outputTokens how long the answer was, or is to be
 * @param streamed whether the answer was streamed, where that was recorded
 * @param fields other fields of the body by name, as JSON: the model, the tools, and whatever a file puts there
 * @param delay how long it waits
 * @param at when it was sent, from the session's beginning, where that was recorded
 * @param branches sessions that begin when this turn's answer has ended
 */
public record RecordedTurn(
        Given given,
        Optional<Utterance> answer,
        OptionalInt promptTokens,
        OptionalInt outputTokens,
        Optional<Boolean> streamed,
        Map<String, String> fields,
        Delay delay,
        Optional<Duration> at,
        List<Branch> branches) {
    public RecordedTurn {
        Objects.requireNonNull(given, "given");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(promptTokens, "promptTokens");
        Objects.requireNonNull(outputTokens, "outputTokens");
        Objects.requireNonNull(streamed, "streamed");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        Objects.requireNonNull(delay, "delay");
        Objects.requireNonNull(at, "at");
        branches = List.copyOf(branches);
    }

    /** A turn of which nothing but what it gives is known. */
    public static RecordedTurn of(Given given) {
        return new RecordedTurn(
                given,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Map.of(),
                Delay.NONE,
                Optional.empty(),
                List.of());
    }

    /** The same turn, given something else. */
    public RecordedTurn given(Given other) {
        return new RecordedTurn(other, answer, promptTokens, outputTokens, streamed, fields, delay, at, branches);
    }

    /** The same turn with the answer that was recorded. */
    public RecordedTurn answered(Utterance recorded) {
        return new RecordedTurn(
                given, Optional.of(recorded), promptTokens, outputTokens, streamed, fields, delay, at, branches);
    }

    /** The same turn with the lengths that were recorded, or are wanted. */
    public RecordedTurn lengths(OptionalInt prompt, OptionalInt output) {
        return new RecordedTurn(given, answer, prompt, output, streamed, fields, delay, at, branches);
    }

    /** The same turn, its answer streamed or not. */
    public RecordedTurn streamed(boolean stream) {
        return new RecordedTurn(
                given, answer, promptTokens, outputTokens, Optional.of(stream), fields, delay, at, branches);
    }

    /** The same turn with other fields of the body. */
    public RecordedTurn fields(Map<String, String> others) {
        return new RecordedTurn(given, answer, promptTokens, outputTokens, streamed, others, delay, at, branches);
    }

    /** The same turn, waiting so long. */
    public RecordedTurn delayed(Delay wait) {
        return new RecordedTurn(given, answer, promptTokens, outputTokens, streamed, fields, wait, at, branches);
    }

    /** The same turn, sent so long after the session's beginning. */
    public RecordedTurn at(Duration time) {
        return new RecordedTurn(
                given, answer, promptTokens, outputTokens, streamed, fields, delay, Optional.of(time), branches);
    }

    /** The same turn, starting such sessions. */
    public RecordedTurn starting(List<Branch> sessions) {
        return new RecordedTurn(given, answer, promptTokens, outputTokens, streamed, fields, delay, at, sessions);
    }
}
