package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where each request is kept as it ends. */
public final class JournalOptions extends SettingOptions {
    @Option(
            order = 1,
            names = "--journal",
            paramLabel = "FILE",
            description = "Where each request is kept as it ends, for the report subcommand. Default: the first result"
                    + " file's name and .journal.jsonl.")
    void journal(String text) {
        give(Setting.JOURNAL, text);
    }

    @Option(order = 2, names = "--no-journal", description = "Keep no journal.")
    void noJournal(Boolean given) {
        give(Setting.NO_JOURNAL, given);
    }

    @Option(
            order = 3,
            names = "--resume",
            paramLabel = "JOURNAL",
            description =
                    "Go on with the interrupted run of a journal, in its forks too: send what it has no record of, and"
                            + " nothing twice. All else must be given as it was; --force replaces the result that the"
                            + " interrupted run wrote, and never the journal.")
    private String resume;

    /** An empty name, as of a variable that is not set, must not be taken for none. */
    @Override
    public void addTo(Options.Builder options) {
        super.addTo(options);
        if (resume != null) {
            if (resume.isBlank()) {
                throw new UsageException("--resume has no value");
            }
            options.resume(path(resume));
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new UsageException("--resume: there is no file " + file);
        }
    }
}
