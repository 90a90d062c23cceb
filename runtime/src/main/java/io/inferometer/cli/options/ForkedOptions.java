package io.inferometer.cli.options;

import io.inferometer.harness.member.Share;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Split;
import io.inferometer.plan.Trial;
import io.inferometer.report.header.RunClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** What a run gives to the JVM of a fork besides its own options. Not for people. */
public final class ForkedOptions {
    private static final String TRIAL = "--forked-trial";
    private static final String SIDE = "--forked-side";
    private static final String NUMBER = "--forked-number";
    private static final String MEMBER = "--forked-member";
    private static final String MEMBERS = "--forked-members";
    private static final String NAME = "--forked-name";
    private static final String STARTED = "--forked-started";
    private static final String SIMULATED = "--forked-simulated";
    private static final String JOURNAL = "--forked-journal";
    private static final String CLOCK = "--forked-clock";

    @Option(names = TRIAL, hidden = true)
    private int trial = -1;

    @Option(names = SIDE, hidden = true)
    private Trial.Letter side;

    @Option(names = NUMBER, hidden = true)
    private int number;

    @Option(names = MEMBER, hidden = true)
    private int member;

    @Option(names = MEMBERS, hidden = true)
    private int members = 1;

    @Option(names = NAME, hidden = true)
    private String name = "";

    @Option(names = STARTED, hidden = true)
    private Instant startedAt;

    @Option(names = SIMULATED, hidden = true)
    private String simulated;

    @Option(names = JOURNAL, hidden = true)
    private Path journal;

    @Option(names = CLOCK, hidden = true, split = ",")
    private List<String> clock;

    /** The words that make a JVM of this machine run a share of a trial's fork. */
    public static List<String> words(Share share) {
        Trial trial = share.trial();
        RunClock zero = RunClock.startingAt(share.origin());
        List<String> words = new ArrayList<>(List.of(
                TRIAL,
                Integer.toString(trial.index()),
                STARTED,
                share.startedAt().toString(),
                NUMBER,
                Integer.toString(share.fork()),
                JOURNAL,
                share.journal().toAbsolutePath().toString(),
                CLOCK,
                zero.wallNanos().orElseThrow() + "," + share.origin() + "," + zero.bootId()));
        if (share.members() > 1) {
            words.addAll(List.of(
                    MEMBER,
                    Integer.toString(share.member()),
                    MEMBERS,
                    Integer.toString(share.members()),
                    NAME,
                    share.split().name()));
        }
        share.simulatedUrl().ifPresent(url -> words.addAll(List.of(SIMULATED, url)));
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
        Split split = members == 1 ? Split.ALONE : new Split(member, members, name);
        return (side == null ? plan : plan.of(side))
                .startedAt(startedAt)
                .forked(trial, number, split, journal, origin(), Optional.ofNullable(simulated));
    }

    /** The time zero of the run by this JVM's clock, however long it took to start. */
    private long origin() {
        RunClock zero = new RunClock(
                clock.size() > 2 ? clock.get(2) : "",
                OptionalLong.of(Long.parseLong(clock.get(0))),
                OptionalLong.of(Long.parseLong(clock.get(1))));
        long now = System.nanoTime();
        return now - RunClock.startingAt(now).after(zero).orElseThrow();
    }
}
