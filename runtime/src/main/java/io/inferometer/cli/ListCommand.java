package io.inferometer.cli;

import io.inferometer.cli.options.HelpOptions;
import io.inferometer.cli.options.ListOptions;
import io.inferometer.harness.process.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what there is. */
@Command(
        name = "list",
        sortOptions = false,
        customSynopsis = "java -jar JAR list [OPTION...] [WORKLOAD...]",
        header = {"Lists the workloads of this jar.", ""})
final class ListCommand implements Subcommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "WORKLOAD",
            description = "A regular expression that finds workloads by a part of their names. Without any all are"
                    + " listed.")
    private List<String> workloads = new ArrayList<>();

    @Mixin
    private ListOptions list;

    @Mixin
    private HelpOptions help;

    @Override
    public String summary() {
        return "list the workloads of this jar, their parameters and variables";
    }

    @Override
    public ExitCode run(CommandContext context) {
        new Listing(context.out()).print(list, context.workloads(), workloads);
        return ExitCode.OK;
    }
}
