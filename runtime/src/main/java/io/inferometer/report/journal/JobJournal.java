package io.inferometer.report.journal;

import io.inferometer.plan.UsageException;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunEnd;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.batch.JobFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal of a job of the Batch API, read again.
 *
 * @param header how it was asked for
 * @param job what else was asked for, as its header has it
 * @param history what happened
 * @param end how the watch over it came to its end
 */
public record JobJournal(RunHeader header, Map<String, Object> job, JobHistory history, RunEnd end) {
    /** Under which a header says what was asked for of a job, and so that it is one's. */
    public static final String JOB = "batchJob";

    /** Whether a journal is that of a job; not where it can't be read. */
    public static boolean is(Path journal) {
        try {
            return JournalReader.header(journal).containsKey(JOB);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads one.
     *
     * @throws UsageException if it can't be read, or is none of a job
     */
    @SuppressWarnings("unchecked")
    public static JobJournal read(Path journal) {
        Reading reading = new Reading();
        try {
            JournalReader.Ending ending = JournalReader.read(journal, reading);
            if (!(reading.run.get(JOB) instanceof Map<?, ?> job)) {
                throw new UsageException(journal + " is not the journal of a batch job");
            }
            return new JobJournal(
                    RunHeader.ofMap(reading.run),
                    (Map<String, Object>) job,
                    reading.history,
                    RunEnd.told(ending.complete(), ending.reason()));
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException(journal + " is not the journal of a batch job: " + e.getMessage());
        }
    }

    /** What the job came to; of a load beside it another journal tells. */
    public JobReport report() {
        return new JobReport(header, JobFigures.of(history), Optional.empty(), end, List.of());
    }

    private static final class Reading implements JournalReader.Visitor {
        private final JobHistory history = new JobHistory();
        private Map<String, Object> run = Map.of();

        @Override
        public void header(Map<String, Object> described) {
            run = described;
        }

        @Override
        public void batch(String what, Map<String, Object> fields) {
            history.tell(what, fields);
        }

        @Override
        public void request(RequestRecord request) {
            // A job's journal has none.
        }
    }
}
