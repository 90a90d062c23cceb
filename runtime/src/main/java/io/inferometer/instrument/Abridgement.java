package io.inferometer.instrument;

import io.inferometer.simulator.engine.Score;
import io.inferometer.stats.ClientOverhead.Difference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The answers of a shape as they are replayed, cut so that 100 of them fit in a few seconds. Waits and pauses are as long
 * as in the run as far as there is time; bursts are as they were, each read at its own time.
 *
 * @param answers the answers
 * @param rounds how many requests each stream has
 * @param differs what is not as in the run for it
 */
record Abridgement(List<Shape.Answer> answers, int rounds, List<Difference> differs) {
    private static final int SAMPLES = 100;
    private static final int LEAST_ROUNDS = 3;
    private static final double TIME_NANOS = 3e9;
    /** Reads further apart than that meet a client that is at rest either way. */
    private static final long MOST_PAUSE_NANOS = 100_000_000L;
    /** Figures that are off by less are as in the run. */
    private static final double ALIKE = 0.9;

    private static final double NANOS_PER_SECOND = 1e9;

    static Abridgement of(Shape shape) {
        int rounds = Math.max(LEAST_ROUNDS, (SAMPLES + shape.streams() - 1) / shape.streams());
        // One round more, before those that count.
        double each = TIME_NANOS / (rounds + 1);
        Shape.Means means = shape.means();
        long mostWait = (long) Math.max(each / 2, each - means.spanNanos());
        long mostSpan = (long) Math.max(each / 2, each - means.waitNanos());
        List<Shape.Answer> cut = shape.answers().stream()
                .map(answer -> new Shape.Answer(
                        answer.streamed(),
                        answer.streamed()
                                ? cut(answer.score(), mostWait, mostSpan)
                                : cut(answer.score(), (long) each, 0)))
                .toList();
        return new Abridgement(cut, rounds, differs(shape, cut));
    }

    private static Score cut(Score score, long mostWait, long mostSpan) {
        long[] from = score.nanos();
        long[] nanos = new long[from.length];
        nanos[0] = Math.min(from[0], mostWait);
        int count = 1;
        while (count < from.length) {
            long next = nanos[count - 1] + Math.min(MOST_PAUSE_NANOS, from[count] - from[count - 1]);
            if (count > 1 && next - nanos[0] > mostSpan) {
                break;
            }
            nanos[count++] = next;
        }
        return new Score(Arrays.copyOf(nanos, count), Arrays.copyOf(score.events(), count));
    }

    private static List<Difference> differs(Shape shape, List<Shape.Answer> answers) {
        Shape.Means run = shape.means();
        double wait = mean(answers, score -> score.nanos()[0]);
        double events = mean(answers, Score::eventCount);
        double span = mean(answers, Score::spanNanos);
        List<Difference> differs = new ArrayList<>();
        if (wait < ALIKE * run.waitNanos()) {
            differs.add(difference(
                    "wait",
                    true,
                    "the wait for the first token is %s, in the run %s (means)",
                    millis(wait),
                    millis(run.waitNanos())));
        }
        if (events < ALIKE * run.events()) {
            differs.add(difference(
                    "length", false, "answers have %,.0f events, in the run %,.0f (means)", events, run.events()));
        }
        if (run.longestPauseNanos() > MOST_PAUSE_NANOS) {
            differs.add(difference(
                    "pauses",
                    true,
                    "no pause between two reads is longer than %s, in the run some were, up to %s",
                    millis(MOST_PAUSE_NANOS),
                    millis(run.longestPauseNanos())));
        }
        double rate = rate(shape, events, wait + span);
        double ofRun = rate(shape, run.events(), run.waitNanos() + run.spanNanos());
        if (rate < ALIKE * ofRun) {
            differs.add(difference("rate", true, "%,.0f events come in a second, in the run %,.0f", rate, ofRun));
        }
        return differs;
    }

    private static double rate(Shape shape, double events, double nanos) {
        return shape.streams() * NANOS_PER_SECOND * events / nanos;
    }

    /** The mean time from a request to the end of its answer. */
    double requestNanos() {
        return mean(answers, score -> score.nanos()[score.nanos().length - 1]);
    }

    private static double mean(List<Shape.Answer> answers, ToDoubleFunction<Score> figure) {
        return answers.stream()
                .mapToDouble(answer -> figure.applyAsDouble(answer.score()))
                .average()
                .orElseThrow();
    }

    private static String millis(double nanos) {
        double millis = nanos / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%,.0f ms", millis);
    }

    private static Difference difference(String name, boolean easier, String text, Object... values) {
        return new Difference(name, easier, String.format(Locale.ROOT, text, values));
    }
}
