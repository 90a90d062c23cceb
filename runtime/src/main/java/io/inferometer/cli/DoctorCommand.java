package io.inferometer.cli;

import io.inferometer.cli.closing.Remedies;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.doctor.Doctor;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.report.file.Replacement;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Findings;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.json.FindingsJson;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what stands in the way of a good number, before one is measured. */
@Command(
        name = "doctor",
        sortOptions = false,
        customSynopsis = "java -jar JAR doctor [OPTION...]",
        header = {
            "Looks at what of this machine and an endpoint stands in the way of a good number: open files and",
            "ports, processors and their clock, memory, proxies; addresses, the time to connect, TLS; and by",
            "three requests of at most 16 tokens of answer each, whether answers are streamed and their tokens",
            "counted, which limits of their length are honoured, and whether connections are kept. Each finding",
            "is a line: what it is, why that matters, what to do.",
            ""
        },
        footer = {
            "",
            "Without an endpoint a simulated one is asked, which costs nothing: that looks at this machine alone.",
            "--ready-timeout, --no-preflight, --server-metrics and --gpus are taken, as run has them, and do",
            "nothing here. What each finding means: docs/doctor.md.",
            "",
            "Examples:",
            "  java -jar JAR doctor",
            "  java -jar JAR doctor --base-url https://example.com --model m --api-key-env MY_KEY",
            "  java -jar JAR doctor --base-url http://localhost:8000 --model m -rf json -rff doctor.json",
            "",
            "Exit codes:",
            "  0    nothing stands in the way",
            "  1    something does",
            "  2    what was asked for can't be done; nothing was sent"
        })
final class DoctorCommand implements Subcommand {
    @Spec
    private CommandSpec command;

    @Mixin(name = "Endpoint")
    private final CommandSpec endpoint = SettingOptions.endpoint();

    @Option(
            names = "-rf",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "The format of the result file: json.")
    private String format = "";

    @Option(names = "-rff", paramLabel = "FILE", description = "The result file. Default: doctor.json.")
    private String file = "";

    @Option(names = "--force", description = "Replace the result file if it exists.")
    private boolean force;

    @Mixin
    private HelpOptions help;

    @Override
    public String summary() {
        return "tell what of this machine and an endpoint stands in the way of a good number";
    }

    @Override
    public ExitCode run(CommandContext context) throws Exception {
        Plan plan = plan(context);
        context.keep(plan.secrets(context.environment()));
        PlanCheck.check(plan);
        boolean written = !format.isEmpty() || !file.isEmpty();
        Path result = result(written);
        PrintStream out = context.out();
        TrialHeader trial = RunHeader.of(plan).trial(0);
        Doctor doctor = new Doctor(
                plan,
                context.environment(),
                new Remedies(context.environment()).ofAnswers(trial),
                Doctor.WATCHING,
                System::nanoTime,
                finding -> show(out, finding));
        out.println("This machine:");
        doctor.lookAtMachine();
        out.printf(
                "%nThe endpoint %s, asked at most %d requests of at most %d tokens of answer each:%n",
                trial.endpoint().url(), doctor.mostRequests(), Doctor.tokensOfEach());
        plan.notes().forEach(note -> out.println("  # Note: " + note));
        out.flush();
        Findings findings = doctor.lookAtEndpoint();
        out.println("\n" + closing(findings.inTheWay()));
        if (written) {
            Replacement.write(result, FindingsJson.bytes(findings), force);
        }
        return findings.ready() ? ExitCode.OK : ExitCode.FAILED;
    }

    private Plan plan(CommandContext context) {
        Options.Builder options = Options.of();
        SettingOptions.addTo(options, command);
        return Doctor.plan(options.build(), context.environment(), context.clock());
    }

    private static void show(PrintStream out, Finding finding) {
        out.printf("  %-10s  %s%n", finding.weight().word(), finding.line());
        out.flush();
    }

    private static String closing(List<Finding> inTheWay) {
        if (inTheWay.isEmpty()) {
            return "Nothing stands in the way.";
        }
        return (inTheWay.size() == 1 ? "1 thing stands" : inTheWay.size() + " things stand") + " in the way: "
                + inTheWay.stream()
                        .map(finding -> finding.subject().word())
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private Path result(boolean written) {
        if (!format.isEmpty() && !format.equals("json")) {
            throw new UsageException("-rf " + format + ": the format of doctor is json");
        }
        Path path = Path.of(file.isEmpty() ? "doctor.json" : file);
        if (written && Files.exists(path) && !force) {
            throw new UsageException(
                    "the result file " + path + " exists already; --force replaces it, -rff FILE names another");
        }
        if (written && !Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw new UsageException("there is no directory for the result file " + path);
        }
        return path;
    }

    /** What a shell offers for the format. */
    private static final class Formats extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Formats() {
            super(List.of("json"));
        }
    }
}
