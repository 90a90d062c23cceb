package io.inferometer.workload;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which request is being made.
 *
 * <p>Warm-up requests are numbered apart from measured ones, and must have prompts of their own, as must those of each
 * trial and fork: a prompt that the endpoint has seen before is answered from its prefix cache.
 *
 * @param trial the trial and fork that it belongs to
 * @param warmup whether it belongs to a warm-up iteration
 * @param iteration the iteration within the warm-up or the measurement, from 0
 * @param index counts the requests of all warm-up, or of all measured, iterations of the trial, from 0; where it
 *     is known how many measured ones there are, theirs is below {@link TrialContext#requests}. Requests are made ahead: the next
 *     iteration asks again for those that an iteration of a time left unsent
 * @param session the number of the session that it is a turn of; empty where requests stand alone
 * @param turn which turn of it, from 0; empty where requests stand alone
 */
public record RequestContext(
        TrialContext trial, boolean warmup, int iteration, long index, OptionalLong session, OptionalInt turn) {
    /**
     * Checks what it is given.
     *
     * @param trial as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param index as of the record
     * @param session as of the record
     * @param turn as of the record
     */
    public RequestContext {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(turn, "turn");
    }

    /**
     * Makes a request that stands alone.
     *
     * @param trial the trial and fork that it belongs to
     * @param warmup whether it belongs to a warm-up iteration
     * @param iteration within the warm-up or the measurement, from 0
     * @param index counts the requests of all warm-up, or of all measured, iterations of the trial, from 0
     */
    public RequestContext(TrialContext trial, boolean warmup, int iteration, long index) {
        this(trial, warmup, iteration, index, OptionalLong.empty(), OptionalInt.empty());
    }

    /**
     * {@return a measured request in the first iteration of a trial: what a test of a workload calls its method with}
     *
     * @param trial that it belongs to
     * @param index counted from 0
     */
    public static RequestContext of(TrialContext trial, long index) {
        return new RequestContext(trial, false, 0, index);
    }

    /**
     * {@return numbers that no other request of the run has, for a prompt of its own: {@code 1-0-17} is the request 17
     * of trial 1 in fork 0, {@code w1-0-17} that of the warm-up} Where all trials and forks are to send the same
     * prompts, it is that of the first ones.
     */
    public String id() {
        return (warmup ? "w" : "") + trial.promptTrial() + '-' + trial.promptFork() + '-' + index;
    }
}
