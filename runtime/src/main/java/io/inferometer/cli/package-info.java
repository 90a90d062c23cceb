/**
 * The command line.
 *
 * <p>{@link io.inferometer.cli.Main} finds the subcommand by the first word, {@code run} where there is none, has picocli
 * read the options, and turns whatever comes of it into one line on standard error and an exit status. Options that give
 * settings stay text: {@link io.inferometer.plan.resolve.Planner} reads them beside the environment's. A stack trace is for
 * {@code -v EXTRA}, and a key for nobody.
 *
 * <p>Everything that a command finds around it, the environment, the clock, the streams, is in its
 * {@link io.inferometer.cli.CommandContext}; {@code Main.main} alone asks the process for it.
 */
package io.inferometer.cli;
