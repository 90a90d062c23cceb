package io.inferometer.report.console;

import static io.inferometer.record.batch.JobState.ABSENT;

import io.inferometer.record.batch.JobTokens;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Table;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;
import io.inferometer.stats.batch.JobFigures;
import io.inferometer.stats.batch.JobTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a job came to, in a few lines, and what a load beside it saw of it, in a table. */
final class JobTables {
    private static final int MOST_FAILURES = 5;
    private static final List<Metric> BESIDE = List.of(Metric.TTFT, Metric.TPOT);
    private static final List<Integer> PERCENTILES = List.of(50, 99);

    private final Page page;
    private final JobReport report;
    private final JobFigures job;
    private final List<String> lines = new ArrayList<>();

    private JobTables(JobReport report, Page page) {
        this.page = page;
        this.report = report;
        this.job = report.figures();
    }

    static List<String> of(JobReport report, Page page) {
        JobTables tables = new JobTables(report, page);
        tables.job();
        report.beside().ifPresent(tables::beside);
        return tables.lines;
    }

    private void job() {
        lines.add(job.id().isEmpty() ? "Job: not created" : "Job " + job.id() + ": " + job.status());
        requests();
        if (!job.id().isEmpty()) {
            times();
        }
        tokens();
        if (!job.tails().isEmpty()) {
            line(
                    "stragglers",
                    new TreeMap<>(job.tails())
                                    .descendingMap().entrySet().stream()
                                            .map(tail ->
                                                    "the last " + tail.getKey() + " % took " + range(tail.getValue()))
                                            .collect(Collectors.joining(", "))
                            + ", as far as the looks at it tell");
        }
        job.problems().forEach(problem -> line("problem", problem.text()));
        job.failures().stream()
                .limit(MOST_FAILURES)
                .forEach(failure -> line(
                        "failure",
                        Format.count(failure.requests()) + " " + failure.code()
                                + (failure.message().isEmpty() ? "" : ": " + failure.message())));
        if (job.failures().size() > MOST_FAILURES) {
            line("failure", "and " + Format.count(job.failures().size() - MOST_FAILURES) + " other kinds");
        }
        line(
                "looks",
                Format.count(job.control().looks()) + ", "
                        + Format.brief(job.control().longestGapSeconds()) + " s apart at most"
                        + retries(job.control().retries()));
        report.files().forEach(file -> line("file", file.toString()));
    }

    private static String retries(long retries) {
        return retries == 0 ? "" : "; the endpoint was asked again " + Format.count(retries, "time");
    }

    private static String range(JobFigures.Tail tail) {
        return tail.leastSeconds() == 0
                ? "at most " + Format.brief(tail.mostSeconds()) + " s"
                : Format.brief(tail.leastSeconds()) + " to " + Format.brief(tail.mostSeconds()) + " s";
    }

    private void line(String name, String text) {
        lines.addAll(page.wrapped("  " + name + " ".repeat(Math.max(1, 12 - name.length())), text));
    }

    private void requests() {
        JobFigures.Requests requests = job.requests();
        StringBuilder text = new StringBuilder(Format.count(requests.total()));
        if (requests.completed() != ABSENT) {
            text.append(", ").append(Format.count(requests.completed())).append(" answered");
        }
        if (requests.failed() > 0) {
            text.append(", ").append(Format.count(requests.failed())).append(" failed");
        }
        if (requests.silent() > 0) {
            text.append(" (").append(Format.count(requests.silent())).append(" stand in no file)");
        }
        line("requests", text.toString());
        if (requests.disagree()) {
            line(
                    "",
                    "the endpoint counts " + Format.count(requests.told().completed())
                            + " answered, which its files don't have");
        }
        if (requests.odd() > 0) {
            line("", Format.count(requests.odd(), "line") + " of the files are of no request of the job");
        }
    }

    private void times() {
        JobTimes times = job.times();
        line(
                "times",
                "queued " + seconds(times.queueSeconds()) + ", ran " + seconds(times.runSeconds()) + ", finalised in "
                        + seconds(times.finalisingSeconds()) + "; makespan " + seconds(times.makespanSeconds()));
        if (times.boundSeconds() == 1) {
            line("", "the endpoint's stamps are whole seconds: each may be up to 1 s longer or shorter");
        }
    }

