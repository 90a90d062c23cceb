package io.inferometer.report.console;

import io.inferometer.judge.Overload;
import io.inferometer.report.ClientFlags;
import io.inferometer.report.Flags;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Curve;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.AllPercentiles;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tables at the end of a run: latencies, requests, tokens; a row for each trial. A sweep has one more. */
final class ClosingTables {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String UNCARRIED = "*";
    private static final String OVER = "!";

    private final RunReport run;
    private final TrialNames names;
    private final List<Curve> curves;

    ClosingTables(RunReport run) {
        this.run = run;
        names = TrialNames.of(run.header());
        curves = Curve.of("", run);
    }

    /** All tables, with empty lines between them. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(Page.fitting(this::latencies));
        lines.add("");
        if (run.trials().stream().anyMatch(trial -> trial.summary().channels().size() > 1)) {
            lines.addAll(Page.fitting(this::channels));
            lines.add("");
        }
        lines.addAll(Page.fitting(this::requests));
        lines.add("");
        lines.addAll(Page.fitting(this::tokens));
        if (curves.stream().anyMatch(curve -> curve.trials().size() > 1)) {
            lines.add("");
            lines.addAll(Page.fitting(this::interactivity));
        }
        return lines;
    }

    private Table latencies(boolean named) {
        Table table = trialColumns(named).left("Metric").right("n");
        run.header().percentiles().forEach(p -> table.right(Percentiles.label(p)));
        table.right("mean").left("Units");
        boolean first = true;
        for (Metric metric : Metric.values()) {
            List<TrialReport> trials =
                    run.trials().stream().filter(trial -> shown(trial, metric)).toList();
            if (!trials.isEmpty() && !first && run.trials().size() > 1) {
                table.gap();
            }
            for (TrialReport trial : trials) {
                latencyRows(table, named, trial, metric);
                first = false;
            }
        }
        return table;
    }

    /** Visible text gets rows only where it is not what came first; e2el also where there is nothing to print. */
    static boolean shown(TrialReport trial, Metric metric) {
        Distribution distribution = trial.summary().metric(metric);
        if (metric == Metric.TTFVT) {
            Distribution ttft = trial.summary().metric(Metric.TTFT);
            return !distribution.isEmpty()
                    && (distribution.count() != ttft.count() || distribution.mean() != ttft.mean());
        }
        return !distribution.isEmpty() || metric == Metric.E2EL;
    }

    private void latencyRows(Table table, boolean named, TrialReport trial, Metric metric) {
        Summary summary = trial.summary();
        Distribution distribution = summary.metric(metric);
        Optional<AllPercentiles> all = Optional.ofNullable(summary.all().get(metric));
        int decimals = distribution.percentile(50) < 1e6 ? 3 : 2;
        List<String> row = trialCells(named, trial);
        row.add(label(metric, trial.header().load()));
        boolean partOfAll = metric == Metric.TPOT && summary.outcomes().cancelled() > 0;
        long of = partOfAll
                ? summary.outcomes().total()
                : all.map(AllPercentiles::count).orElse(distribution.count());
        row.add((distribution.count() == Distribution.UNTOLD ? Format.ABSENT : Format.count(distribution.count()))
                + (all.isPresent() || partOfAll ? "/" + Format.count(of) : ""));
        for (double p : run.header().percentiles()) {
            row.add(cell(distribution.percentile(p), decimals, Flags.lacking(distribution, p)));
        }
        row.add(cell(distribution.mean(), decimals, false));
        row.add("ms");
        table.row(row);
        trial.overhead().ifPresent(overhead -> overheadRow(table, named, trial, metric));
        all.ifPresent(known -> table.row(allRow(trialCells(named, trial), summary.outcomes(), known)));
    }

    /** The row of all requests below that of those that succeeded. */
    private List<String> allRow(List<String> row, Summary.Outcomes outcomes, AllPercentiles all) {
        row.add(outcomes.failed() > 0 ? "  +failed" : "  +cut off");
        row.add(Format.count(all.count()));
        for (double p : run.header().percentiles()) {
            double nanos = all.percentile(p);
            boolean beyond = nanos == Double.POSITIVE_INFINITY && all.beyond() < nanos;
            row.add(
                    beyond
                            ? "> " + Format.millis(all.beyond(), 0) + "     "
                            : cell(nanos, all.percentile(50) < 1e6 ? 3 : 2, !Percentiles.carried(all.count(), p)));
        }
        row.add("");
        row.add("ms");
        return row;
    }

