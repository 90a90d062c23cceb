package io.inferometer.report.console;

import io.inferometer.judge.Overload;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Curve;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.console.session.SessionTables;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.arrival.ArrivalFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The tables at the end of a run: latencies, requests, tokens; a row for each trial. A sweep has one more. */
final class ClosingTables {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RunReport run;
    private final Page page;
    private final TrialColumns columns;
    private final List<Curve> curves;

    ClosingTables(RunReport run, Page page) {
        this.run = run;
        this.page = page;
        columns = new TrialColumns(run);
        curves = Curve.of("", run);
    }

    /** All tables, with empty lines between them. */
    List<String> lines() {
        LatencyTable latencies = new LatencyTable(run);
        List<String> lines = new ArrayList<>(page.table(latencies.table()));
        lines.addAll(Legend.lines(run, page));
        lines.add("");
        if (run.trials().stream().anyMatch(trial -> trial.summary().channels().size() > 1)) {
            lines.addAll(page.table(latencies.channels()));
            lines.add("");
        }
        lines.addAll(page.table(requests()));
        lines.add("");
        lines.addAll(page.table(tokens()));
        for (TrialReport trial : run.trials()) {
            if (!trial.stages().isEmpty()) {
                lines.add("");
                lines.addAll(page.table(StageTable.of(trial, columns)));
            }
        }
        SessionTables sessions = new SessionTables(run, columns);
        if (!sessions.isEmpty()) {
            lines.add("");
            lines.addAll(page.table(sessions.sessions()));
            lines.add("");
            lines.addAll(page.table(sessions.turns()));
        }
        if (curves.stream().anyMatch(curve -> curve.trials().size() > 1)) {
            lines.add("");
            lines.addAll(page.table(interactivity()));
        }
        return lines;
    }

    private Table requests() {
        return figures(
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
                        "Arrivals",
                        trial -> trial.summary()
                                .arrivals()
                                .flatMap(Summary.Arrivals::fit)
                                .map(ClosingTables::asAsked)
                                .orElse("")),
                new Figure(
                        "Dispersion",
                        trial -> trial.summary()
                                .arrivals()
                                .flatMap(Summary.Arrivals::fit)
                                .map(fit -> Format.brief(fit.dispersion()))
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

    private static String asAsked(ArrivalFit fit) {
        return switch (fit.verdict()) {
            case YES -> "as asked";
            case NO -> "not as asked";
            case TOO_FEW -> "too few to tell";
        };
    }

    private static String overloaded(Summary.Arrivals arrivals) {
        if (!arrivals.steady()) {
            return "";
        }
        return switch (Overload.of(arrivals.trends(), arrivals.offeredPerSecond())) {
            case YES -> "yes";
            case NO -> "no";
            case TOO_SHORT -> "too short to tell";
        };
    }

    private Table tokens() {
        return figures(
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
                        "interactivity, 1/s",
                        trial -> ofText(
                                trial,
                                NANOS_PER_SECOND
                                        / trial.summary().metric(Metric.TPOT).percentile(50))),
                new Figure(
                        "Input tokens/s",
                        trial -> Format.brief(throughput(trial).inputTokensPerSecond())),
                new Figure("cached", this::cached),
                new Figure(
                        "Total tokens/s",
                        trial -> ofText(trial, throughput(trial).totalTokensPerSecond())));
    }

    /** A figure that only answers with text have. */
    private static String ofText(TrialReport trial, double figure) {
        return trial.header().hasText() ? Format.brief(figure) : "";
    }

    /** The share of prompts that was in a cache, in runs in which any was. */
    private String cached(TrialReport trial) {
        boolean any =
                run.trials().stream().anyMatch(other -> other.summary().tokens().cached() > 0);
        double share = trial.summary().tokens().cachedShare();
        return !any || Double.isNaN(share) ? "" : Format.percent(share);
    }

    /** Throughput against interactivity, of the trials that have both. */
    private Table interactivity() {
        Table table = columns.table();
        CurveColumns figures = new CurveColumns(curves);
        figures.addTo(table);
        for (Curve curve : curves) {
            for (TrialReport trial : curve.trials()) {
                List<String> row = columns.cells(trial);
                figures.addTo(row, curve, trial);
                table.row(row);
            }
        }
        return table;
    }

    /** How many requests had to wait for a connection of their own. */
    private String cold(TrialReport trial) {
        RunHeader.Client client = run.header().client(trial.header());
        if (!client.tellsConnections()) {
            return client.transport().isEmpty() ? "" : "not known";
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
    private Table figures(Figure... all) {
        List<Figure> figures = Arrays.stream(all)
                .filter(figure -> run.trials().stream()
                        .anyMatch(trial -> !figure.of().apply(trial).isEmpty()))
                .toList();
        Table table = columns.table();
        figures.forEach(figure -> table.right(figure.title()));
        for (TrialReport trial : run.trials()) {
            List<String> row = columns.cells(trial);
            figures.forEach(figure -> row.add(figure.of().apply(trial)));
            table.row(row);
        }
        return table;
    }

    /** A column of a table: what it shows of a trial. */
    private record Figure(String title, Function<TrialReport, String> of) {}
}
