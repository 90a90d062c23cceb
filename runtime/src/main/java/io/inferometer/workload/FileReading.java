package io.inferometer.workload;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a workload that reads its requests off a file is to read it.
 *
 * @param timeUnit the unit of the file's times; empty for that of its format
 * @param skipBadLines whether lines that can't be read are passed over and counted, in place of ending the run
 * @param answers whose answers conversations go on from; empty for what suits the format
 * @param steadyStart whether the first sessions are entered in the middle of their run
 */
public record FileReading(
        Optional<TimeUnit> timeUnit, boolean skipBadLines, Optional<Answers> answers, boolean steadyStart) {
    /** As its format says, and to the letter. */
    public static final FileReading STRICT = new FileReading(Optional.empty(), false, Optional.empty(), false);

    private static final Map<TimeUnit, String> WORDS = new EnumMap<>(Map.of(
            TimeUnit.NANOSECONDS, "ns",
            TimeUnit.MICROSECONDS, "us",
            TimeUnit.MILLISECONDS, "ms",
            TimeUnit.SECONDS, "s",
            TimeUnit.MINUTES, "m",
            TimeUnit.HOURS, "h"));

    /**
     * Checks what it is given.
     *
     * @param timeUnit as of the record
     * @param skipBadLines as of the record
     * @param answers as of the record
     * @param steadyStart as of the record
     */
    public FileReading {
        Objects.requireNonNull(timeUnit, "timeUnit");
        Objects.requireNonNull(answers, "answers");
    }

    /** {@return the units that there are, by their words: {@code ns, us, ms, s, m, h}} */
    public static List<String> units() {
        return List.copyOf(WORDS.values());
    }

    /**
     * {@return the unit of a word; empty where it is none}
     *
     * @param word as a user writes it
     */
    public static Optional<TimeUnit> unit(String word) {
        return WORDS.entrySet().stream()
                .filter(unit -> unit.getValue().equals(word))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * {@return the word of a unit}
     *
     * @param unit one of times
     * @throws IllegalArgumentException if times have none such
     */
    public static String word(TimeUnit unit) {
        String word = WORDS.get(unit);
        if (word == null) {
            throw new IllegalArgumentException(
                    "a time is in one of " + String.join(", ", units()) + ", not in " + unit);
        }
        return word;
    }
}
