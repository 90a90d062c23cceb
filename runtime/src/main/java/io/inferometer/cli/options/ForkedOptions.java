package io.inferometer.cli.options;

import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What a run gives to the JVM of a fork besides its own options. Not for people. */
public final class ForkedOptions {
    private static final String TRIAL = "--forked-trial";
    private static final String SIDE = "--forked-side";
    private static final String NUMBER = "--forked-number";
    private static final String JOURNAL = "--forked-journal";
    private static final String NANOS = "--forked-nanos";

    @Option(names = TRIAL, hidden = true)
    private int trial = -1;

    @Option(names = SIDE, hidden = true)
    private Trial.Letter side;

    @Option(names = NUMBER, hidden = true)
    private int number;

    @Option(names = JOURNAL, hidden = true)
    private Path journal;

    @Option(names = NANOS, hidden = true)
    private long nanos;

    /** The words that make a JVM the fork of a trial. */
    public static List<String> words(Trial trial, int number, Path journal, long nanos) {
        List<String> words = new ArrayList<>(List.of(
                TRIAL,
                Integer.toString(trial.index()),
                NUMBER,
                Integer.toString(number),
                JOURNAL,
                journal.toAbsolutePath().toString(),
                NANOS,
                Long.toString(nanos)));
        trial.side().ifPresent(of -> words.addAll(List.of(SIDE, of.letter().name())));
        return words;
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
        return (side == null ? plan : plan.of(side)).forked(trial, number, journal, nanos);
    }
}
