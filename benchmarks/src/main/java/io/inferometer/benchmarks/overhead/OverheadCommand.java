package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Children;
import io.inferometer.cli.CommandContext;
import io.inferometer.cli.Subcommand;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
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
            "against a local metronome, over both transports, beside the least that a JVM could do (\"limit\").",
            "Prints one table, with a goal beside each figure. Takes two minutes at the most; with --full about",
            "eight.",
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
            "Run it on a machine that does nothing else. Only ratios to the limit mean anything elsewhere.",
            "",
            "Examples:",
            "  java -jar JAR overhead",
            "  java -jar JAR overhead --full -rf json -rff overhead.json",
            "  java -jar JAR overhead --full 'streams-1000'"
        })
public final class OverheadCommand implements Subcommand {
    @Option(names = "--full", description = "Run all parts, with five iterations of each round trip.")
    private boolean full;

    @Option(names = "--list", description = "List the parts, and run none.")
    private boolean list;

    @Option(names = "-rf", paramLabel = "FORMAT", description = "Format of the result file: json, which is JMH's own.")
    private String format = "";

    @Option(names = "-rff", paramLabel = "FILE", description = "The result file. Default: overhead.json.")
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
        Path result = result();
        out.println("# Client overhead on Java " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name"));
        try (Children children = new Children()) {
            Suite suite = new Suite(children, what -> {
                out.println("# " + what);
                out.flush();
            });
            for (Part part : parts) {
                suite.run(part);
            }
            out.println();
            suite.table().lines().forEach(out::println);
            if (result != null) {
                try (PrintStream to = new PrintStream(Files.newOutputStream(result), false, StandardCharsets.UTF_8)) {
                    ResultFormatFactory.getInstance(ResultFormatType.JSON, to).writeOut(suite.results());
                }
                out.println();
                out.println("Results: " + result);
            }
        }
        return ExitCode.OK;
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

    /** Where results go, or null. */
    private Path result() {
        if (format.isEmpty() && file.isEmpty()) {
            return null;
        }
        if (!format.isEmpty() && !format.equals("json")) {
            throw new UsageException("-rf " + format + ": the one format of overhead is json");
        }
        Path path = Path.of(file.isEmpty() ? "overhead.json" : file);
        if (Files.exists(path) && !force) {
            throw new UsageException(
                    "the result file " + path + " exists already; --force replaces it, -rff FILE names" + " another");
        }
        if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw new UsageException("there is no directory for the result file " + path);
        }
        return path;
    }
}
