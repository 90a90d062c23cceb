package io.inferometer.cli;

import io.inferometer.cli.completion.Shell;
import io.inferometer.cli.options.HelpOptions;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete the words of a command line. */
@Command(
        name = "completion",
        sortOptions = false,
        customSynopsis = "java -jar JAR completion bash|zsh|fish",
        header = {
            "Prints a script with which a shell completes the words of the command inferometer: subcommands,",
            "options and their values, the workloads of this jar and their parameters. The script is as the jar",
            "is now; print it anew when that has changed.",
            ""
        },
        footer = {
            "",
            "The command is a file on the PATH that calls java, such as",
            "  printf '#!/bin/sh\\nexec java -jar /path/of/JAR \"$@\"\\n' > ~/.local/bin/inferometer",
            "  chmod +x ~/.local/bin/inferometer",
            "",
            "Examples:",
            "  inferometer completion bash > ~/.local/share/bash-completion/completions/inferometer",
            "  inferometer completion zsh > ~/.zfunc/_inferometer      (a directory of fpath, before compinit)",
            "  inferometer completion fish > ~/.config/fish/completions/inferometer.fish"
        })
final class CompletionCommand implements Subcommand {
    private final Collection<CommandLine> commands;

    @Parameters(
            paramLabel = "SHELL",
            completionCandidates = Shells.class,
            description = "The shell: ${COMPLETION-CANDIDATES}.")
    private String shell = "";

    @Mixin
    private HelpOptions help;

    /** @param commands all of them, which may still become more; the first is run where none is named */
    CompletionCommand(Collection<CommandLine> commands) {
        this.commands = commands;
    }

    @Override
    public String summary() {
        return "print a script that completes command lines in bash, zsh or fish";
    }

    @Override
    public ExitCode run(CommandContext context) {
        Shell chosen = Stream.of(Shell.values())
                .filter(known -> known.word().equals(shell))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "completion " + shell + ": the shells are " + String.join(", ", Shell.words())));
        Map<CommandLine, String> summaries = new LinkedHashMap<>();
        commands.forEach(command ->
                summaries.put(command, command.<Subcommand>getCommand().summary()));
        List<WorkloadDescriptor> workloads = context.workloads().working().stream()
                .<WorkloadDescriptor>map(WorkloadBinding::descriptor)
                .toList();
        context.out().print(chosen.script(summaries, workloads));
        return ExitCode.OK;
    }

    /** What picocli tells of the operand. */
    private static final class Shells extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Shells() {
            super(Shell.words());
        }
    }
}
