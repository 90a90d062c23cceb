package io.inferometer.stats.arrival;

import io.inferometer.annotations.Arrivals;
import io.inferometer.stats.column.DoubleColumn;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * How the starts of an open loop's requests were spread, beside how they were to be. Three figures tell it: the rate, the
 * dispersion of the gaps (their variance by their squared mean), and the Kolmogorov–Smirnov distance between the gaps and
 * their law, which is a gamma distribution with a mean of 1.
 *
 * <p>One that is off is told only where chance would bring it in less than 0.3 % of iterations and where it is large enough to
 * matter; all three together raise a false alarm in less than 1 %. Evenly spread arrivals leave nothing to chance, and no
 * client sends to the nanosecond: they are off above the dispersion of a gamma law of shape 16.
 *
 * @param gaps how many there were
 * @param rateShare the rate that was sent, by the one that was to be
 * @param dispersion of the gaps
 * @param askedDispersion that of the law
 * @param distance by Kolmogorov and Smirnov, 0 to 1; NaN under {@link Arrivals#CONSTANT}, whose law has no density, and of one
 *     gap
 * @param verdict whether it was as it was to be
 */
public record ArrivalFit(
        long gaps, double rateShare, double dispersion, double askedDispersion, double distance, Verdict verdict) {
    /** Fewer gaps tell nothing; of bursts, which have many gaps each, so many are needed. */
    static final int FEWEST = 50;

    /** One gap has no distribution. */
    private static final int LEAST = 2;

    private static final double CHANCE = 0.003;
    private static final double RATE_OFF = 0.05;
    private static final double DISPERSION_OFF = 1.25;
    private static final double DEVIATIONS = 3.5;
    private static final double DISTANCE_OFF = 0.05;
    /** Of more gaps a distance that is off is chance with a probability of 2·exp(−2·n·d²), less than 1e-21. */
    private static final int MANY = 10_000;

    private static final double EVEN = 1.0 / 16;
    /** Shorter gaps than this are none: a client's timers and threads are no finer. */
    private static final double RESOLUTION_SECONDS = 100e-6;

    /** Whether requests started as they were to. */
    public enum Verdict {
        /** They did. */
        YES("yes"),
        /** They did not. */
        NO("no"),
        /** There were too few to tell. */
        TOO_FEW("tooFew");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        /** {@return the name in result files} */
        public String label() {
            return label;
        }
    }

    /**
     * {@return the fit of gaps with a mean of 1 where they were as they were to be; empty without one}
     *
     * @param law what they were to follow
     * @param burstiness the shape of {@link Arrivals#GAMMA}
     * @param perSecond the rate that was asked for, the mean where it changes
     * @param unitGaps times between starts, each in multiples of the mean that it was to have
     */
    public static Optional<ArrivalFit> of(Arrivals law, double burstiness, double perSecond, DoubleColumn unitGaps) {
        long n = unitGaps.count();
        double sum = sum(unitGaps, gap -> gap);
        if (n == 0 || sum <= 0) {
            return Optional.empty();
        }
        double mean = sum / n;
        double squares = sum(unitGaps, gap -> (gap - mean) * (gap - mean));
        double dispersion = squares / n / (mean * mean);
        boolean even = law == Arrivals.CONSTANT;
        double asked = even ? 0 : 1 / burstiness;
        Optional<Distance> distance = even || n < LEAST
                ? Optional.empty()
                : Optional.of(distance(burstiness, RESOLUTION_SECONDS * perSecond, unitGaps));
        boolean off = even
                ? dispersion > EVEN || Math.abs(mean - 1) > RATE_OFF
                : rateOff(burstiness, n, sum)
                        || dispersionOff(burstiness, n, dispersion)
                        || distance.filter(Distance::off).isPresent();
        Verdict verdict = n < FEWEST / Math.min(1, burstiness) ? Verdict.TOO_FEW : off ? Verdict.NO : Verdict.YES;
        return Optional.of(new ArrivalFit(
                n, 1 / mean, dispersion, asked, distance.map(Distance::greatest).orElse(Double.NaN), verdict));
    }

    /** Adds up with compensation for what rounding loses. */
    private static double sum(DoubleColumn gaps, DoubleUnaryOperator what) {
        DoubleSummaryStatistics sum = new DoubleSummaryStatistics();
        gaps.ascending(gap -> sum.accept(what.applyAsDouble(gap)));
        return sum.getSum();
    }

    /** Gaps that no client can tell from none count by their number alone: they are spread evenly over their share of the law. */
    private static Distance distance(double burstiness, double resolution, DoubleColumn gaps) {
        GammaDistribution law = GammaDistribution.of(burstiness, 1 / burstiness);
        double shortest = law.cumulativeProbability(resolution);
        long[] untold = {0};
        gaps.ascending(gap -> untold[0] += gap < resolution ? 1 : 0);
        Distance distance = new Distance(gaps.count());
        gaps.ascending(gap -> distance.next(
                distance.seen < untold[0]
                        ? (distance.seen + 0.5) / untold[0] * shortest
                        : law.cumulativeProbability(gap)));
        return distance;
    }

    /** Places in a law, told in ascending order, and how far they are from as many that are spread evenly. */
    private static final class Distance {
        private final double count;
        /** None where they are so many that no distance that matters is one of chance. */
        private final double[] places;

        private long seen;
        private double greatest;

        Distance(long count) {
            this.count = count;
            places = new double[count > MANY ? 0 : (int) count];
        }

        void next(double place) {
            greatest = Math.max(greatest, Math.max(place - seen / count, (seen + 1) / count - place));
            if (places.length > 0) {
                places[(int) seen] = place;
            }
            seen++;
        }

        double greatest() {
            return greatest;
        }

        boolean off() {
            return greatest > DISTANCE_OFF
                    && (places.length == 0
                            || KolmogorovSmirnovTest.withDefaults()
                                            .test(places, place -> place)
                                            .getPValue()
                                    < CHANCE);
        }
    }

    /** The sum of n gaps has a gamma distribution too. */
    private static boolean rateOff(double burstiness, long n, double sum) {
        if (Math.abs(sum / n - 1) < RATE_OFF) {
            return false;
        }
        GammaDistribution sums = GammaDistribution.of(n * burstiness, 1 / burstiness);
        double tail = Math.min(sums.cumulativeProbability(sum), sums.survivalProbability(sum));
        return 2 * tail < CHANCE;
    }

    /**
     * By the delta method the logarithm of the dispersion of n gaps of shape k deviates by √((2 + 2 / k) / n). Its upper tail
     * is longer than a normal one's, so that more deviations are wanted than the chance alone would say.
     */
    private static boolean dispersionOff(double burstiness, long n, double dispersion) {
        double off = Math.abs(Math.log(dispersion * burstiness));
        return off > Math.log(DISPERSION_OFF) && off > DEVIATIONS * Math.sqrt((2 + 2 / burstiness) / n);
    }
}
