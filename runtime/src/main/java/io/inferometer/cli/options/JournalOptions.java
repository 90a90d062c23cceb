package io.inferometer.cli.options;

import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import picocli.CommandLine.Option;

/** Where each request is kept as it ends. */
public final class JournalOptions {
    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Where each request is kept as it ends, for the report subcommand. Default: the first result"
                    + " file's name and .journal.jsonl.")
    private String file;

    @Option(names = "--no-journal", description = "Keep no journal.")
    private boolean none;

    @Option(
            names = "--resume",
            paramLabel = "JOURNAL",
            description =
                    "Go on with the interrupted run of a journal, in its forks too: send what it has no record of, and"
                            + " nothing twice. All else must be given as it was; --force replaces the result that the"
                            + " interrupted run wrote, and never the journal.")
    private String resume;

    public void addTo(Options.Builder options) {
        if (file != null) {
            options.journal(given("--journal", file));
        }
        if (resume != null) {
            options.resume(given("--resume", resume));
        }
        if (none) {
            options.noJournal();
        }
    }

    /** An empty name, as of a variable that is not set, must not be taken for none. */
    private static String given(String option, String name) {
        if (name.isBlank()) {
            throw new UsageException(option + " has no value");
        }
        return name;
    }
}
