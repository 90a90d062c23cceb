package io.inferometer.harness.member;

import io.inferometer.plan.Split;
import io.inferometer.plan.Trial;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one member runs of one fork of a trial.
 *
 * @param trial as it is in the plan of the whole run
 * @param fork which of the trial's forks, from 0
 * @param split which part of its load
 * @param startedAt when the run was planned: its members' journals are known to be of one run by that
 * @param journal the file of this machine where the bytes of the member's journal come to stand; need not exist
 * @param origin the time zero of the run by {@link System#nanoTime} in this JVM, from which the times in the journal count
 * @param simulatedUrl the simulated endpoint that all members send to; empty where each starts its own, or none
 * @param earlier how far the fork came before, as a line of a journal has it; empty where nothing has been done of it. Who can
 *     read the journal of the run reads it there
 */
public record Share(
        Trial trial,
        int fork,
        Split split,
        Instant startedAt,
        Path journal,
        long origin,
        Optional<String> simulatedUrl,
        Map<String, Object> earlier) {
    /**
     * Copies its map.
     *
     * @param trial as of the record, not null
     * @param fork as of the record
     * @param split as of the record, not null
     * @param startedAt as of the record, not null
     * @param journal as of the record, not null
     * @param origin as of the record
     * @param simulatedUrl as of the record, not null
     * @param earlier copied
     */
    public Share {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(split, "split");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(simulatedUrl, "simulatedUrl");
        earlier = Map.copyOf(earlier);
    }

    /** {@return which of the fork's members, from 0} */
    public int member() {
        return split.member();
    }

    /** {@return how many share the fork} */
    public int members() {
        return split.members();
    }
}
