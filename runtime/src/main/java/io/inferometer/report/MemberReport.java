package io.inferometer.report;

import io.inferometer.instrument.Clients;
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
 * @param lost why it was lost, on one line; empty where it was not
 * @param client how its client was in the measured iteration where it was worst; empty where nobody looked
 */
public record MemberReport(
        String name,
        long requests,
        OptionalLong startSkewNanos,
        OptionalLong clockOffsetNanos,
        OptionalLong clockBoundNanos,
        Optional<String> lost,
        Optional<Clients.Seen> client) {}
