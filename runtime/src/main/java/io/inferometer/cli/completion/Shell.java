package io.inferometer.cli.completion;

import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The shells that can be told. */
public enum Shell {
    BASH(ShellFunctions::bash),
    ZSH(ShellFunctions::zsh),
    FISH(FishScript::of);

    private final Function<List<OfferedCommand>, String> writer;

    Shell(Function<List<OfferedCommand>, String> writer) {
        this.writer = writer;
    }

    /** What a command line calls it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All their words. */
    public static List<String> words() {
        return Stream.of(values()).map(Shell::word).toList();
    }

    /**
     * The script that completes the words of the command {@code inferometer}.
     *
     * @param commands the subcommands, each with what it does in a few words; the first is run where none is named
     */
    public String script(Map<CommandLine, String> commands, Collection<WorkloadDescriptor> workloads) {
        Offers offers = new Offers(workloads);
        return writer.apply(commands.entrySet().stream()
                .map(command -> offers.of(command.getKey(), command.getValue()))
                .toList());
    }
}
