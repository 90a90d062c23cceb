package io.inferometer.report.compare;

import io.inferometer.judge.Overload;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What one workload, with one choice of parameters and one model, came to under one load after the other: throughput
 * against interactivity.
 *
 * @param name tells it apart from the others it is shown with
 * @param trials that have both figures, by growing load; at least one
 */
public record Curve(String name, List<TrialReport> trials) {
    /** Mean lengths of runs that are alike differ by no more than this share. */
    static final double LENGTHS_ALIKE = 0.1;

    /** A trial of which less succeeded is named. */
    private static final double ALL_WELL = 0.99;

    private static final double NANOS_PER_SECOND = 1e9;

    public Curve {
        trials = trials.stream()
                .sorted(Comparator.comparingDouble(trial -> size(trial.header().load())))
                .toList();
    }

    /** The curves of a run, which begin with its name where it has one; trials without both figures are on none. */
    public static List<Curve> of(String run, RunReport report) {
        Map<List<Object>, List<TrialReport>> groups = new LinkedHashMap<>();
        TrialNames names = TrialNames.of(report.header());
        for (TrialReport trial : report.trials()) {
            if (Double.isFinite(interactivity(trial)) && Double.isFinite(outputPerSecond(trial))) {
                TrialHeader header = trial.header();
                groups.computeIfAbsent(
                                List.of(names.side(header), header.workload(), header.params(), header.model()),
                                key -> new ArrayList<>())
                        .add(trial);
            }
        }
        boolean several = groups.size() > 1;
        return groups.values().stream()
                .map(trials -> new Curve(name(run, names.work(trials.get(0).header()), several), trials))
                .toList();
    }

    private static String name(String run, String work, boolean several) {
        if (run.isEmpty()) {
            return work;
        }
        return several ? run + ": " + work : run;
    }

    private static double size(Load load) {
        if (load instanceof Load.Replay replay) {
            return replay.speed();
        }
        return load instanceof Load.Closed closed
                ? closed.concurrency()
                : load instanceof Load.Open open ? open.rate() : Double.POSITIVE_INFINITY;
    }

    /** A trial's load in a word, for a point or a cell. */
    public static String load(TrialReport trial) {
        Load load = trial.header().load();
        if (load instanceof Load.Closed closed) {
            return Format.count(closed.concurrency());
        }
        if (load instanceof Load.Replay replay) {
            return Format.plain(replay.speed()) + "x";
        }
        return load instanceof Load.Open open
                ? Format.rate(open) + "/s"
                : load instanceof StagedLoad ? "stages" : "all";
    }

    /** Tokens a second that one user sees: 1 / p50 tpot. NaN where nothing was streamed. */
    public static double interactivity(TrialReport trial) {
        return NANOS_PER_SECOND / trial.summary().metric(Metric.TPOT).percentile(50);
    }

    /** Output tokens a second of all users together, while the load was steady; of the whole run where it never was. */
    public static double outputPerSecond(TrialReport trial) {
        Summary.Throughput throughput = trial.summary().throughput();
        return steady(trial) ? throughput.steadyOutputTokensPerSecond() : throughput.outputTokensPerSecond();
    }

    /** The 95 % interval of its throughput; empty where there is none. */
    public static Optional<Interval> outputInterval(TrialReport trial) {
        boolean steady = steady(trial);
        return trial.intervals()
                .flatMap(intervals -> intervals.of(
                        Interval.Scale.LINEAR,
                        summary -> steady
                                ? summary.throughput().steadyOutputTokensPerSecond()
                                : summary.throughput().outputTokensPerSecond()));
    }

    /** The 95 % interval of its tpot's median, in nanoseconds, of which interactivity is the inverse; empty where there is none. */
    public static Optional<Interval> tpotInterval(TrialReport trial) {
        return trial.intervals()
                .flatMap(intervals -> intervals.of(
                        Interval.Scale.LOG,
                        summary -> summary.metric(Metric.TPOT).percentile(50)));
    }

    /** Whether its throughput is that of a steady load, without ramp-up and drain. */
    public static boolean steady(TrialReport trial) {
        return Double.isFinite(trial.summary().throughput().steadyOutputTokensPerSecond());
    }

    /** What its point should be read with, in a few words each; empty where all is well. */
    public List<String> marks(TrialReport trial) {
        List<String> marks = new ArrayList<>();
        if (failed(trial)) {
            marks.add(Format.percent(1 - success(trial)) + " failed");
        }
        if (trial.suspect().isPresent()) {
            marks.add("client suspect");
        }
        if (trial.summary().arrivals().filter(Curve::overloaded).isPresent()) {
            marks.add("overloaded");
        }
        if (unlike(trial, Curve::promptTokens) || unlike(trial, Curve::answerTokens)) {
            marks.add("lengths unlike");
        }
        return marks;
    }

    private static boolean overloaded(Summary.Arrivals arrivals) {
        return Overload.of(arrivals.trends(), arrivals.offeredPerSecond()) == Overload.YES;
    }

    /** Whether a length of a trial is not that of the trial in the middle. */
    private boolean unlike(TrialReport trial, ToDoubleFunction<TrialReport> length) {
        double[] lengths = trials.stream().mapToDouble(length).sorted().toArray();
        double middle = lengths[(lengths.length - 1) / 2];
        return Math.abs(length.applyAsDouble(trial) - middle) > LENGTHS_ALIKE * middle;
    }

    /** Output tokens a second for each GPU; NaN where it is not known how many there are. */
    public static double outputPerGpu(TrialReport trial) {
        int gpus = trial.header().figures().gpus();
        return gpus == 0 ? Double.NaN : outputPerSecond(trial) / gpus;
    }

    /** The share of requests that succeeded, 0 to 1. */
    public static double success(TrialReport trial) {
        Summary.Outcomes outcomes = trial.summary().outcomes();
        return (double) outcomes.succeeded() / outcomes.total();
    }

    /** Whether so many requests of a trial failed that it is marked. */
    public static boolean failed(TrialReport trial) {
        return success(trial) < ALL_WELL;
    }

    /** The mean length of the prompts that were answered, in tokens. */
    public static double promptTokens(TrialReport trial) {
        Summary summary = trial.summary();
        return (double) summary.tokens().input() / summary.outcomes().succeeded();
    }

    /** The mean length of the answers, in tokens. */
    public static double answerTokens(TrialReport trial) {
        Summary summary = trial.summary();
        return (double) summary.tokens().output() / summary.outcomes().succeeded();
    }

    /** {@code 96}, or {@code 77 to 96} where the trials of a curve differ. */
    public static String tokens(DoubleSummaryStatistics range) {
        String least = Format.count(Math.round(range.getMin()));
        String greatest = Format.count(Math.round(range.getMax()));
        boolean alike = range.getMax() <= range.getMin() * (1 + LENGTHS_ALIKE);
        return alike ? Format.count(Math.round(range.getAverage())) : least + " to " + greatest;
    }

    public TrialHeader header() {
        return trials.get(0).header();
    }

    /** The range of a figure over the trials. */
    public DoubleSummaryStatistics range(ToDoubleFunction<TrialReport> figure) {
        return trials.stream().mapToDouble(figure).summaryStatistics();
    }

    /** Whether it is known of each trial how many GPUs it ran on. */
    public boolean gpusKnown() {
        return trials.stream().allMatch(trial -> trial.header().figures().gpus() > 0);
    }
}
