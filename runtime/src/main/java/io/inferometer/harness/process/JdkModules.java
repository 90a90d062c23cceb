package io.inferometer.harness.process;

import java.util.List;
import java.util.Optional;

/**
 * The modules of the JDK that a run needs. On the class path they are all there; a module path has those that somebody
 * requires, and a JDK made by jlink those that it was made of.
 */
public final class JdkModules {
    /** Without the last one the endpoints that are simulated here are slower, and signals are not handled. */
    private static final List<String> NEEDED = List.of("java.net.http", "jdk.management", "jdk.unsupported");

    private JdkModules() {}

    /** {@return what this JVM lacks, and what to do about it, on one line; empty where it lacks nothing} */
    public static Optional<String> complaint() {
        return complaint(NEEDED.stream()
                .filter(name -> ModuleLayer.boot().findModule(name).isEmpty())
                .toList());
    }

    static Optional<String> complaint(List<String> missing) {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("this JVM lacks " + String.join(", ", missing) + ": write "
                        + String.join(
                                " ",
                                missing.stream()
                                        .map(name -> "requires " + name + ";")
                                        .toList())
                        + " in module-info.java, or start java with --add-modules " + String.join(",", missing));
    }
}
