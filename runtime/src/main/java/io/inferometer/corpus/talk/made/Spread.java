package io.inferometer.corpus.talk.made;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** How a length is spread, by the laws and the names of vLLM's multi-turn benchmark. */
public sealed interface Spread {
    /** A length; what a law gives in fractions is rounded. */
    int draw(RandomGenerator random);

    /** Always the same. */
    record Constant(int value) implements Spread {
        public Constant {
            require(value >= 0, "value", "is " + value + ", below 0");
        }

        @Override
        public int draw(RandomGenerator random) {
            return value;
        }
    }

    /** Each length from {@code min} to {@code max}, both included, as likely as another. */
    record Uniform(int min, int max) implements Spread {
        public Uniform {
            require(min >= 0, "min", "is " + min + ", below 0");
            require(max >= min, "max", "is " + max + ", below min, " + min);
        }

        @Override
        public int draw(RandomGenerator random) {
            return (int) random.nextLong(min, max + 1L);
        }
    }

    /** Lengths whose logarithms are normal with this mean and deviation, cut off at {@code max}. */
    record Lognormal(double mean, double sigma, OptionalInt max) implements Spread {
        public Lognormal {
            require(sigma >= 0 && Double.isFinite(sigma), "sigma", "is " + sigma + ", not from 0 on");
            require(Double.isFinite(mean), "mean", "is " + mean + ", not finite");
        }

        /**
         * The one with this average, of whose lengths half are below {@code medianRatio} times it: the average of a lognormal
         * law is {@code e^(mean + sigma²/2)}, its median {@code e^mean}.
         */
        public static Lognormal of(double average, double medianRatio, OptionalInt max) {
            require(average > 0, "average", "is " + average + ", not above 0");
            require(
                    medianRatio > 0 && medianRatio <= 1,
                    "median_ratio",
                    "is " + medianRatio + ", not above 0 and up to 1");
            return new Lognormal(Math.log(average * medianRatio), Math.sqrt(-2 * Math.log(medianRatio)), max);
        }

        @Override
        public int draw(RandomGenerator random) {
            return cut(Math.exp(mean + sigma * random.nextGaussian()), max);
        }
    }

    /** {@code P(k) ∝ k^-alpha} from 1 on, cut off at {@code max}. */
    record Zipf(double alpha, OptionalInt max) implements Spread {
        public Zipf {
            require(alpha > 1 && Double.isFinite(alpha), "alpha", "is " + alpha + ", not above 1");
        }

        /** By rejection (Devroye, Non-Uniform Random Variate Generation, 1986, X.6.1). */
        @Override
        public int draw(RandomGenerator random) {
            double below = alpha - 1;
            double most = Math.pow(2, below);
            while (true) {
                double length = Math.floor(Math.pow(1 - random.nextDouble(), -1 / below));
                double share = Math.pow(1 + 1 / length, below);
                if (random.nextDouble() * length * (share - 1) / (most - 1) <= share / most) {
                    return cut(length, max);
                }
            }
        }
    }

    /** Counts of a Poisson law with this mean, cut off at {@code max}. */
    record Poisson(double mean, OptionalInt max) implements Spread {
        private static final double LARGEST_PART = 16;

        public Poisson {
            require(mean > 0 && mean <= 1e7, "alpha", "is " + mean + ", not above 0 and up to 10,000,000");
        }

        /** As a sum of counts of smaller means, each by multiplying uniform numbers (Knuth, TAOCP 3.4.1). */
        @Override
        public int draw(RandomGenerator random) {
            long count = 0;
            for (double left = mean; left > 0; left -= LARGEST_PART) {
                double end = Math.exp(-Math.min(left, LARGEST_PART));
                for (double product = random.nextDouble(); product > end; product *= random.nextDouble()) {
                    count++;
                }
            }
            return cut(count, max);
        }
    }

    private static int cut(double length, OptionalInt max) {
        return (int) Math.min(Math.rint(length), max.orElse(Integer.MAX_VALUE));
    }

    private static void require(boolean met, String key, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(key + ' ' + otherwise);
        }
    }
}
