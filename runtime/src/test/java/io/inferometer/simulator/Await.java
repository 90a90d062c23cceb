package io.inferometer.simulator;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what will surely come to be. */
public final class Await {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    private Await() {}

    /** Returns when the condition holds, and fails if it does not within half a minute. */
    public static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("waited in vain");
            }
            // What is waited for may need the processor.
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
