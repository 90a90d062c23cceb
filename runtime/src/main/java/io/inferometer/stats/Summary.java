package io.inferometer.stats;

import io.inferometer.record.Channel;
import io.inferometer.record.Outcome;
import io.inferometer.stats.arrival.ArrivalFit;
import io.inferometer.stats.token.Tokens;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What the requests of one iteration, or of all measured iterations of a trial, amount to: pure numbers. Where none of them
 * succeeded there are counts alone, and every other figure is not known: a rate of 0 could be taken for a measured one.
 *
 * @param outcomes how many requests ended how
 * @param tokens what was counted, and how far the counts can be trusted
 * @param connections how many requests had to wait for a connection of their own
 * @param throughput rates and times of the whole
 * @param metrics the distribution of each metric over the successful requests, in nanoseconds
 * @param channels what came of each channel, in the streams of the successful requests; only those that were seen
 * @param all for each metric of {@link Metric#endpointLatency}, its percentiles over all requests; empty where all of them
 *     succeeded
 * @param arrivals what was offered and what was achieved; only in an open loop
 * @param goodput the requests that met the objective; only where there is one
 * @param completion how far they were done when; only where all are sent at once, and one succeeded
 * @param sessions what they were turns of; only where they were
 */
public record Summary(
        Outcomes outcomes,
        Tokens tokens,
        Connections connections,
        Throughput throughput,
        Map<Metric, Distribution> metrics,
        Map<Channel, OfChannel> channels,
        Map<Metric, AllPercentiles> all,
        Optional<Arrivals> arrivals,
        Optional<Goodput> goodput,
        Optional<Completion> completion,
        Optional<Sessions> sessions) {
    /** The version of the definitions by which all figures are computed; it goes up when one of them changes. */
    public static final int DEFINITIONS = 2;

    /**
     * Leaves out what has no meaning where no request succeeded.
     *
     * @param outcomes as of the record
     * @param tokens as of the record
     * @param connections as of the record
     * @param throughput as of the record; left out where no request succeeded
     * @param metrics as of the record; left out where no request succeeded
     * @param channels as of the record; left out where no request succeeded
     * @param all as of the record; left out where no request succeeded
     * @param arrivals as of the record; left out where no request succeeded
     * @param goodput as of the record; left out where no request succeeded
     * @param completion as of the record; left out where no request succeeded
     * @param sessions as of the record
     */
    public Summary {
        if (nothingSucceeded(outcomes, metrics)) {
            throughput = Throughput.UNKNOWN;
            metrics = Map.of();
            channels = Map.of();
            all = Map.of();
            arrivals = arrivals.map(rates ->
                    new Arrivals(rates.offeredPerSecond(), Double.NaN, rates.steady(), rates.trends(), rates.fit()));
            goodput = goodput.map(met -> new Goodput(met.requests(), met.judged(), met.notJudged(), Double.NaN));
            completion = Optional.empty();
        }
    }

    /** {@return whether no request succeeded; another tool may have figures and not tell of how many requests they are} */
    public boolean nothingSucceeded() {
        return nothingSucceeded(outcomes, metrics);
    }

    private static boolean nothingSucceeded(Outcomes outcomes, Map<Metric, Distribution> metrics) {
        return outcomes.succeeded() == 0 && metrics.values().stream().noneMatch(Distribution::untold);
    }

    /**
     * {@return the distribution of a metric, in nanoseconds; {@link Distribution#EMPTY} where no request has it}
     *
     * @param metric which one
     */
    public Distribution metric(Metric metric) {
        return metrics.getOrDefault(metric, Distribution.EMPTY);
    }

    /**
     * How many requests ended how.
     *
     * @param counts by outcome; all of them, in their order
     */
    public record Outcomes(Map<Outcome, Long> counts) {
        /**
         * {@return how many ended this way}
         *
         * @param outcome which way
         */
        public long of(Outcome outcome) {
            return counts.getOrDefault(outcome, 0L);
        }

        /** {@return all requests that ended, however they did} */
        public long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        /** {@return the requests that enter the latencies} */
        public long succeeded() {
            return of(Outcome.SUCCESS);
        }

        /** {@return the requests that went wrong; those that the client gave up, or could not send, are not among them} */
        public long failed() {
            return total() - succeeded() - cancelled() - of(Outcome.CLIENT_ERROR);
        }

        /** {@return the requests that the client gave up because the run was ended: their latencies are censored} */
        public long cancelled() {
            return of(Outcome.CANCELLED);
        }
    }

    /**
     * What came of a channel.
     *
     * @param events that carried text of it
     * @param answers that had such events
     * @param firstNanos from {@code sent} to the first of them in each answer
     */
    public record OfChannel(long events, long answers, Distribution firstNanos) {}

    /**
     * The connections of requests that were sent, however they ended. A transport that can't tell leaves none cold.
     *
     * @param cold requests for which one was opened
     * @param reused requests that were sent over one that was open
     */
    public record Connections(long cold, long reused) {
        /** {@return all of them} */
        public long total() {
            return cold + reused;
        }
    }

    /**
     * Rates and times. Rates are of successful requests alone, over a duration in which all requests have their part.
     * What is not known is NaN: there is no prompt and no answer without a token, so none at all are tokens that nobody counted.
     *
     * @param durationNanos first {@code sent} to last {@code end}, warm-up apart; the sum over the iterations
     * @param requestsPerSecond successful requests
     * @param itemsPerSecond texts that were embedded, or documents that were put in order; NaN where answers have text
     * @param inputTokensPerSecond tokens of their prompts
     * @param outputTokensPerSecond tokens of their answers
     * @param steadyOutputTokensPerSecond tokens that were streamed, from when every slot of a closed loop has ended a
     *     request to the last {@code sent}: without ramp-up and drain. Not known below 1 s of it, below one mean e2el, or
     *     where an answer was not streamed
     * @param peakOutputTokensPerSecond the most tokens that were streamed in any second, counted from the first
     *     {@code sent}; not known below 1 s, or where an answer was not streamed
     * @param peakInFlight the most requests between {@code sent} and {@code end} at one time; 0 where that is not known
     * @param launchSkewNanos first to last {@code sent} of requests that were to start at once, those of the first of
     *     each slot where slots are fewer; the greatest of the iterations
     * @param onset how long the tokens of the steady time were not yet steady, the longest of the iterations; empty where
     *     that time is below a minute, or not known
     * @param little whether what came in went out; empty where the load was never steady
     */
    public record Throughput(
            double durationNanos,
            double requestsPerSecond,
            double itemsPerSecond,
            double inputTokensPerSecond,
            double outputTokensPerSecond,
            double steadyOutputTokensPerSecond,
            double peakOutputTokensPerSecond,
            long peakInFlight,
            double launchSkewNanos,
            Optional<Onset> onset,
            Optional<Little> little) {
        /** Nothing is known. */
        static final Throughput UNKNOWN = new Throughput(
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                Double.NaN,
                Optional.empty(),
                Optional.empty());

        /** {@return tokens of prompts and answers} */
        public double totalTokensPerSecond() {
            return inputTokensPerSecond + outputTokensPerSecond;
        }
    }

    /**
     * Little's law while the load was steady: requests in flight, which are the slots of a closed loop, are the requests
     * that ended each second times what they took, from {@code sent} to the last token. In an open loop it is looked at
     * once requests in flight have filled up.
     *
     * @param share the second over the first; below 1 where slots stood empty or answers ended late, above 1 where
     *     requests ended that had come in before
     * @param edges how far off 1 it may be because requests began before that time, or ended after it
     */
    public record Little(double share, double edges) {}

    /**
     * How an open loop went, in requests per second.
     *
     * @param offeredPerSecond the rate that the load asks for, the mean where it changes
     * @param achievedPerSecond the rate at which requests were sent; NaN with less than two
     * @param steady whether the rate stays; where it changes nothing tells an overload
     * @param trends how requests in flight went on in each iteration; none where the rate changes
     * @param fit how the starts were spread, beside how they were to be; empty where that is not known
     */
    public record Arrivals(
            double offeredPerSecond,
            double achievedPerSecond,
            boolean steady,
            List<InFlightTrend> trends,
            Optional<ArrivalFit> fit) {
        /**
         * Copies its list.
         *
         * @param offeredPerSecond as of the record
         * @param achievedPerSecond as of the record
         * @param steady as of the record
         * @param trends copied
         * @param fit as of the record
         */
        public Arrivals {
            trends = List.copyOf(trends);
        }
    }

    /**
     * How the number of requests of an open loop that had begun and not ended went on in one iteration, from the time by which
     * it had filled up to its last arrival. A request begins when it is scheduled: one that the client holds back waits too.
     *
     * <p>Filled up is when the first p95 of what the earliest requests took has passed, or half of the arrivals' time has:
     * until then the number rises by itself, to the rate times what a request takes. Later requests may have stood in a queue,
     * and would tell how long that is.
     *
     * @param nanos how long that is
     * @param second the mean number in the second quarter of it
     * @param fourth the mean number in the fourth quarter
     * @param slope by least squares, in requests per second for each second
     * @param requestNanos the median of what the earliest requests took
     */
    public record InFlightTrend(double nanos, double second, double fourth, double slope, double requestNanos) {}

    /**
     * The successful requests that met every limit of the objective. One that lacks a figure with a limit, such as the
     * tpot of an answer that came in one read, can't meet it and is judged only where it misses another.
     *
     * @param requests how many
     * @param judged how many could have: those, those that missed a limit, and those that failed
     * @param notJudged how many successful requests lacked a figure with a limit
     * @param perSecond the rate of {@code requests}; NaN where the duration is not known
     */
    public record Goodput(long requests, long judged, long notJudged, double perSecond) {
        /** {@return those of the judged that met it, 0 to 1; NaN where none was judged} */
        public double share() {
            return judged == 0 ? Double.NaN : (double) requests / judged;
        }
    }

    /**
     * How requests that were sent at once were done, one after the other, in the iteration that took longest.
     *
     * @param fork its fork
     * @param iteration its number
     * @param doneNanos by percent of its requests, from the first {@code sent} until so many had ended, however they did:
     *     nearest ranks. 100 is the makespan. Empty where nothing was sent
     * @param slowest the successful requests of all iterations that took longest, the slowest first
     */
    public record Completion(int fork, int iteration, NavigableMap<Double, Double> doneNanos, List<Slow> slowest) {
        /**
         * Copies its list.
         *
         * @param fork as of the record
         * @param iteration as of the record
         * @param doneNanos as of the record
         * @param slowest copied
         */
        public Completion {
            slowest = List.copyOf(slowest);
        }

        /** From the first {@code sent} to the last {@code end}; 0 where nothing was sent. */
        double makespanNanos() {
            return doneNanos.isEmpty() ? 0 : doneNanos.lastEntry().getValue();
        }
    }

    /**
     * A request that took long.
     *
     * @param fork the fork it ran in
     * @param iteration the iteration it ran in
     * @param index the request's number, from 0
     * @param e2elNanos what it took
     */
    public record Slow(int fork, int iteration, long index, double e2elNanos) {}
}
