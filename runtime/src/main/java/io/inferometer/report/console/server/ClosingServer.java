package io.inferometer.report.console.server;

import io.inferometer.record.server.Quantity;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Metric;
import io.inferometer.stats.server.Growth;
import io.inferometer.stats.server.ServerBeside;
import io.inferometer.stats.server.ServerFigures;
import io.inferometer.stats.server.ServerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/** What a trial's server says of itself, with what the client says beside it. */
public final class ClosingServer {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RunReport run;
    private final Page page;
    private final TrialNames names;

    public ClosingServer(RunReport run, Page page) {
        this.run = run;
        this.page = page;
        names = TrialNames.of(run.header());
    }

    /** An empty line, then what is known, for each trial whose server was asked. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (TrialReport trial : run.trials()) {
            trial.server().ifPresent(server -> {
                String label = names.label(trial.header());
                lines.add("");
                lines.addAll(page.wrapped(
                        "",
                        "The server by its own count" + (label.isEmpty() ? "" : " (" + label + ")") + ": "
                                + who(server)));
                tokens(server.figures(), trial, lines);
                state(server.figures(), lines);
                times(server.figures(), trial, lines);
                energy(server, trial, lines);
                if (server.replicas().size() > 1) {
                    server.replicas().forEach(replica -> replica(replica, lines));
                }
            });
        }
        return lines;
    }

    private static String who(ServerSummary server) {
        String engines = server.replicas().stream()
                .map(ServerSummary.Replica::engine)
                .filter(engine -> !engine.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return (engines.isEmpty() ? "no engine that is known" : engines) + "; "
                + Format.count(server.scrapes() - server.misses()) + " of "
                + Format.count(server.scrapes(), "reading") + " of "
                + Format.count(server.replicas().size(), "page");
    }

    private void tokens(ServerFigures server, TrialReport trial, List<String> lines) {
        add(
                "tokens",
                lines,
                beside(
                        "output",
                        server.growth(Quantity.OUTPUT_TOKENS),
                        trial.summary().tokens().output()),
                beside(
                        "prompt",
                        server.growth(Quantity.PROMPT_TOKENS),
                        trial.summary().tokens().input()));
    }

    private static String beside(String what, Growth theirs, long ours) {
        return Double.isNaN(theirs.amount())
                ? ""
                : what + " " + known(theirs) + " there, " + (ours == 0 ? "not counted" : Format.count(ours)) + " here";
    }

    /** A count that was read within what was counted is no exact one. */
    private static String known(Growth growth) {
        long slack = Double.isInfinite(growth.slack()) ? 0 : Math.round(growth.slack());
        return (Double.isInfinite(growth.slack()) ? "at least " : "")
                + Format.count(Math.round(growth.amount()))
                + (slack == 0 ? "" : " (within " + Format.count(slack) + ")");
    }

    private void state(ServerFigures server, List<String> lines) {
        add(
                "at the most",
                lines,
                text(server.peak(Quantity.RUNNING), peak -> Format.count(Math.round(peak)) + " running"),
                text(server.peak(Quantity.QUEUED), peak -> Format.count(Math.round(peak)) + " queued"),
                text(server.peak(Quantity.KV_CACHE), peak -> "KV cache " + Format.percent(peak) + " full"));
        add(
                "of it all",
                lines,
                text(server.prefixHitRate(), share -> Format.percent(share) + " of prompt tokens from a prefix cache"),
                text(server.grown(Quantity.PREEMPTIONS), some -> Format.count(Math.round(some), "preemption")),
                text(server.draftAcceptance(), share -> Format.percent(share) + " of drafted tokens right"));
    }

    private void times(ServerFigures server, TrialReport trial, List<String> lines) {
        double there = server.ratio(Quantity.TTFT_SECONDS, Quantity.TTFT_COUNT) * NANOS_PER_SECOND;
        double here = trial.summary().metric(Metric.TTFT).mean();
        double added = ServerBeside.of(server, trial.summary()).addedTtftNanos();
        add(
                "mean ttft",
                lines,
                text(
                        there,
                        nanos -> Format.briefMillis(nanos) + " there"
                                + (Double.isNaN(here) ? "" : ", " + Format.briefMillis(here) + " here")),
                text(added, nanos -> "network and gateways add " + Format.briefMillis(nanos)));
        double queued = server.ratio(Quantity.QUEUE_SECONDS, Quantity.QUEUE_COUNT) * NANOS_PER_SECOND;
        add("mean queue", lines, text(queued, Format::briefMillis));
    }

    private void energy(ServerSummary server, TrialReport trial, List<String> lines) {
        double perToken = ServerBeside.of(server.figures(), trial.summary()).joulesPerOutputToken();
        add(
                "energy",
                lines,
                text(server.figures().grown(Quantity.ENERGY), joules -> Format.brief(joules) + " J"),
                text(perToken, joules -> Format.brief(joules) + " J per output token"),
                text(server.figures().peak(Quantity.POWER), watts -> Format.brief(watts) + " W at the most"));
    }

    private void replica(ServerSummary.Replica replica, List<String> lines) {
        lines.add("  " + replica.url());
        ServerFigures figures = replica.figures();
        add(
                "",
                lines,
                text(figures.grown(Quantity.OUTPUT_TOKENS), some -> Format.count(Math.round(some)) + " output tokens"),
                text(figures.peak(Quantity.QUEUED), peak -> Format.count(Math.round(peak)) + " queued at the most"),
                replica.course().misses() == 0
                        ? ""
                        : Format.count(replica.course().misses()) + " of "
                                + Format.count(replica.course().scrapes(), "reading") + " missed");
    }

    private static String text(double value, DoubleFunction<String> text) {
        return Double.isNaN(value) ? "" : text.apply(value);
    }

    /** A line of what is known of it; none where nothing is. */
    private void add(String name, List<String> lines, String... parts) {
        List<String> known =
                List.of(parts).stream().filter(part -> !part.isEmpty()).toList();
        if (!known.isEmpty()) {
            lines.addAll(page.wrapped(String.format("  %-12s ", name), String.join("; ", known)));
        }
    }
}
