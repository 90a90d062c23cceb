package io.inferometer.workload;

import io.inferometer.annotations.Arrivals;
import java.util.Objects;

/** When requests are sent: exactly one of these a trial. */
public sealed interface Load {
    /** The load of so many clients that each send this one at the same time. */
    default Load times(int clients) {
        if (this instanceof Closed closed) {
            return new Closed(closed.concurrency() * clients);
        }
        if (this instanceof Open open) {
            int most = open.mostInFlight() == Open.ANY ? Open.ANY : open.mostInFlight() * clients;
            return new Open(open.rate() * clients, open.arrivals(), most);
        }
        AtOnce atOnce = (AtOnce) this;
        int slots = atOnce.slots() == AtOnce.ALL ? AtOnce.ALL : atOnce.slots() * clients;
        return new AtOnce(slots, atOnce.slotsPerSecond() * clients);
    }

    /**
     * A fixed number of slots, each sending its next request the moment its last one ends.
     *
     * @param concurrency how many slots, at least 1
     */
    record Closed(int concurrency) implements Load {
        public Closed {
            if (concurrency < 1) {
                throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
            }
        }
    }

    /**
     * Requests at a rate, however many are in flight, or as far as a cap on these allows: what would be beyond it is sent
     * when another one has ended.
     *
     * @param rate requests per second, above 0 and finite
     * @param arrivals how their starts are spread
     * @param mostInFlight how many requests are in flight at most, at least 1
     */
    record Open(double rate, Arrivals arrivals, int mostInFlight) implements Load {
        /** However many. */
        public static final int ANY = Integer.MAX_VALUE;

        public Open {
            if (!(rate > 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException("rate must be above 0 requests per second and finite, not " + rate);
            }
            Objects.requireNonNull(arrivals, "arrivals");
            if (mostInFlight < 1) {
                throw new IllegalArgumentException("in flight must be at least 1, not " + mostInFlight);
            }
        }

        /** However many are in flight. */
        public Open(double rate, Arrivals arrivals) {
            this(rate, arrivals, ANY);
        }

        /** Whether there is a cap on what is in flight. */
        public boolean capped() {
            return mostInFlight != ANY;
        }
    }

    /**
     * Every request of an iteration released at the same instant, unless slots or their rate hold some back: then as one
     * ends the next is sent, until none is left.
     *
     * @param slots how many requests are in flight at most, at least 1
     * @param slotsPerSecond how many slots a second begin, above 0; infinite for all at one instant
     */
    record AtOnce(int slots, double slotsPerSecond) implements Load {
        /** As many slots as there are requests. */
        public static final int ALL = Integer.MAX_VALUE;

        /** All slots at one instant. */
        public static final double INSTANT = Double.POSITIVE_INFINITY;

        public AtOnce {
            if (slots < 1) {
                throw new IllegalArgumentException("slots must be at least 1, not " + slots);
            }
            if (!(slotsPerSecond > 0)) {
                throw new IllegalArgumentException("slots per second must be above 0, not " + slotsPerSecond);
            }
        }

        /** Every request at the same instant. */
        public AtOnce() {
            this(ALL, INSTANT);
        }
    }
}
