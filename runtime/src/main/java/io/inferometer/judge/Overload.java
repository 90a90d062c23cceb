package io.inferometer.judge;

import io.inferometer.stats.Summary;
import java.util.List;

/**
 * Whether an endpoint kept up with an open loop. It did not if requests in flight kept rising once they had filled up:
 * their mean over the fourth quarter of that time is above that over the second by a quarter and two deviations of a
 * Poisson number, and their number rises by more than 4 % of the rate.
 *
 * <p>Found are 100 % of the loads of twice what the endpoint serves, and 92 % of those of 1.2 times; of loads up to 0.9
 * times no more than 6 % are found, for requests that are short against that time. A rise that is seen is told whatever
 * requests take. That there is none is told only after {@value #REQUESTS} times what a request takes: before, an overload
 * hides behind the requests that are served. {@code OverloadTest} holds these figures by simulation.
 */
public enum Overload {
    /** Requests in flight kept rising. */
    YES("yes"),
    /** They did not. */
    NO("no"),
    /** The iteration was too short to tell. */
    TOO_SHORT("tooShort");

    /** Below so many times what a request takes it can't be told that there is no overload. */
    static final int REQUESTS = 20;

    private static final double SHORTEST_NANOS = 60e9;
    private static final double RISE = 0.25;
    private static final double DEVIATIONS = 2;
    private static final double SLOPE = 0.04;

    private final String label;

    Overload(String label) {
        this.label = label;
    }

    /** {@return the name in result files} */
    public String label() {
        return label;
    }

    /**
     * {@return the verdict on a trial: it is overloaded if any of its iterations is, and it isn't if it is told of one that
     * it isn't}
     *
     * @param iterations how requests in flight went on in each
     * @param rate requests per second that were offered
     */
    public static Overload of(List<Summary.InFlightTrend> iterations, double rate) {
        Overload judged = TOO_SHORT;
        for (Summary.InFlightTrend iteration : iterations) {
            Overload one = of(iteration, rate);
            if (one == YES) {
                return YES;
            }
            judged = one == NO ? NO : judged;
        }
        return judged;
    }

    private static Overload of(Summary.InFlightTrend trend, double rate) {
        if (trend.nanos() < SHORTEST_NANOS) {
            return TOO_SHORT;
        }
        double rise = trend.fourth() - trend.second();
        if (rise > RISE * trend.second() + DEVIATIONS * Math.sqrt(trend.second()) && trend.slope() > SLOPE * rate) {
            return YES;
        }
        return trend.nanos() < REQUESTS * trend.requestNanos() ? TOO_SHORT : NO;
    }
}
