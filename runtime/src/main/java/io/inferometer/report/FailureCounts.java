package io.inferometer.report;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts failed requests by what went wrong, in bounded space. */
public final class FailureCounts {
    /** How many different messages are told apart; further ones are counted together. */
    private static final int DISTINCT = 100;

    private static final int MESSAGE_LENGTH = 300;
    /** The message of those that are not told apart. */
    public static final String OTHERS = "other messages";

    private final Map<Kind, Long> counts = new LinkedHashMap<>();

    /**
     * Takes in a request; one that did not fail, or was given up, counts for nothing.
     *
     * @param record a request that has ended
     */
    public void add(RequestRecord record) {
        if (record.succeeded() || record.outcome() == Outcome.CANCELLED) {
            return;
        }
        Kind kind = new Kind(record.outcome(), record.status(), shortened(record.error()));
        if (counts.size() >= DISTINCT && !counts.containsKey(kind)) {
            kind = new Kind(record.outcome(), record.status(), OTHERS);
        }
        counts.merge(kind, 1L, Long::sum);
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH) + "...";
    }

    /** {@return the most frequent first, and among equals the one that came first} */
    public List<Failure> failures() {
        return counts.entrySet().stream()
                .map(entry -> new Failure(
                        entry.getKey().outcome(),
                        entry.getKey().status(),
                        entry.getKey().message(),
                        entry.getValue()))
                .sorted(Comparator.comparingLong(Failure::requests).reversed())
                .toList();
    }

    private record Kind(Outcome outcome, int status, String message) {}
}
