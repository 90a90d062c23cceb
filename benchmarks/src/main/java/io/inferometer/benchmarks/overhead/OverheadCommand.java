package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Children;
import io.inferometer.cli.CommandContext;
import io.inferometer.cli.Subcommand;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures what the client itself costs on this machine, and prints it beside the limit and the goals. */
@Command(
        name = "overhead",
        sortOptions = false,
        customSynopsis = "java -jar JAR overhead [OPTION...] [PATTERN...]",
        header = {
            "Measures what the client itself costs on this machine: its parts by JMH, and the whole of it",
            "against a local metronome, over both transports, beside a bare selector loop that does the same",
            "job with next to nothing. Prints one table, with a goal beside each figure. Takes about five",
            "minutes; with --full about half an hour. Ctrl-C ends it, and what was measured is told.",
            ""
        },
        footer = {
            "",
            "The parts and their figures:",
            "  ...Benchmark     time and bytes of one part of the client; op is an event, a request, an arrival",
            "  streams-N        N streams of 100 events/s, released at once. The client overhead is the client's",
            "                   time less the server's, from sent; the lateness is all that is late, from",
            "                   released",
            "  launch-1000      1,000 short streams released at once",
            "  whole-answers    requests without streaming, one after the other in 64 slots",
            "  streams-5000     5,000 slow streams, for their memory",
            "  start            from the start of java to the first request",
            "",
            "Each client runs in five JVMs of its own or more (--forks), which take turns: bare jdk nio, nio jdk",
            "bare, and so on. A cell is the median of these forks and an interval that holds the median of all",
            "such forks, at a level that is printed; it tells how far the next run here may be from this one.",
            "A goal is met or missed where the whole interval is; else it is open, and more forks may tell.",
            "How late requests were sent, and how many failed or were not sent, is told of every job.",
            "Then nio is judged beside jdk, as the subcommand ab judges two sides: by pairs of forks that ran",
            "beside each other, with the difference and its 95 %% interval.",
            "Nothing proves the bare loop a limit: where a client is better beyond noise, that is said.",
            "",
            "Run it on a machine that does nothing else. Only ratios to the bare loop mean anything elsewhere.",
            "",
            "Examples:",
            "  java -jar JAR overhead",
            "  java -jar JAR overhead --full -rf json -rff overhead.json",
            "  java -jar JAR overhead --full --forks 8 streams-1000 -rf md"
        })
public final class OverheadCommand implements Subcommand {
    @Option(names = "--full", description = "Run all parts, with three iterations of each round trip.")
    private boolean full;

    @Option(names = "--list", description = "List the parts, and run none.")
    private boolean list;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "5",
            description = "JVMs of each client, 5 or more. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "-rf",
            paramLabel = "FORMAT",
            description = "Format of the result file: json, or md for a table in Markdown; both with n, interval and"
                    + " definition of every figure.")
    private String format = "";

    @Option(names = "-rff", paramLabel = "FILE", description = "The result file. Default: overhead.FORMAT.")
    private String file = "";

    @Option(names = "--force", description = "Replace the result file if it exists.")
    private boolean force;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Parameters(paramLabel = "PATTERN", description = "Regular expressions of the parts to run. Default: all.")
    private List<String> patterns = new ArrayList<>();

    @Override
    public String summary() {
        return "measure what the client itself costs";
    }

    @Override
    public ExitCode run(CommandContext context) throws IOException, InterruptedException {
        List<Part> parts = parts();
        PrintStream out = context.out();
        if (list) {
            parts.forEach(part -> out.println(part.name()));
            return ExitCode.OK;
        }
        if (forks < Sample.FEWEST) {
            throw new UsageException("--forks " + forks + ": there is no interval of fewer than " + Sample.FEWEST);
        }
        Telling telling = new Telling(Machine.here(), new Results(), format(), result(), context);
        telling.begin();
        try (Children children = new Children(telling::interrupted)) {
            new Suite(parts, forks, children, telling.results(), telling::progress).run();
        }
        return telling.end();
    }

    private List<Part> parts() {
        List<Part> all = full ? Part.all() : Part.some();
        List<Part> chosen = all.stream().filter(this::chosen).toList();
        if (chosen.isEmpty()) {
            throw new UsageException("no part matches " + String.join(" ", patterns) + "; there are "
                    + all.stream().map(Part::name).collect(Collectors.joining(", "))
                    + (full ? "" : ", and more with --full"));
        }
        return chosen;
    }

    private boolean chosen(Part part) {
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(
                                pattern -> pattern(pattern).matcher(part.name()).find());
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new UsageException("'" + text + "' is no regular expression: " + e.getDescription());
        }
    }

    private Optional<OverheadFile> format() {
        if (format.isEmpty()) {
            return file.isEmpty() ? Optional.empty() : Optional.of(OverheadFile.JSON);
        }
        return Optional.of(Arrays.stream(OverheadFile.values())
                .filter(known -> known.word().equals(format))
                .findFirst()
                .orElseThrow(() -> new UsageException("-rf " + format + ": the formats of overhead are json and md")));
    }

    private Path result() {
        Path path = Path.of(
                file.isEmpty() ? "overhead." + format().map(OverheadFile::word).orElse("") : file);
        if (format().isPresent()) {
            if (Files.exists(path) && !force) {
                throw new UsageException(
                        "the result file " + path + " exists already; --force replaces it, -rff FILE names another");
            }
            if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
                throw new UsageException("there is no directory for the result file " + path);
            }
        }
        return path;
    }
}