    /** What of the row above is the client's own, as far as that is known. */
    private void overheadRow(Table table, boolean named, TrialReport trial, Metric metric) {
        ClientOverhead overhead = trial.overhead().orElseThrow();
        Distribution added = overhead.metric(metric);
        if (added.isEmpty()) {
            return;
        }
        List<String> row = trialCells(named, trial);
        row.add("  client");
        row.add(Format.count(added.count()));
        for (double p : run.header().percentiles()) {
            boolean over = ClientFlags.over(overhead, trial.summary(), metric, p);
            String cell = cell(added.percentile(p), 3, Flags.lacking(added, p));
            row.add(over ? cell.stripTrailing() + OVER : cell);
        }
        row.add(cell(added.mean(), 3, false));
        row.add("ms");
        table.row(row);
    }

    /** A number in ms with its point where those of 3 decimals have it, and a mark if the sample can't carry it. */
    private static String cell(double nanos, int decimals, boolean uncarried) {
        if (nanos == Double.POSITIVE_INFINITY) {
            return "> timeout ";
        }
        return Format.millis(nanos, decimals) + " ".repeat(3 - decimals) + (uncarried ? UNCARRIED : " ");
    }

    private static String label(Metric metric, Load load) {
        return metric == Metric.SCHEDULE_DELAY && load instanceof Load.Closed ? "turnaround" : metric.label();
    }

    /** When each kind of text began; of answers that have several. */
    private Table channels(boolean named) {
        Table table = trialColumns(named).left("Channel").right("events").right("answers");
        run.header().percentiles().forEach(p -> table.right("first " + Percentiles.label(p)));
        table.left("Units");
        for (TrialReport trial : run.trials()) {
            trial.summary().channels().forEach((channel, came) -> {
                List<String> row = trialCells(named, trial);
                row.add(channel.label());
                row.add(Format.count(came.events()));
                row.add(Format.count(came.answers()));
                for (double p : run.header().percentiles()) {
                    row.add(cell(came.firstNanos().percentile(p), 2, Flags.lacking(came.firstNanos(), p)));
                }
                row.add("ms");
                table.row(row);
            });
        }
        return table;
    }

    private Table requests(boolean named) {
        return figures(
                named,
                new Figure("Requests", trial -> counted(trial, outcomes(trial).total())),
                new Figure("Failed", trial -> counted(trial, outcomes(trial).failed())),
                new Figure(
                        "Cancelled",
                        trial -> outcomes(trial).cancelled() == 0
                                ? ""
                                : Format.count(outcomes(trial).cancelled())),
                new Figure("Cold", this::cold),
                new Figure("Time, s", trial -> Format.brief(throughput(trial).durationNanos() / NANOS_PER_SECOND)),
                new Figure("Requests/s", trial -> Format.brief(throughput(trial).requestsPerSecond())),
                new Figure(
                        "Sent/s",
                        trial -> trial.summary()
                                .arrivals()
                                .map(arrivals -> Format.brief(arrivals.achievedPerSecond()))
                                .orElse("")),
                new Figure(
                        "Overloaded",
                        trial -> trial.summary()
                                .arrivals()
                                .map(ClosingTables::overloaded)
                                .orElse("")),
                new Figure(
                        "Goodput, requests/s",
                        trial -> trial.summary()
                                .goodput()
                                .map(goodput -> Format.brief(goodput.perSecond()))
                                .orElse("")),
                new Figure(
                        "Peak in flight",
                        trial -> throughput(trial).peakInFlight() == 0
                                ? ""
                                : Format.count(throughput(trial).peakInFlight())),
                new Figure(
                        "Launch, ms",
                        trial -> Double.isNaN(throughput(trial).launchSkewNanos())
                                ? ""
                                : Format.millis(throughput(trial).launchSkewNanos(), 2)));
    }

    private static String overloaded(Summary.Arrivals arrivals) {
        return switch (Overload.of(arrivals.trends(), arrivals.offeredPerSecond())) {
            case YES -> "yes";
            case NO -> "no";
            case TOO_SHORT -> "too short to tell";
        };
    }

