package io.inferometer.benchmarks.overhead;

import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Where it was measured.
 *
 * @param java the version of the JVM
 * @param os the system
 * @param processors how many it has
 * @param load the system's load average before anything was measured; negative where the system tells none
 */
record Machine(String java, String os, int processors, double load) {
    private static final double QUIET = 0.25;

    /** This one, now. */
    static Machine here() {
        return new Machine(
                Runtime.version().toString(),
                System.getProperty("os.name"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** What is measured, and where. */
    String title() {
        return "Client overhead on Java " + java + ", " + processors + " processors, " + os;
    }

    /** What speaks against measuring here and now. */
    Optional<String> warning() {
        return load > QUIET * processors
                ? Optional.of("the machine's load is " + Goal.number(load) + " on " + processors
                        + " processors before anything is measured: times will be too long, and intervals wide")
                : Optional.empty();
    }
}
