package io.inferometer.stats.token;

import io.inferometer.record.AnswerForm;
import io.inferometer.record.FinishReason;
import io.inferometer.record.RequestRecord;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts how answers came. */
final class DeliveryCount {
    /** Endpoints may tell any number of words. */
    private static final int MOST_WORDS = 10;

    private final Map<String, Long> finishReasons = new TreeMap<>();
    private final Map<String, Long> contentTypes = new TreeMap<>();
    private final Map<String, Long> unknownEvents = new TreeMap<>();
    private long withoutLast;
    private long answers;
    private long notStreamed;
    private long buffered;
    private long bounded;
    private long withoutText;
    private long choices;

    void add(RequestRecord record, TokenCount tokens) {
        AnswerForm form = record.form();
        if (FinishReason.unknown(form.finishReason())) {
            count(finishReasons, form.finishReason(), 1);
        }
        if (!form.contentType().isEmpty()) {
            count(contentTypes, form.contentType(), 1);
        }
        form.unknownEvents().forEach((type, times) -> count(unknownEvents, type, times));
        withoutLast += form.withoutLast() ? 1 : 0;
        choices += form.choices() > 1 ? 1 : 0;
        DecodeWindow window = tokens.window();
        if (window.events() > 0 && tokens.streamed() > 1) {
            answers++;
            notStreamed += window.inOneRead() ? 1 : 0;
            buffered += window.buffered() ? 1 : 0;
            bounded += window.bounded() && !window.inOneRead() ? 1 : 0;
            withoutText += window.withoutText();
        }
    }

    private static void count(Map<String, Long> words, String word, long times) {
        if (words.size() < MOST_WORDS || words.containsKey(word)) {
            words.merge(word, times, Long::sum);
        }
    }

    void merge(DeliveryCount other) {
        other.finishReasons.forEach((word, times) -> count(finishReasons, word, times));
        other.contentTypes.forEach((type, times) -> count(contentTypes, type, times));
        other.unknownEvents.forEach((type, times) -> count(unknownEvents, type, times));
        withoutLast += other.withoutLast;
        answers += other.answers;
        notStreamed += other.notStreamed;
        buffered += other.buffered;
        bounded += other.bounded;
        withoutText += other.withoutText;
        choices += other.choices;
    }

    Delivery delivery() {
        return new Delivery(
                answers,
                notStreamed,
                buffered,
                bounded,
                withoutText,
                choices,
                Collections.unmodifiableMap(new TreeMap<>(finishReasons)),
                Collections.unmodifiableMap(new TreeMap<>(contentTypes)),
                withoutLast,
                Collections.unmodifiableMap(new TreeMap<>(unknownEvents)));
    }
}