    private Table tokens(boolean named) {
        return figures(
                named,
                new Figure(
                        "Items/s",
                        trial -> trial.header().hasText()
                                ? ""
                                : Format.brief(throughput(trial).itemsPerSecond())),
                new Figure(
                        "Output tokens/s",
                        trial -> ofText(trial, throughput(trial).outputTokensPerSecond())),
                new Figure("steady", trial -> ofText(trial, throughput(trial).steadyOutputTokensPerSecond())),
                new Figure("peak", trial -> ofText(trial, throughput(trial).peakOutputTokensPerSecond())),
                new Figure(
                        "interactivity",
                        trial -> ofText(
                                trial,
                                NANOS_PER_SECOND
                                        / trial.summary().metric(Metric.TPOT).percentile(50))),
                new Figure(
                        "Input tokens/s",
                        trial -> Format.brief(throughput(trial).inputTokensPerSecond())),
                new Figure(
                        "Total tokens/s",
                        trial -> ofText(trial, throughput(trial).totalTokensPerSecond())));
    }

    /** A figure that only answers with text have. */
    private static String ofText(TrialReport trial, double figure) {
        return trial.header().hasText() ? Format.brief(figure) : "";
    }

    /** Throughput against interactivity, of the trials that have both. */
    private Table interactivity(boolean named) {
        Table table = trialColumns(named);
        CurveColumns columns = new CurveColumns(curves);
        columns.addTo(table);
        for (Curve curve : curves) {
            for (TrialReport trial : curve.trials()) {
                List<String> row = trialCells(named, trial);
                columns.addTo(row, curve, trial);
                table.row(row);
            }
        }
        return table;
    }

    /** How many requests had to wait for a connection of their own. */
    private String cold(TrialReport trial) {
        if (!run.header().client().tellsConnections()) {
            return run.header().client().transport().isEmpty() ? "" : "not known";
        }
        Summary.Connections connections = trial.summary().connections();
        return connections.cold() == 0 ? "" : connections.cold() + " of " + connections.total();
    }

    /** Nothing where another tool did not tell of how many requests its figures are. */
    private static String counted(TrialReport trial, long requests) {
        return trial.header().imported() && outcomes(trial).total() == 0 ? "" : Format.count(requests);
    }

    private static Summary.Outcomes outcomes(TrialReport trial) {
        return trial.summary().outcomes();
    }

    private static Summary.Throughput throughput(TrialReport trial) {
        return trial.summary().throughput();
    }

    /** A table of these figures, without those that no trial has. */
    private Table figures(boolean named, Figure... all) {
        List<Figure> figures = Arrays.stream(all)
                .filter(figure -> run.trials().stream()
                        .anyMatch(trial -> !figure.of().apply(trial).isEmpty()))
                .toList();
        Table table = trialColumns(named);
        figures.forEach(figure -> table.right(figure.title()));
        for (TrialReport trial : run.trials()) {
            List<String> row = trialCells(named, trial);
            figures.forEach(figure -> row.add(figure.of().apply(trial)));
            table.row(row);
        }
        return table;
    }

    /** The columns that tell trials apart: always the load, and the parameters that vary. */
    Table trialColumns(boolean named) {
        Table table = new Table();
        if (named) {
            table.left("Workload");
        }
        if (any(Load.Closed.class)) {
            table.right("(concurrency)");
        }
        if (any(Load.Open.class)) {
            table.right("(rate)");
        }
        names.varyingParams().forEach(name -> table.right("(" + name + ")"));
        return table;
    }

    List<String> trialCells(boolean named, TrialReport trial) {
        List<String> cells = new ArrayList<>();
        if (named) {
            cells.add(trial.header().workload());
        }
        Load load = trial.header().load();
        if (any(Load.Closed.class)) {
            cells.add(load instanceof Load.Closed closed ? Format.count(closed.concurrency()) : "");
        }
        if (any(Load.Open.class)) {
            cells.add(load instanceof Load.Open open ? Format.plain(open.rate()) : "");
        }
        names.varyingParams().forEach(name -> cells.add(trial.header().params().getOrDefault(name, "")));
        return cells;
    }

    private boolean any(Class<? extends Load> kind) {
        return run.trials().stream()
                .anyMatch(trial -> kind.isInstance(trial.header().load()));
    }

    /** A column of a table: what it shows of a trial. */
    private record Figure(String title, Function<TrialReport, String> of) {}
}
