package io.inferometer;

import io.inferometer.annotations.Setting;
import io.inferometer.cli.CommandContext;
import io.inferometer.cli.closing.Remedies;
import io.inferometer.cli.options.SettingOptions;
import io.inferometer.harness.PlanCheck;
import io.inferometer.harness.doctor.Doctor;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.report.finding.Findings;
import io.inferometer.report.header.RunHeader;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;

/** Looks at this machine and an endpoint for a program, as {@code doctor} does. */
final class Examination {
    private Examination() {}

    static Findings of(Options options) throws InterruptedException {
        refuseOthers(options);
        CommandContext process = CommandContext.ofProcess();
        Map<String, String> variables = options.variables();
        UnaryOperator<String> own = process.environment();
        UnaryOperator<String> environment = name -> variables.containsKey(name) ? variables.get(name) : own.apply(name);
        Plan plan = Doctor.plan(options, environment, process.clock());
        PlanCheck.check(plan);
        Doctor doctor = new Doctor(
                plan,
                environment,
                new Remedies(environment).ofAnswers(RunHeader.of(plan).trial(0)),
                Doctor.WATCHING,
                System::nanoTime,
                finding -> {});
        doctor.lookAtMachine();
        return doctor.lookAtEndpoint();
    }

    /** What the command line has no word for in {@code doctor} would be passed over here. */
    private static void refuseOthers(Options options) {
        CommandSpec endpoint = SettingOptions.endpoint();
        for (Setting setting : options.settings().keySet()) {
            if (!SettingOptions.has(endpoint, setting)) {
                throw new UsageException(
                        "doctor takes the options of an endpoint alone, and not " + Options.name(setting));
            }
        }
        if (!options.workloads().isEmpty()
                || !options.excludes().isEmpty()
                || !options.params().isEmpty()
                || !options.resume().isEmpty()) {
            throw new UsageException(
                    "doctor takes the options of an endpoint alone: no workload, no parameter, no journal");
        }
    }
}
