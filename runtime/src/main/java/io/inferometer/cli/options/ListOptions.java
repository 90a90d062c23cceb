package io.inferometer.cli.options;

import picocli.CommandLine.Option;

/** What is listed instead of run. */
public final class ListOptions {
    @Option(names = "-l", description = "List the workloads.")
    private boolean workloads;

    @Option(names = "-lp", description = "List the workloads with their parameters and variables.")
    private boolean params;

    @Option(names = "-lrf", description = "List the formats of result files.")
    private boolean formats;

    public boolean asked() {
        return workloads || params || formats;
    }

    /** Whether the formats of result files are listed. */
    public boolean formats() {
        return formats;
    }

    /** Whether workloads are listed: also where nothing was asked for. */
    public boolean workloads() {
        return workloads || params || !formats;
    }

    /** Whether they are listed with their parameters and variables. */
    public boolean params() {
        return params;
    }
}
