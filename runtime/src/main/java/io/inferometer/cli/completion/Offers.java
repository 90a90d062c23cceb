package io.inferometer.cli.completion;

import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Finds what there is to offer: the options of subcommands as picocli knows them, and the workloads of a jar.
 *
 * <p>Picocli's own script for bash is not used: it knows values by the names that help has for them, of which several
 * options have the same, completes nothing behind {@code --option=}, and takes a subcommand's name for one wherever it
 * stands.
 */
final class Offers {
    private static final Set<String> FILES = Set.of("FILE", "JOURNAL", "DIR", "JAVA", "A", "B");
    private static final String WORKLOAD = "WORKLOAD";
    private static final String PARAM = "NAME=VALUE";

    private final List<String> workloads;
    private final List<String> params;

    Offers(Collection<WorkloadDescriptor> workloads) {
        this.workloads =
                workloads.stream().map(WorkloadDescriptor::name).distinct().toList();
        params = workloads.stream()
                .flatMap(workload -> workload.params().stream())
                .map(ParamSpec::name)
                .distinct()
                .map(name -> name + '=')
                .toList();
    }

    /** @param summary what the command does, in a few words */
    OfferedCommand of(CommandLine command, String summary) {
        List<OfferedOption> options = command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(this::option)
                .toList();
        Offer operands = command.getCommandSpec().positionalParameters().stream()
                .map(this::value)
                .filter(offer -> !offer.equals(Offer.NOTHING))
                .findFirst()
                .orElse(Offer.NOTHING);
        return new OfferedCommand(command.getCommandName(), summary, options, operands);
    }

    private OfferedOption option(OptionSpec option) {
        List<String> names = new ArrayList<>(List.of(option.names()));
        if (option.negatable()) {
            names.add(option.longestName().replaceFirst("^--", "--no-"));
        }
        boolean hasValue = option.arity().min() > 0;
        return new OfferedOption(
                names, sentence(option.description()), hasValue ? Optional.of(value(option)) : Optional.empty());
    }

    private Offer value(ArgSpec argument) {
        String label = argument.paramLabel();
        if (argument.completionCandidates() != null) {
            return Offer.of(StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                    .toList());
        }
        if (FILES.contains(label)) {
            return Offer.FILES;
        }
        if (label.equals(WORKLOAD)) {
            return Offer.of(workloads);
        }
        return label.startsWith(PARAM) ? Offer.of(params) : Offer.NOTHING;
    }

    /** The first one of a description, without what picocli reads in it. */
    private static String sentence(String[] description) {
        String text = String.join(" ", description).replace("%%", "%").replace("$$", "$");
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
