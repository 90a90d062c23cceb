package io.inferometer.instrument;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Keeps the JVM's optimising compiler (HotSpot's C2) for what an event costs, its decoding and its stamps, and leaves the rest
 * to the quick one (C1).
 *
 * <p>C2 works for seconds, on the processors that the client measures with, and goes on in measured iterations: requests that
 * are made, records, the journal. C1 is done at once, and what it makes of them is as good as unnoticed there. {@code java -jar}
 * can't take this from the jar, so it is asked of the running JVM, by HotSpot's compiler directives. A JVM that was told how to
 * compile, or that knows no directives, is left as it is.
 */
public final class Compilation {
    private static final String DIRECTIVES = """
            [{match: ["io/inferometer/endpoint/protocol/*.*", "io/inferometer/record/RequestTimeline.*",
                      "io/inferometer/record/AnswerText.*", "io/inferometer/record/EventTimes.*"], c2: {Exclude: false}},
             {match: ["*.*"], c2: {Exclude: true}}]
            """;
    /** What of a command line says how to compile. */
    private static final List<String> SAID = List.of(
            "-Xint",
            "-Xcomp",
            "-XX:TieredStopAtLevel",
            "-XX:+TieredCompilation",
            "-XX:-TieredCompilation",
            "-XX:CompilationMode",
            "-XX:CompileCommand",
            "-XX:CompilerDirectivesFile");

    private static volatile boolean lean;

    private Compilation() {}

    /** Asks it of this JVM, once: for a process that is the client's own. */
    public static synchronized void beLean() {
        if (lean
                || ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .anyMatch(Compilation::says)) {
            return;
        }
        try {
            Path file = Files.createTempFile("inferometer", ".directives");
            try {
                Files.writeString(file, DIRECTIVES);
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {file.toString()}},
                                new String[] {String[].class.getName()});
                lean = true;
            } finally {
                Files.delete(file);
            }
        } catch (JMException | IOException e) {
            // Another JVM, or no place for a file: it compiles in its own way, and the header doesn't say otherwise.
        }
    }

    /** {@return whether this JVM was asked} */
    public static boolean isLean() {
        return lean;
    }

    private static boolean says(String argument) {
        return SAID.stream().anyMatch(argument::startsWith);
    }
}
