package io.inferometer.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The script of fish: a line for each option, of all subcommands that have it alike. */
final class FishScript {
    private static final String HEAD = """
            # Completes the words of the command inferometer in fish. Written by: inferometer completion fish

            function __inferometer_in -d 'Whether the subcommand is one of these'
                set -l words (commandline -opc)
                set -l command %1$s
                if set -q words[2]; and contains -- $words[2] %2$s
                    set command $words[2]
                end
                contains -- $command $argv
            end

            function __inferometer_first -d 'Whether no word is written yet'
                test (count (commandline -opc)) -eq 1
            end

            complete -c inferometer -f
            """;

    private FishScript() {}

    static String of(List<OfferedCommand> commands) {
        List<String> names = commands.stream().map(OfferedCommand::name).toList();
        StringBuilder text = new StringBuilder(HEAD.formatted(names.get(0), String.join(" ", names)));
        Map<Offer, List<String>> operands = new LinkedHashMap<>();
        Map<OfferedOption, List<String>> options = new LinkedHashMap<>();
        for (OfferedCommand command : commands) {
            text.append("complete -c inferometer -n __inferometer_first -a ")
                    .append(quoted(command.name()))
                    .append(" -d ")
                    .append(quoted(command.summary()))
                    .append('\n');
            of(operands, command.operands()).add(command.name());
            command.options().forEach(option -> of(options, option).add(command.name()));
        }
        operands.forEach((offer, of) -> text.append(offered(of, offer)));
        options.forEach((option, of) -> text.append(line(of, option)));
        return text.toString();
    }

    private static <K> List<String> of(Map<K, List<String>> map, K key) {
        return map.computeIfAbsent(key, same -> new ArrayList<>());
    }

    private static String offered(List<String> commands, Offer offer) {
        return offer.equals(Offer.NOTHING) ? "" : condition(commands) + argument(offer) + '\n';
    }

    private static String line(List<String> commands, OfferedOption option) {
        String value = option.value()
                .map(offer -> " -r" + (offer.equals(Offer.NOTHING) ? " -f" : argument(offer)))
                .orElse("");
        return condition(commands)
                + option.names().stream().map(FishScript::name).collect(Collectors.joining())
                + value
                + " -d " + quoted(option.description()) + '\n';
    }

    private static String condition(List<String> commands) {
        return "complete -c inferometer -n " + quoted("__inferometer_in " + String.join(" ", commands));
    }

    private static String argument(Offer offer) {
        return offer.files() ? " -F" : " -f -a " + quoted(String.join(" ", offer.words()));
    }

    /** Fish tells a letter, a long name behind one dash and one behind two apart. */
    private static String name(String name) {
        if (name.startsWith("--")) {
            return " -l " + name.substring(2);
        }
        return (name.length() == 2 ? " -s " : " -o ") + name.substring(1);
    }

    private static String quoted(String word) {
        return '\'' + word.replace("\\", "\\\\").replace("'", "\\'") + '\'';
    }
}
