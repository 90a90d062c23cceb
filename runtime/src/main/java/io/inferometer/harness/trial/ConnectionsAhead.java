package io.inferometer.harness.trial;

import io.inferometer.endpoint.Target;
import io.inferometer.workload.Load;

/**
 * Opens the connections of a trial before the clock starts: one for each request that will be in flight, where the load
 * says how many these are. An open loop does not, and opens its own as it needs them.
 */
final class ConnectionsAhead {
    private final Load load;
    private final Target target;
    private int opened;

    ConnectionsAhead(Load load, Target target) {
        this.load = load;
        this.target = target;
    }

    /**
     * Opens what an iteration will need, as far as it is not open yet.
     *
     * @param requests how many the iteration has; those that are ready where it has no number
     */
    void open(long requests) throws InterruptedException {
        int needed = needed(requests);
        if (needed > opened) {
            MachineLimits.ofThisProcess().check(needed, target.uri().getAuthority());
            target.open(needed);
            opened = needed;
        }
    }

    private int needed(long requests) {
        if (load instanceof Load.Closed loop) {
            return loop.concurrency();
        }
        return load instanceof Load.AtOnce atOnce ? (int) Math.min(atOnce.slots(), requests) : 0;
    }
}
