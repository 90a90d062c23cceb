package io.inferometer.cli.options;

import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes the next word for the value of an option, whatever it looks like: one that holds options begins as one does. */
public final class OneWord implements CommandLine.IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        String name = ((OptionSpec) option).names()[0];
        CommandLine line = command.commandLine();
        if (words.isEmpty()) {
            throw new CommandLine.MissingParameterException(line, option, name + " needs a value");
        }
        String given = option.getValue();
        if (!given.isEmpty()) {
            throw new CommandLine.OverwrittenOptionException(line, option, name + " is given twice");
        }
        option.setValue(words.pop());
    }
}
