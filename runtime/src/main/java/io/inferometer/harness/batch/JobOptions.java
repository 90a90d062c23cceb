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

    /** A job of a workload, looked at every five seconds, to be completed within a day. */
    public static JobOptions of(Options options) {
        return new JobOptions(options, Optional.empty(), "24h", Duration.ofSeconds(5), "", false);
    }

    /** The same of a file of requests. */
    public JobOptions requestsFile(Path file) {
        return new JobOptions(options, Optional.of(file), completionWindow, poll, beside, cancelOnInterrupt);
    }

    /** The same within another time. */
    public JobOptions completionWindow(String window) {
        return new JobOptions(options, requestsFile, window, poll, beside, cancelOnInterrupt);
    }

    /** The same, looked at so often. */
    public JobOptions poll(Duration every) {
        return new JobOptions(options, requestsFile, completionWindow, every, beside, cancelOnInterrupt);
    }

    /** The same with a workload that is run before, during and after it, found by a part of its name. */
    public JobOptions beside(String regex) {
        return new JobOptions(options, requestsFile, completionWindow, poll, regex, cancelOnInterrupt);
    }

    /** The same, cancelled where the watch over it is interrupted. */
    public JobOptions cancelledOnInterrupt() {
        return new JobOptions(options, requestsFile, completionWindow, poll, beside, true);
    }
}
