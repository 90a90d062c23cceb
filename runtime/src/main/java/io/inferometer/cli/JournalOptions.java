package io.inferometer.cli;

import io.inferometer.plan.Options;
import picocli.CommandLine.Option;

/** Where each request is kept as it ends. */
final class JournalOptions {
    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Where each request is kept as it ends, for the report subcommand. Default: the first result"
                    + " file's name and .journal.jsonl.")
    private String file = "";

    @Option(names = "--no-journal", description = "Keep no journal.")
    private boolean none;

    void addTo(Options.Builder options) {
        options.journal(file);
        if (none) {
            options.noJournal();
        }
    }
}
