package io.inferometer.report.imported;

import io.inferometer.plan.Trial;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Flag;
import io.inferometer.report.Flags;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.token.TokenTotals;
import io.inferometer.workload.Objective;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial of which another tool tells summaries alone, which are taken as they are.
 *
 * @param tool what measured it
 * @param description a line about it, may be empty
 * @param model the model that was asked
 * @param run when it ran, under which load and on what
 * @param requests how many requests there were
 * @param rates what came in which time
 * @param metrics those of our metrics that the tool has, in nanoseconds
 */
record ToldTrial(
        Tool tool,
        String description,
        String model,
        Run run,
        Requests requests,
        Rates rates,
        Map<Metric, Distribution> metrics)
        implements ForeignTrial {
    ToldTrial {
        metrics = Map.copyOf(metrics);
        if (metrics.values().stream().allMatch(Distribution::isEmpty)) {
            throw new IllegalArgumentException(
                    "it has neither arrays of requests nor summaries of ttft, tpot, itl or e2el:"
                            + " there is nothing to show");
        }
    }

    /**
     * Under what it ran.
     *
     * @param startedAt empty where that is not told
     * @param load what is known of it
     * @param gpus 0 where that is not told
     */
    record Run(Optional<Instant> startedAt, io.inferometer.workload.Load load, int gpus) {}

    /**
     * How many requests there were; 0 of both where that is not told.
     *
     * @param succeeded those that the figures are of
     * @param failed all others
     * @param inputTokens of those that succeeded
     * @param outputTokens of those that succeeded
     */
    record Requests(long succeeded, long failed, long inputTokens, long outputTokens) {}

    /** Rates of the whole; what is not told is NaN. */
    record Rates(double durationNanos, double requestsPerSecond, double inputPerSecond, double outputPerSecond) {}

    @Override
    public TrialHeader header(String workload, int index, int gpus, Optional<Objective> objective) {
        return ForeignHeaders.of(
                workload,
                index,
                description,
                model,
                run.load(),
                requests.succeeded() + requests.failed(),
                false,
                new Trial.Figures("", Optional.empty(), run.gpus() > 0 ? run.gpus() : gpus));
    }

    @Override
    public List<RequestRecord> records(int index) {
        return List.of();
    }

    @Override
    public TrialReport trial(TrialHeader header, List<Double> shown) {
        Summary summary = ForeignHeaders.summary(
                new Summary.Outcomes(
                        Map.of(Outcome.SUCCESS, requests.succeeded(), Outcome.STREAM_ERROR, requests.failed())),
                TokenTotals.told(requests.inputTokens(), requests.outputTokens()),
                rates,
                metrics);
        List<Flag> flags = new ArrayList<>();
        flags.add(new Flag("definitions", tool.definitions()));
        flags.add(new Flag(
                "summaries",
                "it tells figures of the whole alone, and they are taken as they are: there is no entry for each request, and"
                        + " so no steady or peak rate, no interval, no goodput, and no percentile but its own"
                        + (requests.succeeded() == 0 ? "; nor does it tell of how many requests they are" : "")));
        if (requests.failed() > 0) {
            flags.add(new Flag(
                    "failures",
                    Format.count(requests.failed()) + " of "
                            + Format.count(requests.succeeded() + requests.failed(), "request")
                            + " failed: latencies are those of the others alone, and it does not tell why"));
        }
        Flags.ofTrial(header, summary, List.of(), Optional.empty(), shown).stream()
                .filter(flag -> !flag.name().equals("failures"))
                .forEach(flags::add);
        return new TrialReport(header, List.of(), summary, List.of(), Optional.empty(), flags);
    }

    @Override
    public List<String> beside(TrialReport trial) {
        return List.of();
    }

    @Override
    public Optional<Instant> startedAt() {
        return run.startedAt();
    }
}
