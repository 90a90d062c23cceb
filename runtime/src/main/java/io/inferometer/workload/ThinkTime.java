package io.inferometer.workload;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a session waits before it asks: a law by which a time is drawn. */
@FunctionalInterface
public interface ThinkTime {
    /** No time. */
    ThinkTime NONE = random -> Duration.ZERO;

    /**
     * {@return a time, not negative; of no use beside the given random numbers is the time of day}
     *
     * @param random where it is drawn from: the same numbers give the same time
     */
    Duration draw(RandomGenerator random);

    /**
     * {@return the same time always}
     *
     * @param time not negative
     */
    static ThinkTime fixed(Duration time) {
        notNegative(time);
        return random -> time;
    }

    /**
     * {@return a law of any time between two, both included, each as likely as another}
     *
     * @param least not negative
     * @param most not below it
     */
    static ThinkTime uniform(Duration least, Duration most) {
        notNegative(least);
        if (most.compareTo(least) < 0) {
            throw new IllegalArgumentException("a think time is at most " + most + ", and at least " + least);
        }
        long range = most.minus(least).toNanos();
        return random -> least.plusNanos(range == 0 ? 0 : random.nextLong(range + 1));
    }

    /**
     * {@return a law of times of a Poisson process: −ln(1 − u) · mean, with u uniform in [0, 1)}
     *
     * @param mean not negative
     */
    static ThinkTime exponential(Duration mean) {
        notNegative(mean);
        return random -> nanos(-Math.log1p(-random.nextDouble()) * mean.toNanos());
    }

    /**
     * {@return a law of times whose logarithms are normal: median · e^(sigma · z), with z standard normal}
     *
     * @param median not negative
     * @param sigma the deviation of the natural logarithms, not negative
     */
    static ThinkTime lognormal(Duration median, double sigma) {
        notNegative(median);
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma must be 0 or more and finite, not " + sigma);
        }
        return random -> nanos(median.toNanos() * Math.exp(sigma * random.nextGaussian()));
    }

    private static Duration nanos(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }

    private static void notNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a think time is 0 or more, not " + time);
        }
    }
}
