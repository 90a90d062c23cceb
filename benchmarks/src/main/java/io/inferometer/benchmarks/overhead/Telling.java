package io.inferometer.benchmarks.overhead;

import io.inferometer.cli.CommandContext;
import io.inferometer.harness.process.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells of a suite, once: at its end, or when the JVM is told to end before. Then that is told which was measured until
 * then, and the thread that measures has nothing more to say. For several threads.
 */
final class Telling {
    private final Machine machine;
    private final Results results;
    private final Optional<OverheadFile> format;
    private final Path file;
    private final CommandContext context;
    private boolean over;

    /** @param file where results go, in that format, if there is one */
    Telling(Machine machine, Results results, Optional<OverheadFile> format, Path file, CommandContext context) {
        this.machine = machine;
        this.results = results;
        this.format = format;
        this.file = file;
        this.context = context;
    }

    /** What is told of. */
    Results results() {
        return results;
    }

    /** Says what is about to be measured, and where. */
    void begin() {
        progress(machine.title());
        machine.warning().ifPresent(context::tell);
    }

    /** Says how far it is. */
    synchronized void progress(String what) {
        if (!over) {
            context.out().println("# " + what);
            context.out().flush();
        }
    }

    /** All has been measured: tells of it, and what it came to. */
    synchronized ExitCode end() throws IOException {
        if (over) {
            return ExitCode.INTERRUPTED;
        }
        tell();
        List<String> failures = results.failures();
        if (!failures.isEmpty()) {
            context.tell(failures.size() + " forks failed, the first: " + failures.get(0));
        }
        return failures.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** The JVM is about to end: tells what was measured until now. */
    synchronized void interrupted() {
        if (over) {
            return;
        }
        context.tell("interrupted; the figures are of what was measured until now");
        try {
            tell();
        } catch (IOException e) {
            context.tell("the result file " + file + " can't be written: " + e.getMessage());
        }
        context.out().flush();
    }

    private void tell() throws IOException {
        over = true;
        PrintStream out = context.out();
        List<Row> rows = results.rows();
        out.println();
        if (rows.isEmpty()) {
            out.println("Nothing was measured.");
            return;
        }
        OverheadTable.lines(rows).forEach(out::println);
        out.println();
        OverheadTable.notes(rows, results.failures()).forEach(out::println);
        List<String> beside = Beside.lines(rows);
        if (!beside.isEmpty()) {
            out.println();
            beside.forEach(out::println);
        }
        if (format.isPresent()) {
            Files.writeString(file, format.get().text(machine, results));
            out.println();
            out.println("Results: " + file);
        }
    }
}
