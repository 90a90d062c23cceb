package io.inferometer.cli.options;

import picocli.CommandLine.Option;

/** What every subcommand can tell of itself. */
public final class HelpOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;
}
