package io.inferometer.stats;

import io.inferometer.record.Outcome;
import io.inferometer.stats.token.Tokens;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What the requests of one iteration, or of all measured iterations of a trial, amount to: pure numbers.
 *
 * @param outcomes how many requests ended how
 * @param tokens what was counted, and how far the counts can be trusted
 * @param throughput rates and times of the whole
 * @param metrics the distribution of each metric over the successful requests, in nanoseconds
 * @param withFailures for each metric of {@link Metric#endpointLatency}, its percentiles where each failed request
 *     counts as infinite; empty without failures
 * @param arrivals what was offered and what was achieved; only in an open loop
 * @param goodput the requests that met the objective; only where there is one
 * @param completion how far they were done when; only where all are sent at once
 */
public record Summary(
        Outcomes outcomes,
        Tokens tokens,
        Throughput throughput,
        Map<Metric, Distribution> metrics,
        Map<Metric, NavigableMap<Double, Double>> withFailures,
        Optional<Arrivals> arrivals,
        Optional<Goodput> goodput,
        Optional<Completion> completion) {
    /** The distribution of a metric, in nanoseconds; {@link Distribution#EMPTY} where no request has it. */
    public Distribution metric(Metric metric) {
        return metrics.getOrDefault(metric, Distribution.EMPTY);
    }

    /**
     * How many requests ended how.
     *
     * @param counts by outcome; all of them, in their order
     */
    public record Outcomes(Map<Outcome, Long> counts) {
        /** How many ended this way. */
        public long of(Outcome outcome) {
            return counts.getOrDefault(outcome, 0L);
        }

        /** All requests that ended, however they did. */
        public long total() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The requests that enter the latencies. */
        public long succeeded() {
            return of(Outcome.SUCCESS);
        }

        /** The requests that went wrong; those that the client gave up itself are not among them. */
        public long failed() {
            return total() - succeeded() - cancelled();
        }

        /** The requests that the client gave up because the run was ended: their latencies are censored. */
        public long cancelled() {
            return of(Outcome.CANCELLED);
        }
    }

    /**
     * Rates and times. Rates are of successful requests alone, over a duration in which all requests have their part.
     * What is not known is NaN.
     *
     * @param durationNanos first {@code sent} to last {@code end}, warm-up apart; the sum over the iterations
     * @param requestsPerSecond successful requests
     * @param inputTokensPerSecond tokens of their prompts
     * @param outputTokensPerSecond tokens of their answers
     * @param steadyOutputTokensPerSecond tokens of answers from when all slots of a closed loop have started to the last
     *     {@code sent}: without ramp-up and drain
     * @param peakOutputTokensPerSecond the most in any second, counted from the first {@code sent}
     * @param peakInFlight the most requests between {@code sent} and {@code end} at one time
     * @param launchSkewNanos first to last {@code sent} of requests that were to start at once, those of the first of
     *     each slot where slots are fewer; the greatest of the iterations
     */
    public record Throughput(
            double durationNanos,
            double requestsPerSecond,
            double inputTokensPerSecond,
            double outputTokensPerSecond,
            double steadyOutputTokensPerSecond,
            double peakOutputTokensPerSecond,
            long peakInFlight,
            double launchSkewNanos) {
        /** Tokens of prompts and answers. */
        public double totalTokensPerSecond() {
            return inputTokensPerSecond + outputTokensPerSecond;
        }
    }

    /**
     * How an open loop went, in requests per second.
     *
     * @param offeredPerSecond the rate that the load asks for
     * @param achievedPerSecond the rate at which requests were sent; NaN with less than two
     * @param overloaded whether requests in flight kept rising: the endpoint did not keep up, and latencies tell of the
     *     length of the run
     */
    public record Arrivals(double offeredPerSecond, double achievedPerSecond, boolean overloaded) {}

    /**
     * The successful requests that met every limit of the objective.
     *
     * @param requests how many
     * @param perSecond the rate of them; NaN where the duration is not known
     */
    public record Goodput(long requests, double perSecond) {}

    /**
     * How requests that were sent at once were done, one after the other.
     *
     * @param doneNanos by percent of the requests, from the first {@code sent} until so many had ended, however they did;
     *     the greatest of the iterations. 100 is the makespan. Empty where nothing was sent
     * @param slowest the successful requests that took longest, the slowest first
     */
    public record Completion(NavigableMap<Double, Double> doneNanos, List<Slow> slowest) {
        public Completion {
            slowest = List.copyOf(slowest);
        }
    }

    /**
     * A request that took long.
     *
     * @param index the request's number, from 0
     * @param e2elNanos what it took
     */
    public record Slow(long index, double e2elNanos) {}
}
