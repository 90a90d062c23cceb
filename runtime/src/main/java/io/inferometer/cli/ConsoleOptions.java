package io.inferometer.cli;

import io.inferometer.plan.Plan.Verbosity;
import io.inferometer.plan.UsageException;
import io.inferometer.report.ConsoleReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where the text of a run goes, and how much of it there is. */
final class ConsoleOptions {
    @Option(names = "-o", paramLabel = "FILE", description = "Write the console's text to a file.")
    private String output = "";

    @Option(
            names = "-v",
            paramLabel = "MODE",
            description = "How much is told: SILENT, NORMAL, or EXTRA with each failed request and stack traces.")
    private String mode = Verbosity.NORMAL.name();

    Verbosity verbosity() {
        return Arrays.stream(Verbosity.values())
                .filter(verbosity -> verbosity.name().equals(mode.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("-v " + mode + " is none of SILENT, NORMAL, EXTRA"));
    }

    /** Opens what is written to; closing it leaves the process's own output open. */
    Sink open(CommandContext context, boolean force) {
        if (output.isEmpty()) {
            return new Sink(context.out(), context.terminal(), verbosity(), false);
        }
        try {
            OpenOption[] options = force
                    ? new OpenOption[] {
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING
                    }
                    : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
            OutputStream file = Files.newOutputStream(Path.of(output), options);
            return new Sink(new PrintStream(file, true, StandardCharsets.UTF_8), false, verbosity(), true);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("-o " + output + " exists; --force replaces it");
        } catch (NoSuchFileException e) {
            throw new UsageException("can't write -o " + output + ": there is no such directory");
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("can't write -o " + output + ": " + e.getMessage());
        }
    }

    /** Takes the text of a run. */
    record Sink(PrintStream out, boolean terminal, Verbosity verbosity, boolean owned) implements AutoCloseable {
        ConsoleReport report() {
            return new ConsoleReport(out, terminal, verbosity);
        }

        @Override
        public void close() {
            out.flush();
            if (owned) {
                out.close();
            }
        }
    }
}
