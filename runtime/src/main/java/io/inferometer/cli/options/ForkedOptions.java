package io.inferometer.cli.options;

import io.inferometer.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What a run gives to the JVM of a fork besides its own options. Not for people. */
public final class ForkedOptions {
    private static final String TRIAL = "--forked-trial";
    private static final String NUMBER = "--forked-number";
    private static final String JOURNAL = "--forked-journal";
    private static final String NANOS = "--forked-nanos";

    @Option(names = TRIAL, hidden = true)
    private int trial = -1;

    @Option(names = NUMBER, hidden = true)
    private int number;

    @Option(names = JOURNAL, hidden = true)
    private Path journal;

    @Option(names = NANOS, hidden = true)
    private long nanos;

    /** The words that make a JVM the fork of a trial. */
    public static List<String> words(int trial, int number, Path journal, long nanos) {
        return List.of(
                TRIAL,
                Integer.toString(trial),
                NUMBER,
                Integer.toString(number),
                JOURNAL,
                journal.toAbsolutePath().toString(),
                NANOS,
                Long.toString(nanos));
    }

    /** Whether these are the words of a fork. */
    public static boolean among(List<String> words) {
        return words.contains(JOURNAL);
    }

    /** Whether this JVM is a fork. */
    public boolean forked() {
        return journal != null;
    }

    /** What this JVM does of the whole plan. */
    public Plan of(Plan plan) {
        return forked() ? plan.forked(trial, number, journal, nanos) : plan;
    }
}
