package io.inferometer.judge.search;

import java.util.List;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The share of requests that met the objective, with its one-sided bounds.
 *
 * <p>Requests of one window wait in the same queue, so it is windows that are repeated: the bounds are Student's t over the
 * windows, of the ratio of those that met it to those that were judged. Windows that all agree would prove it of requests that
 * were never sent; so a bound is no closer than that of as many independent requests.
 *
 * <p>Sources: Cochran, "Sampling Techniques" (1977), chapter 6, for the ratio's variance; Clopper and Pearson, "The Use of
 * Confidence or Fiducial Limits Illustrated in the Case of the Binomial", Biometrika 26 (1934).
 *
 * @param share 0 to 1; NaN where nothing was judged
 * @param low what it is at least, with {@value #CONFIDENCE} of confidence; NaN where nothing was judged
 * @param high what it is at most, with as much; NaN where nothing was judged
 * @param requests how many were judged
 */
public record MetShare(double share, double low, double high, long requests) {
    /** Of each bound by itself. A probe may be looked at {@value SearchRule#LOOKS} times, so it is above 95 %. */
    static final double CONFIDENCE = 0.975;

    private static final MetShare NONE = new MetShare(Double.NaN, Double.NaN, Double.NaN, 0);

    /**
     * {@return the share of a probe's windows}
     *
     * @param windows a count each
     */
    public static MetShare of(List<WindowCount> windows) {
        long met = windows.stream().mapToLong(WindowCount::met).sum();
        long judged = windows.stream().mapToLong(WindowCount::judged).sum();
        if (judged == 0) {
            return NONE;
        }
        double share = (double) met / judged;
        double low = met == 0 ? 0 : beta(met, judged - met + 1).inverseCumulativeProbability(1 - CONFIDENCE);
        double high = met == judged ? 1 : beta(met + 1, judged - met).inverseCumulativeProbability(CONFIDENCE);
        int count = windows.size();
        if (count > 1) {
            double squares = windows.stream()
                    .mapToDouble(window -> Math.pow(window.met() - share * window.judged(), 2))
                    .sum();
            double error = Math.sqrt(squares * count / (count - 1)) / judged;
            double half = TDistribution.of(count - 1).inverseCumulativeProbability(CONFIDENCE) * error;
            low = Math.max(0, Math.min(low, share - half));
            high = Math.min(1, Math.max(high, share + half));
        }
        return new MetShare(share, low, high, judged);
    }

    /**
     * {@return how many requests it takes at least, all of which meet the objective, to prove that so great a share does}
     *
     * @param attainment above 0 and below 1
     */
    public static long requestsToProve(double attainment) {
        return (long) Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(attainment));
    }

    private static BetaDistribution beta(double alpha, double beta) {
        return BetaDistribution.of(alpha, beta);
    }
}
