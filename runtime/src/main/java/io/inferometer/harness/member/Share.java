package io.inferometer.harness.member;

import io.inferometer.plan.Trial;
import java.nio.file.Path;
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
 */
public record Share(
        Trial trial, int fork, int member, int members, Path journal, long origin, Optional<String> simulatedUrl) {
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
     */
    public Share {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(journal, "journal");
        Objects.requireNonNull(simulatedUrl, "simulatedUrl");
        if (member < 0 || member >= members) {
            throw new IllegalArgumentException("there is no member " + member + " of " + members);
        }
    }
}
