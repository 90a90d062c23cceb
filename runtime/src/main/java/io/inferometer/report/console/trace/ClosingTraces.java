package io.inferometer.report.console.trace;

import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Sessions;
import io.inferometer.stats.trace.Reproduction;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** What of a trace was reproduced and what was made up, with what it declared beside what was delivered. */
public final class ClosingTraces {
    private static final double[] PERCENTILES = {50, 90, 99};

    private final RunReport run;
    private final Page page;
    private final TrialNames names;

    public ClosingTraces(RunReport run, Page page) {
        this.page = page;
        this.run = run;
        names = TrialNames.of(run.header());
    }

    /** An empty line, then the properties and the table, for each trial of a trace. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TrialReport trial : run.trials()) {
            trial.reproduction().ifPresent(reproduction -> {
                String label = names.label(trial.header());
                lines.add("");
                lines.add((trial.summary().sessions().isPresent() ? "The sessions" : "The trace")
                        + (label.isEmpty() ? "" : " (" + label + ")") + ":");
                properties(trial, reproduction, lines);
                lines.add("");
                lines.addAll(page.table(table(reproduction)));
            });
        }
        return lines;
    }

    private void properties(TrialReport trial, Reproduction reproduction, List<String> lines) {
        Load load = trial.header().load();
        lines.addAll(page.wrapped("  times            ", times(trial, load, reproduction.resumed())));
        lines.addAll(page.wrapped(
                "  order            ",
                reproduction.resumed()
                        ? "partly: what was in flight at the interruption was sent once more, behind it"
                        : "reproduced"));
        trial.summary()
                .sessions()
                .ifPresent(sessions -> lines.addAll(page.wrapped("  turns            ", turns(sessions))));
        reproduction.delays().ifPresent(delays -> lines.addAll(page.wrapped("  delays           ", delays(delays))));
        // Of sessions that no file tells it goes without saying that their lengths are not told.
        boolean all = reproduction.delays().isEmpty();
        if (all || reproduction.promptTokens().count() > 0) {
            lines.addAll(
                    page.wrapped("  prompt lengths   ", lengths(reproduction.promptTokens(), "prompt tokens", true)));
        }
        if (all || reproduction.outputTokens().count() > 0) {
            lines.addAll(page.wrapped(
                    "  answer lengths   ", lengths(reproduction.outputTokens(), "completion tokens", false)));
        }
        if (all || reproduction.hits().requests() > 0) {
            lines.addAll(page.wrapped("  prefix sharing   ", sharing(reproduction.hits())));
        }
        lines.addAll(page.wrapped(
                "  concurrency      ",
                (load instanceof Load.Closed closed
                        ? "made up: " + Format.count(closed.concurrency(), "slot")
                        : "not bounded: "
                                + Format.count(trial.summary().throughput().peakInFlight())
                                + " in flight at the most")));
    }

    private static String times(TrialReport trial, Load load, boolean resumed) {
        if (!(load instanceof Load.Replay)) {
            return "made up: " + Format.load(load);
        }
        Distribution delay = trial.summary().metric(Metric.SCHEDULE_DELAY);
        return (resumed
                        ? "partly: " + Format.load(load) + ", interrupted and gone on with"
                        : "reproduced: " + Format.load(load))
                + (delay.isEmpty()
                        ? ""
                        : "; late by " + Format.briefMillis(delay.percentile(50)) + " at p50, "
                                + Format.briefMillis(delay.percentile(99)) + " at p99");
    }

    private static String turns(Sessions sessions) {
        return (sessions.completed() == sessions.total()
                        ? "reproduced: all of "
                        : "partly: " + Format.count(sessions.completed()) + " of ")
                + Format.count(sessions.total(), "session") + " had all their turns, and none failed";
    }

    private static String delays(Reproduction.Delays delays) {
        return "reproduced: " + Format.count(delays.late().count(), "turn") + " late by "
                + Format.briefMillis(delays.late().percentile(50)) + " at p50, "
                + Format.briefMillis(delays.late().percentile(99)) + " at p99";
    }

    private static String lengths(Reproduction.Pair pair, String counted, boolean template) {
        if (pair.count() == 0) {
            return "not known: the file, or the endpoint, tells no " + counted;
        }
        if (template && pair.beyond() > 0) {
            return "reproduced: all of " + Format.count(pair.count()) + " have " + Format.count((long) pair.beyond())
                    + " more by the endpoint's count, as a chat template adds";
        }
        return (pair.exact() == pair.count() ? "reproduced: all of " : "partly: " + Format.count(pair.exact()) + " of ")
                + Format.count(pair.count()) + " exact, by the endpoint's count";
    }

    private static String sharing(Reproduction.Hits hits) {
        if (hits.requests() == 0) {
            return "not known: the file tells no hash ids";
        }
        return "reproduced, in texts that are made up: " + Format.percent(hits.theoretical())
                + " of the prompt tokens are an earlier request's; "
                + (hits.told() == 0
                        ? "the endpoint tells no cached tokens"
                        : Format.percent(hits.seen()) + " were cached");
    }

    private static Table table(Reproduction reproduction) {
        Table table = new Table().left("Quantity").right("n");
        for (String side : List.of("declared", "delivered")) {
            for (double p : PERCENTILES) {
                String title = "p" + (int) p;
                if (p == PERCENTILES[0]) {
                    table.right(side + " " + title);
                } else {
                    table.beside(title);
                }
            }
        }
        row(table, "isl, tokens", reproduction.promptTokens(), ClosingTraces::tokens);
        row(table, "osl, tokens", reproduction.outputTokens(), ClosingTraces::tokens);
        row(table, "gap, ms", reproduction.gaps(), nanos -> Format.millis(nanos, 2));
        reproduction
                .delays()
                .ifPresent(delays -> row(
                        table, "delay, ms", delays.declared(), delays.delivered(), nanos -> Format.millis(nanos, 2)));
        return table;
    }

    private static String tokens(double tokens) {
        return Format.count(Math.round(tokens));
    }

    private static void row(Table table, String name, Reproduction.Pair pair, DoubleFunction<String> text) {
        if (pair.count() > 0) {
            row(table, name, pair.declared(), pair.delivered(), text);
        }
    }

    private static void row(
            Table table, String name, Distribution declared, Distribution delivered, DoubleFunction<String> text) {
        List<String> cells = new ArrayList<>(List.of(name, Format.count(declared.count())));
        for (Distribution side : List.of(declared, delivered)) {
            DoubleStream.of(PERCENTILES)
                    .mapToObj(p -> text.apply(side.percentile(p)))
                    .forEach(cells::add);
        }
        table.row(cells);
    }
}
