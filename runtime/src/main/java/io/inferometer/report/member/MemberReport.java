package io.inferometer.report.member;

import io.inferometer.instrument.Clients;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of one member of a trial, over all its forks.
 *
 * @param name what it is called
 * @param requests how many measured requests it finished
 * @param startSkewNanos how much later than agreed its dispatcher started a measured iteration, at the most; empty where it
 *     started none
 * @param clockOffsetNanos how far its clock was ahead of the run's; empty where they are one
 * @param clockBoundNanos by how much that may be wrong; empty where they are one
 * @param losses when it was lost, at most once each time that a fork was begun or gone on with
 * @param client how its client was in the measured iteration where it was worst; empty where nobody looked
 */
public record MemberReport(
        String name,
        long requests,
        OptionalLong startSkewNanos,
        OptionalLong clockOffsetNanos,
        OptionalLong clockBoundNanos,
        List<MemberLoss> losses,
        Optional<Clients.Seen> client) {
    /**
     * Copies the losses.
     *
     * @param name as of the record
     * @param requests as of the record
     * @param startSkewNanos as of the record
     * @param clockOffsetNanos as of the record
     * @param clockBoundNanos as of the record
     * @param losses copied
     * @param client as of the record
     */
    public MemberReport {
        losses = List.copyOf(losses);
    }

    /** {@return the last time that it was lost; empty where it was not} */
    public Optional<MemberLoss> lost() {
        return losses.isEmpty() ? Optional.empty() : Optional.of(losses.get(losses.size() - 1));
    }
}
