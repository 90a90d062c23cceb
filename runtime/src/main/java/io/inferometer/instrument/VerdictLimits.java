package io.inferometer.instrument;

import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client may be like at the most, applied to one iteration. The limits are looked at in the order of {@link
 * #exceeded}: a cause before what follows from it, so that the reason that is told is the one to mend.
 */
record VerdictLimits(Health health, Summary summary, Load load) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Pauses that take so much of the time reach the p99 of everything. */
    private static final double GC_SHARE = 0.01;

    /** A single young collection of a short iteration does not count, and the watch can't tell shorter pauses apart. */
    private static final double GC_LEAST_MILLIS = 10;

    /**
     * Of all processors: beyond that whatever becomes ready waits for one as often as not.
     */
    static final double MACHINE_SHARE = 0.8;

    /** Of the median ttft: a request that meets such a pause has half as much again. */
    private static final double TTFT_SHARE = 0.5;

    /** Of all requests: so many that were sent late reach the p99 of whatever counts from their schedule. */
    private static final double HELD_SHARE = 0.01;

    /** Of a processor, for one thread: all responses are read by few; one that is busier has a queue in front of it. */
    private static final double THREAD_SHARE = 0.8;

    /** At p99: as late as the timer are the stamps, and this is ten times what an idle machine shows. */
    static final double HICCUP_MILLIS = 5;

    private static final long HICCUPS_NEEDED = 100;

    /** At p99, of an open loop: arrivals that late are not those of the sequence. */
    private static final double DELAY_MILLIS = 10;

    /** Of e2el on average, in a closed loop: so much of the concurrency was not there, and throughput is lower by as much. */
    private static final double TURNAROUND_SHARE = 0.05;

    /** Of what the process may open: the next connections fail. */
    private static final double DESCRIPTOR_SHARE = 0.9;

    Verdict exceeded() {
        return Stream.of(
                        gcTime(),
                        machine(),
                        gcPause(),
                        recorder(),
                        thread(),
                        hiccups(),
                        delay(),
                        turnaround(),
                        descriptors())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(Verdict.Ok::new);
    }

    private Optional<Verdict> gcTime() {
        double total = health.pauses().totalNanos();
        return total / NANOS_PER_MILLI < GC_LEAST_MILLIS
                ? Optional.empty()
                : above(Reason.GC_TIME, total / health.durationNanos(), GC_SHARE, "");
    }

    private Optional<Verdict> machine() {
        double cores = health.cpu().processCores();
        String client = Double.isNaN(cores)
                ? "by whatever"
                : String.format(Locale.ROOT, "of which this client used %.2f", cores);
        return above(Reason.MACHINE_CPU, health.cpu().machineShare(), MACHINE_SHARE, client);
    }

    private Optional<Verdict> gcPause() {
        double ttft = summary.metric(Metric.TTFT).percentile(50) / NANOS_PER_MILLI;
        double limit = Math.max(GC_LEAST_MILLIS, Double.isNaN(ttft) ? 0 : ttft * TTFT_SHARE);
        return above(Reason.GC_PAUSE, health.pauses().longestNanos() / NANOS_PER_MILLI, limit, "");
    }

    private Optional<Verdict> recorder() {
        return above(
                Reason.RECORDER,
                (double) health.held().byRecorder() / summary.outcomes().total(),
                HELD_SHARE,
                "");
    }

    private Optional<Verdict> thread() {
        return above(
                Reason.THREAD_CPU,
                health.cpu().busiestShare(),
                THREAD_SHARE,
                health.cpu().busiestThread());
    }

    private Optional<Verdict> hiccups() {
        return health.hiccups().count() < HICCUPS_NEEDED
                ? Optional.empty()
                : above(Reason.HICCUPS, health.hiccups().p99Nanos() / NANOS_PER_MILLI, HICCUP_MILLIS, "");
    }

    /** Where a cap holds back so many that its waits are the p99, the client's own lateness is not in it. */
    private Optional<Verdict> delay() {
        boolean byCap = health.held().byCap() > HELD_SHARE * summary.outcomes().total();
        return load.scheduled() && !byCap
                ? above(
                        Reason.SCHEDULE_DELAY,
                        summary.metric(Metric.SCHEDULE_DELAY).percentile(99) / NANOS_PER_MILLI,
                        DELAY_MILLIS,
                        "")
                : Optional.empty();
    }

    private Optional<Verdict> turnaround() {
        return load.closed()
                ? above(
                        Reason.TURNAROUND,
                        summary.metric(Metric.SCHEDULE_DELAY).mean()
                                / summary.metric(Metric.E2EL).mean(),
                        TURNAROUND_SHARE,
                        "")
                : Optional.empty();
    }

    private Optional<Verdict> descriptors() {
        Health.Descriptors files = health.descriptors();
        return files.limit() <= 0
                ? Optional.empty()
                : above(Reason.DESCRIPTORS, (double) files.open() / files.limit(), DESCRIPTOR_SHARE, "");
    }

    /** A figure that is not known is below every limit. */
    private static Optional<Verdict> above(Reason reason, double figure, double limit, String who) {
        return figure > limit ? Optional.of(new Verdict.Suspect(reason, figure, limit, who)) : Optional.empty();
    }
}
