package io.inferometer.report.member;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * That a member was lost.
 *
 * @param fork in which fork, from 0
 * @param member what it is called
 * @param why it was, on one line
 * @param heardNanos when it was last heard of, as the times of records are; empty where it never was
 * @param inFlight how many requests it had in flight when it last told, which are in no figure; empty where it never did
 * @param left what was offered from then on; empty where the others were told to send nothing more, or that is not known
 * @param ended whether the others were told to send nothing more
 */
public record MemberLoss(
        int fork,
        String member,
        String why,
        OptionalLong heardNanos,
        OptionalInt inFlight,
        Optional<LoadLeft> left,
        boolean ended) {}
