package io.inferometer.harness.trial;

import io.inferometer.endpoint.Target;
import io.inferometer.workload.Load;

/**
 * Opens the connections of a trial before the clock starts: one for each request that will be in flight, so that none has
 * to wait for one. An open loop does not say how many these are, and gets a guess.
 */
final class ConnectionsAhead {
    /** What a request of an open loop is taken to last before any has ended, in seconds. */
    private static final double FIRST_GUESS_SECONDS = 2;

    /** An open loop gets no more at once; what it needs beyond is opened as it goes, and told. */
    private static final int MOST_FOR_OPEN = 1_024;

    private final Target target;
    /** So many have been found to be no more than this machine lets one process have. */
    private int mayOpen;

    ConnectionsAhead(Target target) {
        this.target = target;
    }

    /**
     * Opens what an iteration will need, as far as it is not open: the endpoint may have closed some since the one before.
     *
     * @param load the iteration's load where it is highest
     * @param requests how many the iteration has; those that are ready where it has no number
     */
    void open(Load load, long requests) throws InterruptedException {
        int needed = needed(load, requests, target.peakInFlight());
        if (load.scheduled()) {
            // It is a guess: the descriptors that requests will need are not spent on it.
            needed = (int) Math.min(needed, MachineLimits.ofThisProcess().descriptors() / 2);
        } else if (needed > mayOpen) {
            MachineLimits.ofThisProcess().check(needed, target.uri().getAuthority());
            mayOpen = needed;
        }
        target.open(needed);
    }

    /**
     * As many as there will be requests in flight.
     *
     * @param peakInFlight the most that have been in flight so far; an open loop gets four standard deviations of a
     *     Poisson number above that
     */
    static int needed(Load load, long requests, int peakInFlight) {
        if (load instanceof Load.Closed loop) {
            return loop.concurrency();
        }
        if (load instanceof Load.AtOnce atOnce) {
            return (int) Math.min(atOnce.slots(), requests);
        }
        // A replay's rate is not known before its requests are.
        double rate = load instanceof Load.Open open ? open.rate() : 1;
        int most = load instanceof Load.Open open ? open.mostInFlight() : Load.Open.ANY;
        double inFlight = peakInFlight > 1 ? peakInFlight : Math.max(1, rate * FIRST_GUESS_SECONDS);
        double needed = Math.min(inFlight + 4 * Math.sqrt(inFlight), most);
        return (int) Math.ceil(Math.min(Math.min(needed, requests), MOST_FOR_OPEN));
    }
}
