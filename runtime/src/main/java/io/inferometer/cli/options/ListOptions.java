package io.inferometer.cli.options;

import io.inferometer.cli.CommandContext;
import io.inferometer.cli.Listing;
import java.util.List;
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

    /** Lists what was asked for; without anything the workloads. */
    public void print(CommandContext context, List<String> regexes) {
        Listing listing = new Listing(context.out());
        if (formats) {
            listing.formats();
        }
        if (workloads || params || !formats) {
            listing.workloads(context.workloads(), regexes, params);
        }
    }
}
