package io.inferometer.cli;

import io.inferometer.harness.TokenCounting;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Planner;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows runs again from their journals. */
@Command(
        name = "report",
        sortOptions = false,
        customSynopsis = "java -jar JAR report [OPTION...] JOURNAL...",
        header = {
            "Computes the result of a run from its journal: the same as the run showed, also of one that was cut",
            "off, and in other formats.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  java -jar JAR report inferometer-20261121-101112.journal.jsonl -rf csv -rff requests.csv"
        })
final class ReportCommand implements Subcommand {
    @Parameters(arity = "1..*", paramLabel = "JOURNAL", description = "A journal; several are shown one by one.")
    private List<String> journals = new ArrayList<>();

    @Mixin(name = "Results")
    private ResultOptions results;

    @Mixin(name = "Console")
    private ConsoleOptions console;

    @Mixin
    private HelpOptions help;

    @Override
    public ExitCode run(CommandContext context) throws IOException {
        context.showStackTraces(console.verbosity() == Plan.Verbosity.EXTRA);
        Options.Builder options = Options.builder();
        results.addTo(options);
        List<Plan.ResultFile> files = Planner.results(options.build(), context.clock());
        if (journals.size() > 1 && !files.isEmpty()) {
            throw new UsageException("a result file holds one run, and there are " + journals.size()
                    + " journals; convert them one by one");
        }
        ExitCode exitCode = ExitCode.OK;
        try (ConsoleOptions.Sink sink = console.open(context, results.force())) {
            for (String journal : journals) {
                JournalReplay replay =
                        new JournalReplay(path(journal), sink.report(), files, results.force(), results.saveDetailed());
                replay.run(TokenCounting::of);
                if (replay.torn()) {
                    context.tell(journal + ": its last line was torn and is left out");
                }
                if (!replay.problems().isEmpty()) {
                    exitCode = ExitCode.FAILED;
                }
            }
        }
        return exitCode;
    }

    private static Path path(String journal) {
        try {
            return Path.of(journal);
        } catch (InvalidPathException e) {
            throw new UsageException("there is no journal " + journal);
        }
    }
}
