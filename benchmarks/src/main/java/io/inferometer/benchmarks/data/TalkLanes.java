package io.inferometer.benchmarks.data;

import io.inferometer.corpus.Seeds;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.workload.Load;
import io.inferometer.workload.TrialContext;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Enters the first sessions in the middle, as if they had been running: each at a random moment of its recorded run, behind
 * one turn of warm-up, so that the mix of early and late turns is steady from the start. Those that take their place when
 * they end are played from the beginning.
 *
 * @param count how many sessions live at the same time
 * @param seed of the moments
 */
record TalkLanes(int count, long seed) {
    /** None is entered in the middle. */
    static final TalkLanes NONE = new TalkLanes(0, 0);

    private static final long MOMENTS = 3;

    /** As many as the load has slots. */
    static TalkLanes of(TrialContext trial) {
        return new TalkLanes(((Load.Closed) trial.load()).concurrency(), trial.seed());
    }

    /** Whether the session of a number is the first of its slot. */
    boolean has(long number) {
        return number < count;
    }

    /** The turn before the moment, alone: what is in the endpoint's cache at that moment. */
    Playing.Entry warmup(RecordedSession session, long number) {
        return has(number)
                ? new Playing.Entry(Math.max(0, first(session, number) - 1), Duration.ZERO, 1)
                : Playing.Entry.of(session);
    }

    /** From the moment on. */
    Playing.Entry measured(RecordedSession session, long number) {
        if (!has(number)) {
            return Playing.Entry.of(session);
        }
        int first = first(session, number);
        Duration wait = session.turns()
                .get(first)
                .at()
                .map(at -> at.minus(moment(session, number)))
                .orElse(Duration.ZERO);
        return new Playing.Entry(first, wait.isNegative() ? Duration.ZERO : wait, Integer.MAX_VALUE);
    }

    /** The first turn that is not before the moment. */
    private int first(RecordedSession session, long number) {
        List<RecordedTurn> turns = session.turns();
        boolean timed = turns.stream().allMatch(turn -> turn.at().isPresent());
        if (!timed) {
            return random(number).nextInt(turns.size());
        }
        Duration moment = moment(session, number);
        int first = 0;
        while (first < turns.size() - 1 && turns.get(first).at().orElseThrow().compareTo(moment) < 0) {
            first++;
        }
        return first;
    }

    /** Uniform between the recorded times of the first turn and the last. */
    private Duration moment(RecordedSession session, long number) {
        Duration begin = session.turns().get(0).at().orElse(Duration.ZERO);
        Duration end = session.turns().get(session.turns().size() - 1).at().orElse(Duration.ZERO);
        long range = end.minus(begin).toNanos();
        return begin.plusNanos(range <= 0 ? 0 : random(number).nextLong(range + 1));
    }

    private SplittableRandom random(long number) {
        return new SplittableRandom(Seeds.derive(seed, MOMENTS, number));
    }
}
