package io.inferometer.simulator;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what will surely come to be. */
public final class Await {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private Await() {}

    /** Returns when the condition holds, and fails if it does not within half a minute. */
    public static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("waited in vain");
            }
            Thread.onSpinWait();
        }
    }
}
