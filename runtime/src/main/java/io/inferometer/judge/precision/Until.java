package io.inferometer.judge.precision;

import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Batches;
import java.time.Duration;
import java.util.List;

/**
 * When the iterations of a trial are enough: when each of some figures is known as narrowly as is wanted, or the time is over. It
 * is looked at after {@link Batches#FEWEST} iterations, and then each time that there are half as many more: who stops at
 * whichever moment the interval is narrow by chance has an interval that is too narrow.
 *
 * <p>It is of one JVM, and tells how far its own iterations are from what it would measure in the long run: another JVM, and another
 * time, may be further away, which forks tell. {@code UntilCoverageTest} holds how often the interval at which it stops holds that
 * long run.
 *
 * @param goals what is wanted, at least one
 * @param atMost how long the measured iterations of a trial go on for it
 */
public record Until(List<Goal> goals, Duration atMost) {
    /** How long they go on where nobody says. */
    public static final Duration USUAL = Duration.ofMinutes(10);

    /**
     * Copies its list.
     *
     * @param goals copied
     * @param atMost as of the record
     */
    public Until {
        goals = List.copyOf(goals);
    }

    /**
     * {@return whether there is to be another iteration}
     *
     * @param least how many there are whatever they show and take
     * @param done those that have been, in their order
     * @param elapsed how long they took
     */
    public boolean goesOn(int least, List<Summary> done, Duration elapsed) {
        int count = done.size();
        if (count < least) {
            return true;
        }
        Duration withAnother = elapsed.plus(elapsed.dividedBy(count));
        return withAnother.compareTo(atMost) <= 0 && !(looks(least, count) && reached(done));
    }

    private static boolean looks(int least, int count) {
        int look = Math.max(least, Batches.FEWEST);
        while (look < count) {
            look = Batches.next(look);
        }
        return look == count;
    }

    /**
     * {@return whether each figure is as narrow as is wanted}
     *
     * @param iterations those that have been, in their order
     */
    public boolean reached(List<Summary> iterations) {
        return precisions(iterations).stream().allMatch(Precision::reached);
    }

    /**
     * {@return how narrow each figure is}
     *
     * @param iterations those that have been, in their order
     */
    public List<Precision> precisions(List<Summary> iterations) {
        return goals.stream().map(goal -> Precision.of(goal, iterations)).toList();
    }
}
