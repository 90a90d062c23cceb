package io.inferometer.report.header;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What tells a run's time zero to other runs. What is not known is empty, as in journals from before it was kept.
 *
 * @param bootId the start of the machine that its monotonic clock counts from; empty where the platform does not tell
 * @param wallNanos time zero in nanoseconds since 1970, by the machine's own wall clock
 * @param nanoTime time zero by {@link System#nanoTime}, which on Linux all processes of a machine share until it starts
 *     anew
 */
public record RunClock(String bootId, OptionalLong wallNanos, OptionalLong nanoTime) {
    /** Nothing is known. */
    public static final RunClock UNKNOWN = new RunClock("", OptionalLong.empty(), OptionalLong.empty());

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /**
     * {@return the clock of a run on this machine, whose time zero is then, by {@link System#nanoTime} of this JVM}
     *
     * @param nanoTime in nanoseconds
     */
    public static RunClock startingAt(long nanoTime) {
        Instant now = Instant.now();
        long since = System.nanoTime() - nanoTime;
        return new RunClock(
                readBootId(),
                OptionalLong.of(now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - since),
                OptionalLong.of(nanoTime));
    }

    private static String readBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * {@return how much later than another run's time zero this one's is, in nanoseconds: exact where one machine has run
     * both since its start, else as good as their wall clocks} Empty where that is not known.
     *
     * @param other of another run
     */
    public OptionalLong after(RunClock other) {
        if (sameMachine(other)) {
            return difference(nanoTime, other.nanoTime);
        }
        return difference(wallNanos, other.wallNanos);
    }

    /**
     * {@return whether both are known to be of one machine, since it was started}
     *
     * @param other of another run
     */
    public boolean sameMachine(RunClock other) {
        return !bootId.isEmpty() && bootId.equals(other.bootId);
    }

    private static OptionalLong difference(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() - other.getAsLong())
                : OptionalLong.empty();
    }
}
