package io.inferometer.harness.member;

import io.inferometer.plan.Trial;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one member runs of one fork of a trial.
 *
 * @param trial as it is in the plan of the whole run
 * @param fork which of the trial's forks, from 0
 * @param member which of the fork's members, from 0: it takes each arrival, slot or session whose number is that modulo
 *     {@code members}
 * @param members how many share the fork
 * @param journal the file of this machine where the bytes of the member's journal come to stand; need not exist
 * @param origin the time zero of the run by {@link System#nanoTime} in this JVM, from which the times in the journal count
 * @param simulatedUrl the simulated endpoint that all members send to; empty where each starts its own, or none
 * @param earlier how far the fork came before, as a line of a journal has it; empty where nothing has been done of it. Who can
 *     read the journal of the run reads it there
 */
public record Share(
        Trial trial,
        int fork,
        int member,
        int members,
        Path journal,
        long origin,
        Optional<String> simulatedUrl,
        Map<String, Object> earlier) {
    /**
     * One of which nothing has been done, or for a member that reads itself what was.
     *
     * @param trial as of the record, not null
     * @param fork as of the record
     * @param member as of the record
     * @param members as of the record
     * @param journal as of the record, not null
     * @param origin as of the record
     * @param simulatedUrl as of the record, not null
     */
    public Share(
            Trial trial, int fork, int member, int members, Path journal, long origin, Optional<String> simulatedUrl) {
        this(trial, fork, member, members, journal, origin, simulatedUrl, Map.of());
    }

    /**
     * Checks that it is a share of something.
     *
     * @param trial as of the record, not null
     * @param fork as of the record
     * @param member as of the record
     * @param members as of the record
     * @param journal as of the record, not null
     * @param origin as of the record
     * @param simulatedUrl as of the record, not null
     * @param earlier as of the record, not null
     */
    public Share {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(simulatedUrl, "simulatedUrl");
        earlier = Map.copyOf(earlier);
        if (member < 0 || member >= members) {
            throw new IllegalArgumentException("there is no member " + member + " of " + members);
        }
    }
}
