package io.inferometer.cli;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.cli.options.GateOptions;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.ab.AbPlanner;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.RunReport;
import io.inferometer.report.compare.Gates;
import io.inferometer.report.compare.Judged;
import io.inferometer.report.compare.SheetReport;
import io.inferometer.report.compare.Side;
import io.inferometer.report.compare.Unlike;
import io.inferometer.report.file.Destination;
import io.inferometer.report.gate.Sheet;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.html.HtmlPage;
import io.inferometer.report.output.ResultFiles;
import io.inferometer.workload.Objective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges whether one run is worse than another, and makes it an exit code. */
@Command(
        name = "compare",
        sortOptions = false,
        customSynopsis = "java -jar JAR compare [OPTION...] A [B]",
        header = {
            "Tells a regression from noise: judges run B beside run A, from their journals, from results as json,",
            "or from results of other tools. A side is a file, or several with commas between, whose forks are",
            "taken together; it takes three forks or more. Their means are compared by Welch's test, and all",
            "figures together by Holm's procedure, so that no more than one in twenty comparisons of a thing with",
            "itself finds it worse, but for drift between the times at which the sides ran.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 where it is proven that no figure is worse by its margin; 5 where one is, and not by",
            "chance; 6 where neither can be told; 1 where a file could not be written; 2 where the sides can't",
            "be compared. Nothing is a pass by default.",
            "",
            "Examples:",
            "  java -jar JAR compare monday.journal.jsonl tuesday.journal.jsonl",
            "  java -jar JAR compare a1.json,a2.json,a3.json b1.json,b2.json,b3.json --gate 'tpot.p50 3%%'",
            "  java -jar JAR compare base.journal.jsonl new.journal.jsonl -rf junit -rff gates.xml"
        })
final class CompareCommand implements Subcommand {
    private static final Set<ResultFormat> FORMATS =
            EnumSet.of(ResultFormat.JUNIT, ResultFormat.MARKDOWN, ResultFormat.HTML);

