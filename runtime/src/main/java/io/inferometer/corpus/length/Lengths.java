package io.inferometer.corpus.length;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.apache.commons.statistics.distribution.ZipfDistribution;

/** A law of lengths, in tokens. What it draws is at least 1, and whole: laws of fractions are rounded. */
@FunctionalInterface
public interface Lengths {
    /** Beyond any model's context. */
    int LONGEST = 100_000_000;

    /**
     * {@return the next length, in tokens, at least 1}
     *
     * @param random where it is drawn from; the same numbers give the same length
     */
    int draw(RandomGenerator random);

    /**
     * Reads a law: {@code fixed:512}, {@code uniform:100..1000}, {@code normal:512,128} by mean and deviation,
     * {@code lognormal:512,0.8} by median and the deviation of the logarithms, {@code zipf:1.2,4096} by exponent and
     * longest. A bare number is a fixed length. The two laws of a range ratio are {@code bench-serving-2025:1024,0.5}
     * and {@code vllm:1024,0.5}. Behind each but fixed and uniform may stand bounds, {@code normal:512,128,16..2048}.
     *
     * @param text a name, a colon and the law's numbers, or a number alone
     * @return the law
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    static Lengths parse(String text) {
        return LengthsText.read(text);
    }

    /**
     * {@return a law of one length, always the same}
     *
     * @param tokens the length, from 1 to {@link #LONGEST}
     */
    static Lengths fixed(int tokens) {
        Bounds.of(tokens, tokens);
        return random -> tokens;
    }

    /**
     * {@return a law of any length from one to another, both included, each as likely}
     *
     * @param least the shortest, at least 1
     * @param most the longest, not below the shortest
     */
    static Lengths uniform(int least, int most) {
        Bounds.of(least, most);
        return random -> random.nextInt(least, most + 1);
    }

    /**
     * {@return a law that is uniform about L tokens, by one of the two meanings of a range ratio; 1 is drawn where that
     * would be 0}
     *
     * @param law what the ratio means
     * @param tokens L, at least 1
     * @param ratio within what the law takes
     */
    static Lengths rangeRatio(LengthLaw law, int tokens, double ratio) {
        law.check(ratio);
        Bounds bounds = Bounds.of(Math.max(1, law.shortest(tokens, ratio)), law.longest(tokens, ratio));
        int shortest = law.shortest(tokens, ratio);
        return random -> bounds.cut(random.nextInt(shortest, bounds.most() + 1));
    }

    /**
     * {@return a normal law within bounds: beyond them it has nothing}
     *
     * @param mean in tokens, of the law without bounds
     * @param deviation in tokens, above 0
     * @param bounds of what is drawn, both included
     */
    static Lengths normal(double mean, double deviation, Bounds bounds) {
        above(0, "deviation", deviation);
        TruncatedNormalDistribution law =
                TruncatedNormalDistribution.of(mean, deviation, bounds.least() - 0.5, bounds.most() + 0.5);
        return random -> bounds.cut(Math.rint(law.inverseCumulativeProbability(random.nextDouble())));
    }

    /**
     * {@return a law of lengths whose logarithms are normal, with half of them below the median; those beyond the
     * bounds are drawn again}
     *
     * @param median in tokens, above 0
     * @param sigma the deviation of the natural logarithms, above 0
     * @param bounds of what is drawn, both included
     */
    static Lengths lognormal(double median, double sigma, Bounds bounds) {
        above(0, "median", median);
        above(0, "sigma", sigma);
        LogNormalDistribution law = LogNormalDistribution.of(Math.log(median), sigma);
        double from = law.cumulativeProbability(bounds.least() - 0.5);
        double to = law.cumulativeProbability(bounds.most() + 0.5);
        if (!(to > from)) {
            throw new IllegalArgumentException(
                    "no length of such a law is from " + bounds.least() + " to " + bounds.most());
        }
        return random ->
                bounds.cut(Math.rint(law.inverseCumulativeProbability(from + (to - from) * random.nextDouble())));
    }

    /**
     * {@return a law by which a length k from 1 to the longest has a probability in proportion to k^−exponent}
     *
     * @param exponent above 0
     * @param longest in tokens, at least 1
     */
    static Lengths zipf(double exponent, int longest) {
        above(0, "exponent", exponent);
        Bounds bounds = Bounds.of(1, longest);
        ZipfDistribution law = ZipfDistribution.of(longest, exponent);
        return random -> bounds.cut(law.createSampler(bits(random)).sample());
    }

    private static UniformRandomProvider bits(RandomGenerator random) {
        return random::nextLong;
    }

    private static void above(double least, String what, double value) {
        if (!(value > least) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "the " + what + " of lengths is " + value + "; it must be above " + least);
        }
    }

    /**
     * The shortest and the longest.
     *
     * @param least at least 1
     * @param most not below it
     */
    record Bounds(int least, int most) {
        /** Whatever a model may take. */
        public static final Bounds ANY = new Bounds(1, LONGEST);

        /**
         * Checks what it is given.
         *
         * @param least as of the record
         * @param most as of the record
         */
        public Bounds {
            if (least < 1 || most < least || most > LONGEST) {
                throw new IllegalArgumentException("lengths from " + least + " to " + most
                        + " can't be drawn; they go from 1 to " + LONGEST + ", the shortest first");
            }
        }

        static Bounds of(int least, int most) {
            return new Bounds(least, most);
        }

        int cut(double length) {
            return (int) Math.max(least, Math.min(most, length));
        }
    }
}
