package io.inferometer.report.console.progress;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Extent;
import io.inferometer.workload.binding.Iterations;
import java.time.Duration;
import java.util.OptionalLong;

/** How far a run is, and when it may end. Its clock is the records' own. */
public final class RunProgress {
    private RunHeader header;
    private double work;
    private double done;
    private long elapsedNanos;

    public RunProgress(RunHeader header) {
        this.header = header;
        work = header.trials().stream()
                .mapToDouble(trial -> trial.forks().jvms()
                        * (work(trial, trial.schedule().warmup())
                                + work(trial, trial.schedule().measurement())))
                .sum();
    }

    /** It is not known how much there will be. */
    public void openEnded() {
        work = Double.NaN;
    }

    /** There is one more trial. */
    public void goesOnWith(RunHeader longer) {
        header = longer;
    }

    /** Requests, and seconds where an iteration is a time; NaN where neither is known beforehand. */
    private static double work(TrialHeader trial, Iterations iterations) {
        if (trial.schedule().until().isPresent()) {
            return Double.NaN;
        }
        if (iterations.extent() instanceof Extent.Time time) {
            return iterations.count() * (double) time.duration().toMillis() / 1000;
        }
        OptionalLong requests = trial.requests(iterations);
        return requests.isPresent() ? requests.getAsLong() : Double.NaN;
    }

    public void ended(RequestRecord record) {
        elapsedNanos = Math.max(elapsedNanos, record.endNanos());
    }

    public void iterationEnded(IterationReport iteration) {
        TrialHeader trial = header.trial(iteration.trial());
        Iterations iterations = iteration.warmup()
                ? trial.schedule().warmup()
                : trial.schedule().measurement();
        done += work(trial, iterations) / iterations.count();
    }

    /** Whether no trial follows this one. */
    public boolean last(int trial) {
        return header.trials().get(header.trials().size() - 1).index() == trial;
    }

    public Duration elapsed() {
        return Duration.ofNanos(elapsedNanos);
    }

    /** {@code 25 % complete, ETA 00:01:05}. */
    public String line() {
        double share = done / work;
        if (Double.isNaN(share)) {
            return Format.clock(elapsed()) + " elapsed";
        }
        return Format.decimal(100 * share, 0) + " % complete"
                + (share > 0
                        ? ", ETA " + Format.clock(Duration.ofNanos((long) (elapsedNanos * (1 - share) / share)))
                        : "");
    }

    /** {@code 12 of 40 requests, 00:00:05 elapsed, ETA 00:00:11}. */
    public static String iteration(long done, OptionalLong total, Duration elapsed) {
        if (total.isEmpty()) {
            return Format.count(done, "request") + ", " + Format.clock(elapsed) + " elapsed";
        }
        long all = total.getAsLong();
        String line =
                Format.count(done) + " of " + Format.count(all, "request") + ", " + Format.clock(elapsed) + " elapsed";
        return done == 0 ? line : line + ", ETA " + Format.clock(left(done, all, elapsed));
    }

    /** How long it takes yet, if it goes on like this. */
    static Duration left(long done, long all, Duration elapsed) {
        return Duration.ofNanos((long) ((double) elapsed.toNanos() * (all - done) / done));
    }
}
