package io.inferometer.harness.doctor;

import io.inferometer.instrument.Health;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What this JVM is like.
 *
 * @param files the files and sockets of this process
 * @param processors how many it may use
 * @param heapBytes how large its heap may grow
 * @param version which one it is
 * @param options what it was started with
 * @param clockNanos what a reading of the clock takes
 */
record Jvm(
        Health.Descriptors files,
        int processors,
        long heapBytes,
        Runtime.Version version,
        List<String> options,
        double clockNanos) {
    private static final int READINGS = 20_000;
    private static final int ROUNDS = 10;

    /** This one, now. Reads the clock some 200,000 times, which takes milliseconds. */
    static Jvm here() {
        return new Jvm(
                Health.Descriptors.ofThisProcess(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                Runtime.version(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                reading());
    }

    /** The least of a few means: what disturbs can only make one longer. */
    private static double reading() {
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long last = start;
            for (int i = 0; i < READINGS; i++) {
                last = System.nanoTime();
            }
            least = Math.min(least, (last - start) / (double) READINGS);
        }
        return least;
    }
}
