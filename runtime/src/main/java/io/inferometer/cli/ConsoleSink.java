package io.inferometer.cli;

import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.console.page.Screen;
import io.inferometer.stats.dialect.Dialect;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes the text of a run.
 *
 * @param file what it writes to; empty where no file takes it
 */
public record ConsoleSink(ConsoleReport report, PrintStream out, Optional<Path> file) implements AutoCloseable {
    /**
     * Opens what is written to; closing it leaves what takes the text where there is no file open.
     *
     * @param console what the plan says of the console
     * @param otherwise takes the text where no file does; the file's is laid out for the same width
     * @param force whether a file that exists is replaced
     * @return it, to be closed
     * @throws UsageException where it can't be
     */
    public static ConsoleSink open(Plan.Console console, Screen otherwise, boolean force) {
        List<Dialect> dialects =
                console.dialects().stream().map(ConsoleSink::dialect).distinct().toList();
        Screen screen = console.output()
                .map(file -> new Screen(open(file, force), false, otherwise.page()))
                .orElse(otherwise);
        return new ConsoleSink(
                new ConsoleReport(screen, console.verbosity(), dialects), screen.out(), console.output());
    }

    private static Dialect dialect(String name) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("--dialect " + name + " is none of "
                        + Arrays.stream(Dialect.values()).map(Dialect::label).collect(Collectors.joining(", "))));
    }

    private static PrintStream open(Path file, boolean force) {
        OpenOption[] options = force
                ? new OpenOption[] {
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            return new PrintStream(Files.newOutputStream(file, options), true, StandardCharsets.UTF_8);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("-o " + file + " exists; --force replaces it");
        } catch (NoSuchFileException e) {
            throw new UsageException("can't write -o " + file + ": there is no such directory");
        } catch (IOException e) {
            throw new UsageException("can't write -o " + file + ": " + e.getMessage());
        }
    }

    /** @throws IOException where the file has not taken all of it */
    @Override
    public void close() throws IOException {
        boolean broken = out.checkError();
        if (file.isPresent()) {
            out.close();
            if (broken) {
                throw new IOException("can't write -o " + file.get() + ", which lacks a part; is the disk full?");
            }
        }
    }
}
