package io.inferometer.cli.options;

import io.inferometer.cli.CommandContext;
import io.inferometer.plan.Plan.Verbosity;
import io.inferometer.plan.UsageException;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.stats.Dialect;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where the text of a run goes, and how much of it there is. */
public final class ConsoleOptions {
    @Option(names = "-o", paramLabel = "FILE", description = "Write the console's text to a file.")
    private String output = "";

    @Option(
            names = "-v",
            paramLabel = "MODE",
            description = "How much is told: SILENT, NORMAL, or EXTRA with each failed request and stack traces.")
    private String mode = Verbosity.NORMAL.name();

    @Option(
            names = "--dialect",
            paramLabel = "NAME[,NAME...]",
            hideParamSyntax = true,
            split = ",",
            description = "Tell the run in other tools' words too: vllm, bench_serving, guidellm, aiperf.")
    private List<String> dialects = new ArrayList<>();

    private List<Dialect> dialects() {
        return dialects.stream()
                .map(String::strip)
                .map(ConsoleOptions::dialect)
                .distinct()
                .toList();
    }

    private static Dialect dialect(String name) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("--dialect " + name + " is none of "
                        + Arrays.stream(Dialect.values()).map(Dialect::label).collect(Collectors.joining(", "))));
    }

    /** Whether the run is to be told in other tools' words. */
    public boolean inDialects() {
        return !dialects().isEmpty();
    }

    public Verbosity verbosity() {
        return Arrays.stream(Verbosity.values())
                .filter(verbosity -> verbosity.name().equals(mode.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("-v " + mode + " is none of SILENT, NORMAL, EXTRA"));
    }

    /** Opens what is written to; closing it leaves the process's own output open. */
    public Sink open(CommandContext context, boolean force) {
        List<Dialect> told = dialects();
        if (output.isEmpty()) {
            return new Sink(context.out(), context.terminal(), verbosity(), told, "");
        }
        try {
            OpenOption[] options = force
                    ? new OpenOption[] {
                        StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING
                    }
                    : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
            OutputStream file = Files.newOutputStream(Path.of(output), options);
            return new Sink(new PrintStream(file, true, StandardCharsets.UTF_8), false, verbosity(), told, output);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("-o " + output + " exists; --force replaces it");
        } catch (NoSuchFileException e) {
            throw new UsageException("can't write -o " + output + ": there is no such directory");
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("can't write -o " + output + ": " + e.getMessage());
        }
    }

    /**
     * Takes the text of a run.
     *
     * @param file what it writes to; empty for the process's own output
     */
    public record Sink(PrintStream out, boolean terminal, Verbosity verbosity, List<Dialect> dialects, String file)
            implements AutoCloseable {
        public ConsoleReport report() {
            return new ConsoleReport(out, terminal, verbosity, dialects);
        }

        /** @throws IOException where the file has not taken all of it */
        @Override
        public void close() throws IOException {
            boolean broken = out.checkError();
            if (!file.isEmpty()) {
                out.close();
                if (broken) {
                    throw new IOException("can't write -o " + file + ", which lacks a part; is the disk full?");
                }
            }
        }
    }
}
