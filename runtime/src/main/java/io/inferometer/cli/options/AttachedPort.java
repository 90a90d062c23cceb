package io.inferometer.cli.options;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** A port that an option may have, behind {@code =} alone: the word that follows it is a workload's name. */
final class AttachedPort implements CommandLine.IParameterPreprocessor {
    private static final String PORT = "[0-9]{4,5}";

    @Override
    public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> told) {
        if (!" ".equals(told.get("separator"))) {
            return false;
        }
        if (!words.isEmpty() && words.peek().matches(PORT)) {
            throw new CommandLine.ParameterException(
                    command.commandLine(),
                    "--live " + words.peek() + ": its port stands behind a sign: --live=" + words.peek());
        }
        words.push("true");
        return false;
    }
}
