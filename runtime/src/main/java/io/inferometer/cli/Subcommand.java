package io.inferometer.cli;

import io.inferometer.harness.process.ExitCode;

/**
 * What the first word of a command line names. A jar adds one by a class with picocli's {@code @Command} that is listed
 * as a service of this type.
 */
public interface Subcommand {
    /** {@return what it does, in a few words for the list of subcommands} */
    String summary();

    /**
     * Does it; the options and operands have been set.
     *
     * @param context what it has of its process
     * @return what the process ends with
     * @throws io.inferometer.plan.UsageException if what was asked for can't be done
     * @throws Exception if it failed; the message is shown on one line
     */
    ExitCode run(CommandContext context) throws Exception;
}
