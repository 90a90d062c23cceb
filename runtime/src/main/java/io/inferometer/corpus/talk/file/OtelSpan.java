package io.inferometer.corpus.talk.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.talk.Delay;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.Fields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A span in which a model was asked.
 *
 * @param line where it stands
 * @param startNanos when it began, by the file's clock
 * @param endNanos when it ended, not before
 * @param turn the request, without its times
 */
record OtelSpan(long line, long startNanos, long endNanos, RecordedTurn turn) {
    private static final String INPUT = "gen_ai.input.messages";
    private static final String OUTPUT = "gen_ai.output.messages";
    private static final String SYSTEM = "gen_ai.system_instructions";

    /** Reads a span; empty where no model is asked in it. */
    static Optional<OtelSpan> of(Fields span, long line, OptionalLong unitNanos) {
        span.required("span_id");
        long start = time(span, "start_time", unitNanos);
        long end = time(span, "end_time", unitNanos);
        span.ignoring(
                "trace_id",
                "parent_span_id",
                "name",
                "kind",
                "status",
                "events",
                "links",
                "resource",
                "scope",
                "trace_state",
                "flags");
        if (end < start) {
            throw span.bad("end_time", "is before its start_time");
        }
        Optional<Fields> attributes = span.object("attributes");
        span.end();
        if (attributes.isEmpty() || !attributes.get().has(INPUT)) {
            return Optional.empty();
        }
        return Optional.of(new OtelSpan(line, start, end, turn(attributes.get())));
    }

    /**
     * The session of a trace's spans.
     *
     * @param first when the first of the file began
     */
    static RecordedSession session(String trace, List<OtelSpan> spans, long first) {
        List<OtelSpan> inOrder = new ArrayList<>(spans);
        inOrder.sort(Comparator.comparingLong(OtelSpan::startNanos));
        List<RecordedTurn> turns = new ArrayList<>();
        long begin = inOrder.get(0).startNanos();
        long ended = begin;
        for (OtelSpan span : inOrder) {
            Optional<RecordedTurn> before = turns.isEmpty()
                    ? Optional.empty()
                    : Optional.of(inOrder.get(turns.size() - 1).turn());
            turns.add(behind(before, span.turn())
                    .delayed(Delay.afterAnswer(Duration.ofNanos(Math.max(0, span.startNanos() - ended))))
                    .at(Duration.ofNanos(span.startNanos() - begin)));
            ended = Math.max(ended, span.endNanos());
        }
        return new RecordedSession(
                trace, inOrder.get(0).line(), Optional.of(Duration.ofNanos(begin - first)), List.of(), turns);
    }

    /** A turn as what it adds, where it goes on with what was said and answered before it. */
    private static RecordedTurn behind(Optional<RecordedTurn> before, RecordedTurn turn) {
        List<Utterance> all = ((Given.Whole) turn.given()).messages();
        if (before.isEmpty()) {
            return turn.given(new Given.Appended(all));
        }
        List<Utterance> said = new ArrayList<>(((Given.Whole) before.get().given()).messages());
        before.get().answer().ifPresent(said::add);
        boolean goesOn = before.get().answer().isPresent()
                && all.size() > said.size()
                && all.subList(0, said.size()).equals(said);
        return goesOn ? turn.given(new Given.Appended(all.subList(said.size(), all.size()))) : turn;
    }

    private static RecordedTurn turn(Fields attributes) {
        List<Utterance> asked = new ArrayList<>();
        if (attributes.has(SYSTEM)) {
            asked.addAll(OtelMessages.system(Otel.parsed(attributes, SYSTEM), attributes.place(SYSTEM)));
        }
        asked.addAll(OtelMessages.of(Otel.parsed(attributes, INPUT), attributes.place(INPUT)));
        if (asked.isEmpty()) {
            throw attributes.bad(INPUT, "is empty");
        }
        OptionalInt prompt = either(attributes, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens");
        OptionalInt answer = either(attributes, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens");
        RecordedTurn turn = RecordedTurn.of(new Given.Whole(asked)).lengths(positive(prompt), positive(answer));
        if (!attributes.has(OUTPUT)) {
            return turn;
        }
        List<Utterance> said = OtelMessages.of(Otel.parsed(attributes, OUTPUT), attributes.place(OUTPUT));
        return said.isEmpty() ? turn : turn.answered(said.get(0));
    }

    private static OptionalInt positive(OptionalInt tokens) {
        return tokens.orElse(0) == 0 ? OptionalInt.empty() : tokens;
    }

    private static OptionalInt either(Fields attributes, String key, String older) {
        OptionalInt told = attributes.whole(key, 0);
        return told.isPresent() ? told : attributes.whole(older, 0);
    }

    private static long time(Fields span, String key, OptionalLong unitNanos) {
        JsonNode time = span.value(key).orElseThrow(() -> span.missing(key));
        if (time.isNumber()) {
            if (unitNanos.isEmpty()) {
                throw span.bad(key, "is a number, and no unit is told: give one with --time-unit");
            }
            return time.decimalValue()
                    .multiply(BigDecimal.valueOf(unitNanos.getAsLong()))
                    .longValue();
        }
        try {
            Instant instant = OffsetDateTime.parse(time.asText()).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw span.bad(key, "is " + time + ", not a date and time with a zone, as 2026-01-31T12:00:00.250Z");
        }
    }
}
