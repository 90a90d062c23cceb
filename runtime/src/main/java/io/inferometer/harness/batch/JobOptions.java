package io.inferometer.harness.batch;

import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of a job of the Batch API: {@code JobOptions.of(Options.of("Hello").baseUrl(url).requests(500).build())}.
 *
 * @param options its workload, its endpoint and its files; load and extent are those of the workload beside it
 * @param requestsFile the file with its requests, in place of a workload's; empty for those of the workload
 * @param completionWindow within which the endpoint is to complete it, in the endpoint's words
 * @param poll how long it is left alone between two looks at it
 * @param beside finds the workload that is run before, during and after it, by a part of its name; empty for none
 * @param cancelOnInterrupt whether it is cancelled where the watch over it is interrupted
 */
public record JobOptions(
        Options options,
        Optional<Path> requestsFile,
        String completionWindow,
        Duration poll,
        String beside,
        boolean cancelOnInterrupt) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * Checks that a job can be like that.
     *
     * @param options as of the record, not null
     * @param requestsFile as of the record
     * @param completionWindow as of the record
     * @param poll as of the record
     * @param beside as of the record, not null
     * @param cancelOnInterrupt as of the record
     */
    public JobOptions {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(beside, "beside");
        if (completionWindow.isBlank()) {
            throw new UsageException("--completion-window has no value");
        }
        if (poll.compareTo(SHORTEST) < 0 || poll.compareTo(LONGEST) > 0) {
            throw new UsageException("--poll is from 10ms to 1h");
        }
    }

    /**
     * {@return a job of a workload, looked at every five seconds, to be completed within a day}
     *
     * @param options of {@code run}: the workload and how its requests are made
     */
    public static JobOptions of(Options options) {
        return new JobOptions(options, Optional.empty(), "24h", Duration.ofSeconds(5), "", false);
    }

    /**
     * {@return the same of a file of requests}
     *
     * @param file JSON lines, a request each, as the Batch API takes them
     */
    public JobOptions requestsFile(Path file) {
        return new JobOptions(options, Optional.of(file), completionWindow, poll, beside, cancelOnInterrupt);
    }

    /**
     * {@return the same within another time}
     *
     * @param window in the endpoint's words, {@code 24h}
     */
    public JobOptions completionWindow(String window) {
        return new JobOptions(options, requestsFile, window, poll, beside, cancelOnInterrupt);
    }

    /**
     * {@return the same, looked at so often}
     *
     * @param every above zero
     */
    public JobOptions poll(Duration every) {
        return new JobOptions(options, requestsFile, completionWindow, every, beside, cancelOnInterrupt);
    }

    /**
     * {@return the same with a workload that is run before, during and after it, found by a part of its name}
     *
     * @param regex found in the name of one workload alone
     */
    public JobOptions beside(String regex) {
        return new JobOptions(options, requestsFile, completionWindow, poll, regex, cancelOnInterrupt);
    }

    /** {@return the same, cancelled where the watch over it is interrupted} */
    public JobOptions cancelledOnInterrupt() {
        return new JobOptions(options, requestsFile, completionWindow, poll, beside, true);
    }
}
