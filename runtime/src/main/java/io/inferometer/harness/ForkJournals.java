package io.inferometer.harness;

import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The journals of a run's forks: beside its own, or where files of no account go if it keeps none. */
final class ForkJournals {
    private static final String JOURNAL = ".journal.jsonl";

    private final Plan plan;

    ForkJournals(Plan plan) {
        this.plan = plan;
    }

    /**
     * Deletes what a fork of a run that was killed has left: it would be read as if this run's fork had written it.
     *
     * @throws UsageException if there is such a file, and the user did not allow to replace files
     */
    void makeRoom() throws IOException {
        int most = plan.trials().stream()
                .mapToInt(trial -> trial.forks().count())
                .max()
                .orElse(0);
        for (int fork = 0; fork < most && plan.journal().isPresent(); fork++) {
            Path left = of(fork);
            if (plan.force()) {
                Files.deleteIfExists(left);
            } else if (Files.exists(left)) {
                throw new UsageException("the journal " + left
                        + " of an earlier fork exists; --force replaces it, --journal FILE names another");
            }
        }
    }

    /** Where a fork keeps its journal. */
    Path of(int fork) throws IOException {
        String ending = ".fork" + (fork + 1) + JOURNAL;
        if (plan.journal().isEmpty()) {
            return Files.createTempDirectory("inferometer").resolve("run" + ending);
        }
        Path own = plan.journal().get();
        String name = own.getFileName().toString();
        return own.resolveSibling(
                (name.endsWith(JOURNAL) ? name.substring(0, name.length() - JOURNAL.length()) : name) + ending);
    }

    /** Deletes a fork's journal, all of which is in that of the run. */
    void forget(Path journal) throws IOException {
        Files.deleteIfExists(journal);
        if (plan.journal().isEmpty()) {
            Files.deleteIfExists(journal.getParent());
        }
    }
}
