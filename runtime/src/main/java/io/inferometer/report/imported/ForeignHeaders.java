package io.inferometer.report.imported;

import io.inferometer.plan.Trial;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.token.Tokens;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Headers and summaries in which what other tools do not tell is not known. */
final class ForeignHeaders {
    private ForeignHeaders() {}

    static TrialHeader of(
            String workload,
            int index,
            String description,
            String model,
            Load load,
            long requests,
            boolean simulated,
            Trial.Figures figures) {
        return new TrialHeader(
                index,
                0,
                new TrialHeader.Work(workload, "", description, Map.of()),
                new Trial.Schedule(load, Iterations.NONE, Iterations.ofRequests(1, Math.max(1, requests))),
                new TrialHeader.Endpoint("", simulated, "", false, Optional.empty()),
                new TrialHeader.EveryRequest(model, Optional.empty(), "", "", List.of(), Duration.ZERO),
                figures,
                Forks.NONE,
                new Trial.Drawing(0, false),
                Optional.empty());
    }

    static Summary summary(
            Summary.Outcomes outcomes, Tokens tokens, ToldTrial.Rates rates, Map<Metric, Distribution> metrics) {
        return new Summary(
                outcomes,
                tokens,
                new Summary.Connections(0, 0),
                throughput(rates),
                metrics,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** No array and no summary says when a request was sent, so peaks and steady rates are not known. */
    static Summary.Throughput throughput(ToldTrial.Rates rates) {
        return new Summary.Throughput(
                rates.durationNanos(),
                rates.requestsPerSecond(),
                Double.NaN,
                rates.inputPerSecond(),
                rates.outputPerSecond(),
                Double.NaN,
                Double.NaN,
                0,
                Double.NaN,
                Optional.empty(),
                Optional.empty());
    }
}
