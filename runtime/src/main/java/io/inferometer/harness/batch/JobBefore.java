package io.inferometer.harness.batch;

import io.inferometer.plan.UsageException;
import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.RunEnd;
import io.inferometer.report.header.Likeness;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.journal.JobJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What there is of a job before it is gone on with.
 *
 * @param header how it was begun; empty where it has not been
 */
record JobBefore(Optional<RunHeader> header, JobHistory history) {
    static final String JOB = JobJournal.JOB;

    /**
     * Reads the journal that a plan goes on with, if it does.
     *
     * @throws UsageException if it can't be, or is of another job
     */
    static JobBefore of(JobPlan plan) throws IOException, InterruptedException {
        if (!plan.plan().resumes()) {
            return new JobBefore(Optional.empty(), new JobHistory());
        }
        if (Files.exists(plan.journal()) && !Journal.awaitWriter(plan.journal(), Duration.ZERO)) {
            throw new UsageException(
                    "--resume " + plan.journal() + ": its job is still being watched; end that one first");
        }
        JobJournal journal = JobJournal.read(plan.journal());
        if (journal.end() instanceof RunEnd.Complete) {
            throw new UsageException(plan.journal() + " is of a job that has ended: there is nothing to resume");
        }
        Likeness.differenceOfPlan(journal.header(), RunHeader.of(plan.plan()))
                .or(() -> difference(journal.job(), plan.described()))
                .ifPresent(difference -> {
                    throw new UsageException(plan.journal() + " is of another job: " + difference
                            + "; resume it with the options and variables that it was begun with");
                });
        return new JobBefore(Optional.of(journal.header()), journal.history());
    }

    private static Optional<String> difference(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> names = new LinkedHashMap<>(one);
        names.putAll(other);
        return names.keySet().stream()
                .filter(name -> !text(one, name).equals(text(other, name)))
                .filter(name -> !name.equals("beside") || !text(other, name).isEmpty())
                .map(name -> name + " is " + text(one, name) + " and " + text(other, name))
                .findFirst();
    }

    private static String text(Map<String, Object> map, String name) {
        return String.valueOf(map.getOrDefault(name, ""));
    }
}
