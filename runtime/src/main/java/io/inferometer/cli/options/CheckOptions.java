package io.inferometer.cli.options;

import picocli.CommandLine.Option;

/** What is looked at instead of running. */
public final class CheckOptions {
    @Option(
            names = "--check",
            description =
                    "Look whether the agents could run it: their jar, files, clocks and limits, and whether they reach"
                            + " the endpoint, which is sent nothing. Exit code 0 or 1.")
    private boolean agents;

    /** Whether it is looked whether agents could run it. */
    public boolean agents() {
        return agents;
    }
}