    @Parameters(
            index = "0",
            paramLabel = "A",
            description =
                    "What is compared with: a file, or several: a1,a2,a3; of a journal of ab a side: FILE#a, FILE#b.")
    private String a = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "What is judged. Without it A is a journal of ab, whose pairs of forks are judged.")
    private String b = "";

    @Mixin
    private GateOptions judged;

    @Spec
    private CommandSpec command;

    @Mixin
    private final CommandSpec figures = SettingOptions.objective();

    @Mixin(name = "Results")
    private final CommandSpec results = SettingOptions.sheets();

    @Mixin(name = "Console")
    private final CommandSpec console = SettingOptions.without(SettingOptions.console(), Setting.DIALECT);

    @Mixin
    private HelpOptions help;

    @Override
    public String summary() {
        return "judge whether one run is worse than another: an exit code";
    }

    @Override
    public ExitCode run(CommandContext context) throws IOException {
        Options.Builder given = Options.of();
        SettingOptions.addTo(given, command);
        Options options = given.build();
        Plan.Console told = Planner.console(options);
        context.showStackTraces(told.verbosity() == Plan.Verbosity.EXTRA);
        Gates gates = new Gates(
                AbPlanner.gates(judged.gates(), judged.margin()),
                !judged.gates().isBlank(),
                judged.equivalent(),
                false);
        Set<String> allowed = new HashSet<>(judged.allowed());
        List<Plan.ResultFile> wanted = Planner.results(options, context.clock());
        checkFormats(wanted);
        Optional<Objective> objective = Planner.objective(options);
        SideReader reader = new SideReader(context, gates.gates(), objective);
        Judging judging = b.isEmpty() ? pairs(reader, gates, allowed) : sides(reader, gates, allowed);
        Sheet sheet = judging.sheet();
        boolean force = options.flag(Setting.FORCE);
        new ResultFiles(wanted, judging.header(), force, false).check();
        try (ConsoleSink sink = ConsoleSink.open(told, context.screen(), force)) {
            sink.report().show(sheet);
            for (Plan.ResultFile file : wanted) {
                Destination destination = new Destination(file, trial -> file.path(), force);
                if (file.format() == ResultFormat.HTML) {
                    page(sheet, reader, judging.sides()).write(destination);
                } else {
                    SheetReport.write(destination, sheet);
                }
                sink.report().written(file.format(), file.path());
            }
        }
        return exitCode(sheet);
    }

    private static HtmlPage page(Sheet sheet, SideReader reader, List<Side> sides) {
        HtmlPage page = new HtmlPage(sheet.title()).judged(sheet);
        for (Side side : sides) {
            List<RunReport> runs = side.runs();
            for (int i = 0; i < runs.size(); i++) {
                String name = runs.size() == 1 ? side.name() : side.name() + (i + 1);
                page.run(name, runs.get(i), reader.course(runs.get(i)));
            }
        }
        return page;
    }

    /** What was judged, and what came of it. */
    private record Judging(List<Side> sides, Sheet sheet) {
        RunHeader header() {
            return sides.get(0).runs().get(0).header();
        }
    }

    private Judging sides(SideReader reader, Gates gates, Set<String> allowed) throws IOException {
        Side first = reader.read("A", a);
        Side second = reader.read("B", b);
        List<String> notes = notes(first, second, allowed);
        Gates.tooFew(first, second).ifPresent(CompareCommand::refuse);
        try {
            return new Judging(List.of(first, second), gates.judge(first, second, List.of(), notes));
        } catch (IllegalArgumentException e) {
            throw new UsageException("A and B can't be judged: " + e.getMessage());
        }
    }

    /** By its own gates, unless others are named. */
    private Judging pairs(SideReader reader, Gates gates, Set<String> allowed) throws IOException {
        RunReport run = reader.pairs(a)
                .orElseThrow(() ->
                        new UsageException("B is missing: " + a + " is no journal of ab, which holds both sides"));
        Plan.Beside own = run.header().judged().beside().orElseThrow();
        boolean named = gates.named() || !judged.margin().isEmpty();
        Set<String> free = new HashSet<>(own.allowed());
        free.addAll(allowed);
        Plan.Beside beside = new Plan.Beside(
                named ? gates.gates() : own.gates(),
                named ? gates.named() : own.named(),
                gates.equivalent() || own.equivalent(),
                List.copyOf(free),
                own.differences());
        try {
            return new Judging(List.of(new Side("", List.of(run))), Judged.pairs(run, beside));
        } catch (IllegalArgumentException e) {
            throw new UsageException("A and B can't be judged: " + e.getMessage());
        }
    }

    static ExitCode exitCode(Sheet sheet) {
        return switch (sheet.result()) {
            case PASS -> ExitCode.OK;
            case FAIL -> ExitCode.REGRESSION;
            case UNCLEAR -> ExitCode.UNCLEAR;
        };
    }

    private static void checkFormats(List<Plan.ResultFile> wanted) {
        for (Plan.ResultFile file : wanted) {
            if (!FORMATS.contains(file.format())) {
                throw new UsageException("what is judged is written as -rf junit, markdown or html");
            }
        }
    }

    /** What is not alike, and was allowed to be. */
    private List<String> notes(Side first, Side second, Set<String> allowed) {
        Unlike.trials(first, second).ifPresent(CompareCommand::refuse);
        List<String> notes = new ArrayList<>();
        notes.add("drift not controlled: the sides ran at different times, and what changed between these is in the"
                + " difference");
        for (Unlike.Difference difference : Unlike.of(first, second)) {
            if (!allowed.contains(difference.field())) {
                refuse(difference.field() + ": " + difference.text() + "; --allow-unlike " + difference.field()
                        + " judges all the same");
            }
            notes.add("unlike, as allowed: " + difference.field() + ": " + difference.text());
        }
        return notes;
    }

    private static void refuse(String reason) {
        throw new UsageException("A and B can't be judged: " + reason);
    }
}
