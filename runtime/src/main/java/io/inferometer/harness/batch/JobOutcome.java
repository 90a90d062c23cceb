package io.inferometer.harness.batch;

import io.inferometer.harness.process.ExitCode;
import io.inferometer.record.batch.JobAnswers.JobFailure;
import io.inferometer.record.batch.JobState;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunEnd;
import io.inferometer.report.text.Format;
import io.inferometer.stats.batch.JobFigures;
import java.util.stream.Collectors;

/**
 * What a job came to for whoever asked for it.
 *
 * @param code how its process tells it
 * @param text why all is not well, on one line and in the endpoint's own words, or what was not measured beside it; else
 *     empty
 */
public record JobOutcome(ExitCode code, String text) {
    private static final int MOST_PROBLEMS = 3;

    /**
     * {@return the outcome of a job}
     *
     * @param job as far as it came
     * @param maxFailures the share of its requests that may fail, 0 to 1
     */
    public static JobOutcome of(JobReport job, double maxFailures) {
        JobFigures figures = job.figures();
        if (job.end() instanceof RunEnd.Interrupted) {
            return new JobOutcome(ExitCode.INTERRUPTED, "");
        }
        boolean ended = figures.ended();
        if (job.end() instanceof RunEnd.Broken broken && !(ended && job.beside().isPresent())) {
            String goOn = figures.id().isEmpty() || ended
                    ? ""
                    : "; the job " + figures.id() + " may go on, and --resume "
                            + job.header().journal() + " goes on with it";
            return new JobOutcome(ExitCode.TOO_MANY_FAILURES, broken.text() + goOn);
        }
        if (!figures.completed()) {
            return new JobOutcome(
                    ExitCode.TOO_MANY_FAILURES,
                    "the job " + figures.id() + " ended as " + figures.status() + problems(figures) + done(figures));
        }
        double failed = figures.failedShare().orElse(0);
        if (failed > maxFailures) {
            return new JobOutcome(
                    ExitCode.TOO_MANY_FAILURES,
                    Format.count(figures.requests().failed()) + " of "
                            + Format.count(figures.requests().total(), "request") + " of the job " + figures.id()
                            + " failed" + worst(figures));
        }
        String text = job.end() instanceof RunEnd.Broken broken ? broken.text() : "";
        return new JobOutcome(text.isEmpty() || text.equals(Beside.MISSED) ? ExitCode.OK : ExitCode.FAILED, text);
    }

    /** {@return whether all is well} */
    public boolean ok() {
        return code == ExitCode.OK;
    }

    private static String problems(JobFigures figures) {
        return figures.problems().isEmpty()
                ? ""
                : figures.problems().stream()
                        .limit(MOST_PROBLEMS)
                        .map(JobState.Problem::text)
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    private static String done(JobFigures figures) {
        long completed = figures.requests().completed();
        return completed == JobState.ABSENT
                ? ""
                : "; " + Format.count(completed) + " of "
                        + Format.count(figures.requests().total(), "request") + " were answered";
    }

    private static String worst(JobFigures figures) {
        if (figures.failures().isEmpty()) {
            return figures.requests().silent() > 0 ? ": they stand in no file of the job" : "";
        }
        JobFailure worst = figures.failures().get(0);
        return ", most frequently " + worst.code() + (worst.message().isEmpty() ? "" : ": " + worst.message());
    }
}
