package io.inferometer.report;

import io.inferometer.instrument.Health;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.member.MemberReport;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Intervals;
import io.inferometer.stats.server.ServerSummary;
import io.inferometer.stats.stage.StageSummary;
import io.inferometer.stats.trace.Reproduction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The result of one trial.
 *
 * @param header what was run
 * @param iterations its measured iterations
 * @param summary the numbers of all of them pooled
 * @param stages the numbers of each stage of the load; none where it has no stages
 * @param failures what went wrong, the most frequent first
 * @param overhead what the client itself added to latencies; empty where that was not measured
 * @param reproduction what of a trace was reproduced; empty where it was none
 * @param server the server by its own count; empty where nobody asked it
 * @param members who shared its load; none where one client sent all of it
 * @param flags what a reader of the numbers should know
 */
public record TrialReport(
        TrialHeader header,
        List<IterationReport> iterations,
        Summary summary,
        List<StageSummary> stages,
        List<Failure> failures,
        Optional<ClientOverhead> overhead,
        Optional<Reproduction> reproduction,
        Optional<ServerSummary> server,
        List<MemberReport> members,
        List<Flag> flags) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Copies its lists.
     *
     * @param header as of the record
     * @param iterations copied
     * @param summary as of the record
     * @param stages copied
     * @param failures copied
     * @param overhead as of the record
     * @param reproduction as of the record
     * @param server as of the record
     * @param members copied
     * @param flags copied
     */
    public TrialReport {
        iterations = List.copyOf(iterations);
        stages = List.copyOf(stages);
        failures = List.copyOf(failures);
        members = List.copyOf(members);
        flags = List.copyOf(flags);
    }

    /**
     * The result of a trial that was no trace, under a load without stages.
     *
     * @param header as of the record
     * @param iterations as of the record
     * @param summary as of the record
     * @param failures as of the record
     * @param overhead as of the record
     * @param flags as of the record
     */
    public TrialReport(
            TrialHeader header,
            List<IterationReport> iterations,
            Summary summary,
            List<Failure> failures,
            Optional<ClientOverhead> overhead,
            List<Flag> flags) {
        this(
                header,
                iterations,
                summary,
                List.of(),
                failures,
                overhead,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                flags);
    }

    /**
     * {@return the p-th percentile of a metric in milliseconds} NaN where no request has it, as a ttft where nothing was
     * streamed, and where this percentile is none of {@link Percentiles#STANDARD} and was not asked for.
     *
     * @param metric which one
     * @param p a percentile, 99.9 for p99.9
     */
    public double millis(Metric metric, double p) {
        return summary.metric(metric).percentile(p) / NANOS_PER_MILLI;
    }

    /**
     * {@return intervals of the statistics, which stand on the iterations that ran to their end; empty where there can be
     * none}
     */
    public Optional<Intervals> intervals() {
        return Intervals.of(forks());
    }

    /** {@return the iterations that ran to their end, by fork; empty where none did, and where another tool measured it} */
    public Collection<List<Summary>> forks() {
        return measuredByFork().values();
    }

    /** {@return the iterations that ran to their end, by the number of their fork} */
    public TreeMap<Integer, List<Summary>> measuredByFork() {
        return iterations.stream()
                .filter(IterationReport::complete)
                .collect(Collectors.groupingBy(
                        IterationReport::fork,
                        TreeMap::new,
                        Collectors.mapping(IterationReport::summary, Collectors.toList())));
    }

    /** {@return whether anybody looked at the client while it measured} */
    public boolean watched() {
        return iterations.stream().anyMatch(iteration -> iteration.health().isPresent());
    }

    /** {@return requests of all iterations that were held back; empty where nobody looked at one of these} */
    public Optional<Health.Held> held() {
        return Health.Held.ofAll(iterations.stream().map(IterationReport::held).toList());
    }

    /** {@return the first iteration whose client is suspect; empty where that is none} */
    public Optional<IterationReport> suspect() {
        return iterations.stream()
                .filter(iteration -> iteration.suspect().isPresent())
                .findFirst();
    }
}
