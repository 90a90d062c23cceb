package io.inferometer.report.console;

import io.inferometer.instrument.Health;
import io.inferometer.instrument.Verdict;
import io.inferometer.report.IterationReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.member.MemberLoss;
import io.inferometer.report.member.MemberReport;
import io.inferometer.report.text.Format;
import io.inferometer.stats.ClientOverhead;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What is told of the client beneath the tables, trial by trial. */
final class ClientLines {

    private ClientLines() {}

    /** The lines, with an empty one before them; none where nothing is known. */
    static List<String> of(RunReport run, Page page) {
        TrialNames names = TrialNames.of(run.header());
        List<String> lines = new ArrayList<>();
        lines.add("");
        for (TrialReport trial : run.trials()) {
            List<Health> seen = trial.iterations().stream()
                    .flatMap(iteration -> iteration.health().stream())
                    .toList();
            String name = names.label(trial.header());
            String of = name.isEmpty() ? "" : " (" + name + ")";
            if (!seen.isEmpty()) {
                String verdict =
                        trial.suspect().map(suspect -> verdict(trial, suspect)).orElse("ok");
                String whose = trial.members().isEmpty()
                        ? ""
                        : "of the worst of " + Format.count(trial.members().size(), "member") + ": ";
                lines.addAll(page.wrapped("# Client" + of + ": ", verdict + "; " + whose + figures(seen)));
            }
            if (!trial.members().isEmpty()) {
                lines.addAll(page.wrapped(
                        "# Members" + of + ": ",
                        trial.members().stream().map(ClientLines::member).collect(Collectors.joining("; "))));
            }
            trial.overhead().ifPresent(overhead -> {
                lines.addAll(page.wrapped("# Client overhead" + of + ": ", source(overhead, trial.header())));
                if (!overhead.differs().isEmpty()) {
                    lines.addAll(page.wrapped("# Replay" + of + ": ", differs(overhead)));
                }
            });
        }
        return lines.size() == 1 ? List.of() : lines;
    }

    private static String member(MemberReport member) {
        List<String> parts = new ArrayList<>();
        parts.add(Format.count(member.requests(), "request"));
        member.startSkewNanos().ifPresent(skew -> parts.add("started " + Format.briefMillis(skew) + " late"));
        member.client()
                .filter(client -> client.verdict() instanceof Verdict.Suspect)
                .ifPresent(suspect -> parts.add("suspect"));
        member.lost().ifPresent(loss -> parts.add(lost(loss)));
        return member.name() + ": " + String.join(", ", parts);
    }

    /** {@code LOST, was killed by signal 9; last heard of at 12.3 s}, by the run's time. */
    private static String lost(MemberLoss loss) {
        return "LOST (" + loss.why()
                + (loss.heardNanos().isPresent()
                        ? ", last heard of " + Format.seconds(loss.heardNanos().getAsLong()) + " into the run"
                        : ", never heard of")
                + ")";
    }

    /** What the rows of the client stand on. */
    private static String source(ClientOverhead overhead, TrialHeader trial) {
        if (!overhead.replay()) {
            return "rows \"client\", in this run, by the simulated endpoint's own stamps; "
                    + (trial.endpoint().besideClient()
                            ? "its process shares this machine"
                            : "the network to it is in them");
        }
        if (overhead.metrics().isEmpty()) {
            return "not known: no request of the local replay succeeded";
        }
        String busy =
                Double.isNaN(overhead.machineShare()) ? "" : "; machine CPU " + Format.percent(overhead.machineShare());
        return "rows \"client\", in a local replay of " + Format.count(overhead.streams(), "stream")
                + "; excludes the network and the workload's own code" + busy
                + (overhead.upperBound() ? ", and nothing was easier than in the run: an upper bound" : "");
    }

    private static String differs(ClientOverhead overhead) {
        return overhead.differs().stream()
                .map(ClientOverhead.Difference::text)
                .collect(Collectors.joining("; ", "not as in the run: ", ""));
    }

    private static String verdict(TrialReport trial, IterationReport suspect) {
        String where = trial.iterations().size() == 1 ? "" : " in iteration " + (suspect.iteration() + 1);
        return "SUSPECT" + where + ", " + suspect.suspect().orElseThrow().text();
    }

    /** The worst of the iterations. */
    private static String figures(List<Health> seen) {
        return "timers "
                + Format.briefMillis(worst(seen, health -> health.hiccups().p99Nanos())) + " late at p99, GC "
                + Format.percent(worst(seen, health -> (double) health.pauses().totalNanos() / health.durationNanos()))
                + " of the time, machine CPU "
                + Format.percent(worst(seen, health -> health.cpu().machineShare()))
                + ", client "
                + Format.decimal(worst(seen, health -> health.cpu().processCores()), 2)
                + " cores";
    }

    private static double worst(List<Health> seen, ToDoubleFunction<Health> figure) {
        return seen.stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }
}
