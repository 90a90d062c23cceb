package io.inferometer.harness.batch;

import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.batch.JobState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A job's history while it is made, for the threads that make it: each step is in the journal when it is added. */
final class JobLog {
    private final JobHistory history;

    JobLog(JobHistory history) {
        this.history = history;
    }

    synchronized void add(Consumer<JobHistory> step) {
        step.accept(history);
        notifyAll();
    }

    synchronized <T> T read(Function<JobHistory, T> what) {
        return what.apply(history);
    }

    Optional<JobState> last() {
        return read(JobHistory::last);
    }

    /** How long the job's requests have been running, by the looks at it. */
    Duration running() {
        return read(all -> all.looks().stream()
                .filter(JobState::running)
                .findFirst()
                .map(first -> Duration.ofMillis(all.last().orElseThrow().atMillis() - first.atMillis()))
                .orElse(Duration.ZERO));
    }

    /** What is said of the job when nobody looks at it any more; empty where it has ended, or was not created. */
    Optional<String> left(Path journal) {
        return last().filter(job -> !job.ended())
                .map(job ->
                        "the job " + job.id() + " goes on at the endpoint; --resume " + journal + " goes on with it");
    }

    /** What is said of the job where that is interrupted. */
    String lastWords(Path journal, boolean cancels) {
        String name = "the job " + last().orElseThrow().id();
        return left(journal)
                .map(goesOn -> cancels ? name + " is being cancelled" : goesOn)
                .orElse(name + " has ended");
    }

    /** Waits a while for a step. */
    synchronized void await(long millis) throws InterruptedException {
        wait(millis);
    }
}
