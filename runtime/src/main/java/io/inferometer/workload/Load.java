package io.inferometer.workload;

import io.inferometer.annotations.Arrivals;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** When requests are sent: exactly one of these a trial. */
public sealed interface Load permits Load.Closed, Load.Open, Load.AtOnce, Load.Replay, StagedLoad {
    /** {@return whether requests have times that stand, however many are in flight} */
    default boolean scheduled() {
        return open() || this instanceof Replay;
    }

    /** {@return whether requests are sent at a rate} */
    default boolean open() {
        return this instanceof Open || this instanceof StagedLoad staged && staged.kind() == StagedLoad.Kind.RATE;
    }

    /** {@return whether slots each send their next request as their last one ends} */
    default boolean closed() {
        return this instanceof Closed
                || this instanceof StagedLoad staged && staged.kind() == StagedLoad.Kind.CONCURRENCY;
    }

    /** {@return whether it is the same from beginning to end} */
    default boolean steady() {
        return !(this instanceof StagedLoad)
                && !(this instanceof Open open && open.ramp().isPresent());
    }

    /** {@return what it is where it is highest, as a load that stays} */
    default Load highest() {
        if (this instanceof StagedLoad staged) {
            return staged.kind() == StagedLoad.Kind.RATE
                    ? new Open(
                            staged.peak(),
                            staged.arrivals(),
                            staged.burstiness(),
                            staged.mostInFlight(),
                            Optional.empty())
                    : new Closed((int) Math.ceil(staged.peak()));
        }
        return this instanceof Open open && open.ramp().isPresent()
                ? new Open(
                        open.ramp().get().endPerSecond(),
                        open.arrivals(),
                        open.burstiness(),
                        open.mostInFlight(),
                        Optional.empty())
                : this;
    }

    /** {@return the most requests in flight under an open loop with a cap on them; empty without one} */
    default OptionalInt cap() {
        int most = this instanceof Open open
                ? open.mostInFlight()
                : this instanceof StagedLoad staged ? staged.mostInFlight() : Open.ANY;
        return most == Open.ANY ? OptionalInt.empty() : OptionalInt.of(most);
    }

    /**
     * {@return the load of so many clients that each send this one at the same time}
     *
     * @param clients at least 1
     */
    default Load times(int clients) {
        if (this instanceof Closed closed) {
            return new Closed(closed.concurrency() * clients, closed.stagger());
        }
        if (this instanceof Open open) {
            int most = open.mostInFlight() == Open.ANY ? Open.ANY : open.mostInFlight() * clients;
            return new Open(
                    open.rate() * clients,
                    open.arrivals(),
                    open.burstiness(),
                    most,
                    open.ramp().map(ramp -> ramp.times(clients)));
        }
        if (this instanceof Replay) {
            return this;
        }
        if (this instanceof StagedLoad staged) {
            int most = staged.mostInFlight() == Open.ANY ? Open.ANY : staged.mostInFlight() * clients;
            return new StagedLoad(
                    staged.kind(),
                    staged.stages().stream()
                            .map(stage ->
                                    new StagedLoad.Stage(stage.from() * clients, stage.to() * clients, stage.time()))
                            .toList(),
                    staged.arrivals(),
                    staged.burstiness(),
                    most);
        }
        AtOnce atOnce = (AtOnce) this;
        int slots = atOnce.slots() == AtOnce.ALL ? AtOnce.ALL : atOnce.slots() * clients;
        return new AtOnce(slots, atOnce.slotsPerSecond() * clients);
    }

    /**
     * A fixed number of slots, each sending its next request the moment its last one ends.
     *
     * @param concurrency how many slots, at least 1
     * @param stagger over what time they begin, one after the other, not below 0; zero for all at one instant. The last one
     *     begins one part of as many before its end, so that what comes at a steady pace to each comes evenly to all
     */
    record Closed(int concurrency, Duration stagger) implements Load {
        /**
         * Checks what it is given.
         *
         * @param concurrency as of the record
         * @param stagger as of the record
         */
        public Closed {
            if (concurrency < 1) {
                throw new IllegalArgumentException("concurrency must be at least 1, not " + concurrency);
            }
            if (stagger.isNegative()) {
                throw new IllegalArgumentException("a stagger must not be below 0, but is " + stagger);
            }
        }

        /**
         * Lets all slots begin at one instant.
         *
         * @param concurrency how many slots, at least 1
         */
        public Closed(int concurrency) {
            this(concurrency, Duration.ZERO);
        }

        /** {@return whether its slots begin at one instant} */
        public boolean together() {
            return stagger.isZero();
        }

        /** {@return how many slots a second begin, as {@link AtOnce} has it} */
        public double slotsPerSecond() {
            return together() ? AtOnce.INSTANT : concurrency / (stagger.toNanos() / 1e9);
        }
    }

