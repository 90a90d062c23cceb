package io.inferometer.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** What is listed instead of run. */
final class ListOptions {
    @Option(names = "-l", description = "List the workloads.")
    private boolean workloads;

    @Option(names = "-lp", description = "List the workloads with their parameters and variables.")
    private boolean params;

    @Option(names = "-lrf", description = "List the formats of result files.")
    private boolean formats;

    boolean asked() {
        return workloads || params || formats;
    }

    /** Lists what was asked for; without anything the workloads. */
    void print(CommandContext context, List<String> regexes) {
        Listing listing = new Listing(context.out());
        if (formats) {
            listing.formats();
        }
        if (workloads || params || !formats) {
            listing.workloads(context.workloads(), regexes, params);
        }
    }
}
