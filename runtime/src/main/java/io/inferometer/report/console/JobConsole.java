package io.inferometer.report.console;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.Verbosity;
import io.inferometer.record.batch.JobHistory.JobFile;
import io.inferometer.record.batch.JobState;
import io.inferometer.report.JobListener;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunEnd;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.console.progress.RunProgress;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** A job as text: header lines, one when it comes to something else, how far it is from time to time, and tables at its end. */
final class JobConsole implements JobListener {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Screen screen;
    private final Verbosity verbosity;
    private String status = "";
    private Duration lastLine = Duration.ZERO;

    JobConsole(Screen screen, Verbosity verbosity) {
        this.screen = screen;
        this.verbosity = verbosity;
    }

    @Override
    public void started(RunHeader header, JobFile file) {
        TrialHeader trial = header.trials().get(0);
        print("# Inferometer " + header.runner().version());
        print("# Job: " + Format.count(file.requests(), "request") + " of " + trial.workload() + " to " + file.url()
                + " of " + trial.endpoint().url() + ", " + Format.brief(file.bytes() / 1e6) + " MB in " + file.path());
        print("# Model: " + (file.model().isEmpty() ? "none" : file.model()));
        print("# Journal: " + header.journal());
        header.notes().forEach(note -> print("# Note: " + note));
    }

    @Override
    public void told(String line) {
        print("# Job: " + line);
    }

    @Override
    public void looked(JobState state, Duration elapsed) {
        String line = "# Job " + state.id() + ": " + state.status() + progress(state, elapsed);
        boolean changed = !state.status().equals(status);
        if (changed || elapsed.minus(lastLine).compareTo(BETWEEN_LINES) >= 0) {
            status = state.status();
            lastLine = elapsed;
            print(line);
        } else if (screen.terminal() && verbosity != Verbosity.SILENT) {
            screen.printInPlace(line);
        }
    }

    private static String progress(JobState state, Duration elapsed) {
        long total = state.counts().total();
        long done = state.counts().done();
        if (done == JobState.ABSENT || total <= 0) {
            return "";
        }
        boolean tells = state.running() && !elapsed.isZero();
        return ", "
                + (tells
                        ? RunProgress.iteration(done, OptionalLong.of(total), elapsed)
                        : Format.count(done) + " of " + Format.count(total, "request"))
                + (state.counts().failed() > 0
                        ? ", " + Format.count(state.counts().failed()) + " failed"
                        : "");
    }

    @Override
    public void written(ResultFormat format, Path file) {
        print("");
        print("# Result: " + file + " (" + format.name().toLowerCase(Locale.ROOT) + ")");
    }

    @Override
    public void ended(JobReport report) {
        print("");
        if (!(report.end() instanceof RunEnd.Complete)) {
            print("# Job NOT complete: " + report.end().text() + ". What there is:");
            print("");
        }
        JobTables.of(report, screen.page()).forEach(this::print);
    }

    private void print(String line) {
        if (verbosity != Verbosity.SILENT) {
            screen.print(line);
        }
    }
}