    /**
     * Requests at a rate, however many are in flight, or as far as a cap on these allows: what would be beyond it is sent
     * when another one has ended.
     *
     * @param rate requests per second, above 0 and finite; where it rises, all of them divided by the time they take
     * @param arrivals how their starts are spread
     * @param burstiness the shape of the gaps of {@link Arrivals#GAMMA}, above 0 and finite; 1 for all others
     * @param mostInFlight how many requests are in flight at most, at least 1
     * @param ramp how the rate rises; empty where it stays
     */
    record Open(double rate, Arrivals arrivals, double burstiness, int mostInFlight, Optional<Ramp> ramp)
            implements Load {
        /** However many. */
        public static final int ANY = Integer.MAX_VALUE;

        /**
         * Checks what it is given.
         *
         * @param rate as of the record
         * @param arrivals as of the record
         * @param burstiness as of the record
         * @param mostInFlight as of the record
         * @param ramp as of the record
         */
        public Open {
            if (!(rate > 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException("rate must be above 0 requests per second and finite, not " + rate);
            }
            Objects.requireNonNull(arrivals, "arrivals");
            if (!(burstiness > 0) || Double.isInfinite(burstiness)) {
                throw new IllegalArgumentException("burstiness must be above 0 and finite, not " + burstiness);
            }
            if (burstiness != 1 && arrivals != Arrivals.GAMMA) {
                throw new IllegalArgumentException("only gamma arrivals have a burstiness, not " + arrivals);
            }
            if (mostInFlight < 1) {
                throw new IllegalArgumentException("in flight must be at least 1, not " + mostInFlight);
            }
        }

        /**
         * Sends however many are in flight, at a rate that stays.
         *
         * @param rate requests a second, above 0
         * @param arrivals the law of gaps between requests
         */
        public Open(double rate, Arrivals arrivals) {
            this(rate, arrivals, ANY);
        }

        /**
         * Sends at a rate that stays.
         *
         * @param rate requests a second, above 0
         * @param arrivals the law of gaps between requests
         * @param mostInFlight at that many the next request waits
         */
        public Open(double rate, Arrivals arrivals, int mostInFlight) {
            this(rate, arrivals, 1, mostInFlight, Optional.empty());
        }

        /**
         * Sends with gaps of a gamma distribution, however many are in flight.
         *
         * @param rate requests a second, above 0
         * @param burstiness its shape: 1 is a Poisson process, below it requests come in bursts
         */
        public Open(double rate, double burstiness) {
            this(rate, Arrivals.GAMMA, burstiness, ANY, Optional.empty());
        }

        /**
         * {@return the same law of arrivals at a rate that stays, however many are in flight}
         *
         * @param perSecond requests a second, above 0
         */
        public Open at(double perSecond) {
            return new Open(perSecond, arrivals, burstiness, ANY, Optional.empty());
        }

        /** {@return whether there is a cap on what is in flight} */
        public boolean capped() {
            return mostInFlight != ANY;
        }
    }

    /**
     * How the rate of an open loop rises with its requests, as by the flags of vLLM's benchmark: request i of N, from 0, is
     * sent 1 / rate after the one before on average, with the rate at i / (N − 1) of the way.
     *
     * @param strategy by what it rises
     * @param startPerSecond the rate of the first request, above 0
     * @param endPerSecond the rate of the last one, not below that of the first, and finite
     */
    record Ramp(Strategy strategy, double startPerSecond, double endPerSecond) {
        /** By what a rate rises. */
        public enum Strategy {
            /** By the same number of requests per second each time: start + (end − start) · way. */
            LINEAR,
            /** By the same factor each time: start · (end / start)^way. */
            EXPONENTIAL
        }

        /**
         * Checks what it is given.
         *
         * @param strategy as of the record
         * @param startPerSecond as of the record
         * @param endPerSecond as of the record
         */
        public Ramp {
            Objects.requireNonNull(strategy, "strategy");
            if (!(startPerSecond > 0) || !(endPerSecond >= startPerSecond) || Double.isInfinite(endPerSecond)) {
                throw new IllegalArgumentException("a ramp rises from above 0 to a finite rate, not from "
                        + startPerSecond + " to " + endPerSecond);
            }
        }

        /**
         * {@return the rate on the way}
         *
         * @param way how much of it is behind, from 0 to 1
         */
        public double at(double way) {
            return strategy == Strategy.LINEAR
                    ? startPerSecond + (endPerSecond - startPerSecond) * way
                    : startPerSecond * Math.pow(endPerSecond / startPerSecond, way);
        }

        /** {@return so many requests divided by the time they take: 1 / ∫ 1 / rate over the way} */
        public double meanPerSecond() {
            double rise = Math.log(endPerSecond / startPerSecond);
            if (rise == 0) {
                return startPerSecond;
            }
            return strategy == Strategy.LINEAR
                    ? (endPerSecond - startPerSecond) / rise
                    : startPerSecond * rise / (1 - startPerSecond / endPerSecond);
        }

        Ramp times(int clients) {
            return new Ramp(strategy, startPerSecond * clients, endPerSecond * clients);
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

        /**
         * Checks what it is given.
         *
         * @param slots as of the record
         * @param slotsPerSecond as of the record
         */
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

    /**
     * Each request at the time that it comes with, {@link InferenceRequest#at}, counted from that of the first, however many
     * are in flight.
     *
     * @param speed how many times as fast as it was recorded, above 0 and finite
     * @param maxIdle the longest that two requests are apart in recorded time, above 0: a longer gap is cut; empty for gaps
     *     as they were
     */
    record Replay(double speed, Optional<Duration> maxIdle) implements Load {
        /**
         * Checks what it is given.
         *
         * @param speed as of the record
         * @param maxIdle as of the record
         */
        public Replay {
            if (!(speed > 0) || Double.isInfinite(speed)) {
                throw new IllegalArgumentException("speed must be above 0 and finite, not " + speed);
            }
            if (maxIdle.isPresent()
                    && (maxIdle.get().isNegative() || maxIdle.get().isZero())) {
                throw new IllegalArgumentException("the longest gap must be above 0, not " + maxIdle.get());
            }
        }

        /**
         * Leaves gaps as they were.
         *
         * @param speed how many times faster than recorded, above 0
         */
        public Replay(double speed) {
            this(speed, Optional.empty());
        }

        /**
         * Cuts gaps to a longest one.
         *
         * @param speed how many times faster than recorded, above 0
         * @param maxIdle the longest gap, above 0
         */
        public Replay(double speed, Duration maxIdle) {
            this(speed, Optional.of(maxIdle));
        }
    }
}
