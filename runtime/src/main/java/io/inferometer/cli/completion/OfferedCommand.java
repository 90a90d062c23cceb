package io.inferometer.cli.completion;

import java.util.List;

/**
 * A subcommand as a shell knows it.
 *
 * @param summary what it does, in a few words
 * @param options those that a help shows
 * @param operands what is offered where a word is no option's
 */
record OfferedCommand(String name, String summary, List<OfferedOption> options, Offer operands) {
    OfferedCommand {
        options = List.copyOf(options);
    }

    /** The names of all options. */
    List<String> optionNames() {
        return options.stream().flatMap(option -> option.names().stream()).toList();
    }
}