    private static String seconds(OptionalDouble seconds) {
        return seconds.isEmpty() ? Format.ABSENT : Format.plain(seconds.getAsDouble()) + " s";
    }

    private void tokens() {
        JobTokens tokens = job.tokens();
        if (tokens.input() == ABSENT && tokens.output() == ABSENT) {
            line("tokens", "the endpoint tells none");
            return;
        }
        line(
                "tokens",
                count(tokens.input()) + " of prompts"
                        + (tokens.cached() == ABSENT ? "" : " (" + count(tokens.cached()) + " of them cached)") + ", "
                        + count(tokens.output()) + " of answers"
                        + job.outputRate()
                                .map(rate -> "; " + Format.brief(rate.perSecond()) + "/s of answers over the makespan"
                                        + bounds(rate))
                                .orElse(""));
        if (job.requests().withoutUsage() > 0) {
            line("", Format.count(job.requests().withoutUsage()) + " answers tell no tokens, and are not among these");
        }
    }

    private static String bounds(JobFigures.Rate rate) {
        return Double.isInfinite(rate.most())
                ? ", at least " + Format.brief(rate.least())
                : ", " + Format.brief(rate.least()) + " to " + Format.brief(rate.most()) + " by the stamps";
    }

    private static String count(long number) {
        return number == ABSENT ? Format.ABSENT : Format.count(number);
    }

    private void beside(RunReport run) {
        if (run.trials().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("Beside the job, " + run.trials().get(0).header().workload() + " (ms):");
        Table table = new Table().left("").right("requests").right("failed");
        for (Metric metric : BESIDE) {
            PERCENTILES.forEach(p -> table.right(metric.label() + " p" + p));
        }
        run.trials().forEach(trial -> table.row(row(trial)));
        Optional<TrialReport> before = phase(run, "before");
        for (String other : List.of("during", "after")) {
            phase(run, other).ifPresent(trial -> before.ifPresent(base -> table.row(difference(other, trial, base))));
        }
        new Page(page.width() - 2).table(table).forEach(line -> lines.add(line.isEmpty() ? line : "  " + line));
        lines.addAll(page.wrapped(
                "  ", "One phase each: what differs after the job as well did not come of the job alone."));
        job.coverage().entrySet().stream()
                .filter(phase -> phase.getKey().equals("during"))
                .forEach(phase -> lines.addAll(page.wrapped(
                        "  ",
                        "The job was seen running for " + Format.percent(Math.min(1, phase.getValue()))
                                + " of the time in which the load during it was measured"
                                + (phase.getValue() >= 0.995 ? "." : "; the rest of that is as before or after it."))));
    }

    private static Optional<TrialReport> phase(RunReport run, String name) {
        return run.trials().stream()
                .filter(trial -> trial.header().params().containsValue(name))
                .findFirst();
    }

    private static List<String> row(TrialReport trial) {
        Summary summary = trial.summary();
        List<String> cells = new ArrayList<>();
        cells.add(trial.header().params().getOrDefault("job", ""));
        cells.add(Format.count(summary.outcomes().total()));
        cells.add(Format.count(summary.outcomes().failed()));
        for (Metric metric : BESIDE) {
            PERCENTILES.forEach(p -> cells.add(Format.millis(value(summary, metric, p), 2)));
        }
        return cells;
    }

    private static List<String> difference(String name, TrialReport trial, TrialReport base) {
        List<String> cells = new ArrayList<>(List.of(name + " - before", "", ""));
        for (Metric metric : BESIDE) {
            for (int p : PERCENTILES) {
                double from = value(base.summary(), metric, p);
                double difference = value(trial.summary(), metric, p) - from;
                cells.add(Double.isNaN(difference) ? Format.ABSENT : signed(difference, from));
            }
        }
        return cells;
    }

    private static String signed(double nanos, double from) {
        String sign = nanos < 0 ? "" : "+";
        String share = from > 0 ? " (" + sign + Format.decimal(100 * nanos / from, 0) + " %)" : "";
        return sign + Format.millis(nanos, 2) + share;
    }

    private static double value(Summary summary, Metric metric, int percentile) {
        return summary.metric(metric).isEmpty()
                ? Double.NaN
                : summary.metric(metric).percentile(percentile);
    }
}
