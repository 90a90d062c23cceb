package io.inferometer.workload.binding;

import java.util.List;
import java.util.Objects;

/**
 * The client JVMs that a trial runs in, one after the other, each fresh.
 *
 * @param count how many; 0 for none but the harness's own
 * @param jvm the java command, or the home of a JDK; empty for that of the harness
 * @param jvmArgs the options of these JVMs; empty for those of the harness
 */
public record Forks(int count, String jvm, List<String> jvmArgs) {
    /** The harness's own JVM alone. */
    public static final Forks NONE = new Forks(0, "", List.of());

    /**
     * Copies what it is given, and checks it.
     *
     * @param count as of the record
     * @param jvm as of the record
     * @param jvmArgs copied
     */
    public Forks {
        Objects.requireNonNull(jvm, "jvm");
        jvmArgs = List.copyOf(jvmArgs);
        if (count < 0) {
            throw new IllegalArgumentException("there are no " + count + " forks");
        }
    }

    /**
     * {@return the same JVMs in another number}
     *
     * @param number how many, 0 or more
     */
    public Forks times(int number) {
        return new Forks(number, jvm, jvmArgs);
    }

    /** {@return in how many JVMs a trial runs: 1 where that is the harness's own} */
    public int jvms() {
        return Math.max(1, count);
    }
}
