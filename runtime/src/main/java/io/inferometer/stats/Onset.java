package io.inferometer.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How long a stretch that was taken for steady was not yet so: MSER-5 (White 1997) on tokens per second. Batches of 5 s are
 * cut off at the beginning until the rest's squared deviations over its squared length are least; more than a half is never
 * cut off. MSER alone cuts off a batch or two of every third steady run, so an onset is told only where what was cut off
 * differs from the rest by more than 5 %, and by more than 5 standard errors. {@code OnsetTest} holds by simulation how
 * often that errs.
 *
 * @param nanos how long; 0 where it was steady from the beginning
 * @param share the mean of that time over that of the rest; 1 where it was steady from the beginning
 */
public record Onset(double nanos, double share) {
    private static final int BATCH = 5;
    private static final double BATCH_NANOS = BATCH * 1e9;
    /** A minute: what is shorter can't be told. */
    private static final int BATCHES = 12;

    private static final double LEAST = 0.05;
    private static final double ERRORS = 5;

    private static final Onset NONE = new Onset(0, 1);

    /**
     * That of a stretch.
     *
     * @param perSecond the tokens of each whole second of it
     * @return empty where it is too short to tell
     */
    static Optional<Onset> of(double... perSecond) {
        double[] batches = new double[perSecond.length / BATCH];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = DoubleStream.of(Arrays.copyOfRange(perSecond, i * BATCH, (i + 1) * BATCH))
                    .sum();
        }
        return batches.length < BATCHES ? Optional.empty() : Optional.of(cut(batches));
    }

    private static Onset cut(double... batches) {
        int cut = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= batches.length / 2; i++) {
            Moments rest = moments(batches, i, batches.length);
            double error = Math.pow(rest.std(), 2) / rest.count();
            if (error < least) {
                least = error;
                cut = i;
            }
        }
        if (cut == 0) {
            return NONE;
        }
        double first = moments(batches, 0, cut).mean();
        Moments rest = moments(batches, cut, batches.length);
        double off = Math.abs(first - rest.mean());
        double error = rest.std() * Math.sqrt(1.0 / cut + 1.0 / rest.count());
        return off > LEAST * rest.mean() && off > ERRORS * error
                ? new Onset(cut * BATCH_NANOS, first / rest.mean())
                : NONE;
    }

    private static Moments moments(double[] values, int from, int to) {
        Moments moments = new Moments();
        for (int i = from; i < to; i++) {
            moments.add(values[i]);
        }
        return moments;
    }

    /** The longer one of two iterations. */
    static Onset longer(Onset one, Onset other) {
        return other.nanos > one.nanos ? other : one;
    }
}
