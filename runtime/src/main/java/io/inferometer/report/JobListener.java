package io.inferometer.report;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.record.batch.JobHistory.JobFile;
import io.inferometer.record.batch.JobState;
import io.inferometer.report.header.RunHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Is told what happens with a job of the Batch API, by one thread at a time. */
public interface JobListener {
    /**
     * A job is about to be sent, or gone on with.
     *
     * @param header of the run that makes its requests
     * @param file its requests
     */
    default void started(RunHeader header, JobFile file) {}

    /**
     * Something that the user should know, on one line.
     *
     * @param line without a line break at its end
     */
    default void told(String line) {}

    /**
     * The job was looked at.
     *
     * @param state what the endpoint told
     * @param elapsed since its requests began, by the looks at it; zero until then
     */
    default void looked(JobState state, Duration elapsed) {}

    /**
     * A result file was written.
     *
     * @param format which one
     * @param file where it is
     * @throws IOException if it can't be passed on
     */
    default void written(ResultFormat format, Path file) throws IOException {}

    /**
     * {@return several as one}
     *
     * @param listeners are told in their order
     */
    static JobListener all(List<JobListener> listeners) {
        return new JobListener() {
            @Override
            public void started(RunHeader header, JobFile file) {
                listeners.forEach(each -> each.started(header, file));
            }

            @Override
            public void told(String line) {
                listeners.forEach(each -> each.told(line));
            }

            @Override
            public void looked(JobState state, Duration elapsed) {
                listeners.forEach(each -> each.looked(state, elapsed));
            }

            @Override
            public void written(ResultFormat format, Path file) throws IOException {
                for (JobListener each : listeners) {
                    each.written(format, file);
                }
            }

            @Override
            public void ended(JobReport report) throws IOException {
                for (JobListener each : listeners) {
                    each.ended(report);
                }
            }
        };
    }

    /**
     * It is over, or left.
     *
     * @param report what it came to
     * @throws IOException if it can't be passed on
     */
    default void ended(JobReport report) throws IOException {}
}
