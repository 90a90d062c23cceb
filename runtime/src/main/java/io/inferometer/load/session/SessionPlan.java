package io.inferometer.load.session;

import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.Place;
import io.inferometer.record.RequestIdentity;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/**
 * The sessions of one iteration.
 *
 * @param workload what they say
 * @param iteration what they belong to
 * @param wire makes what they ask ready
 * @param numbers their numbers, and those of their requests
 * @param bounds how many there are
 */
public record SessionPlan(Session workload, IterationContext iteration, Wire wire, Numbers numbers, Bounds bounds) {
    /** Makes requests ready. Used by several threads at the same time. */
    public interface Wire {
        /** The request, serialised. */
        WireRequest prepare(InferenceRequest request);

        /** Which one it is. */
        RequestIdentity identify(long index, Place place, WireRequest request);
    }

    /**
     * Numbers.
     *
     * @param session that of each session by its place in this iteration, whoever sends it, from 0
     * @param attempt which sending of a session this is
     * @param index that of each request by the order in which they are sent, from 0
     */
    public record Numbers(LongUnaryOperator session, LongToIntFunction attempt, LongUnaryOperator index) {}

    /**
     * How many there are.
     *
     * @param sessions how many sessions; empty for any number
     * @param turns how many turns in all; empty for any number
     * @param time how long turns are begun; empty for any time
     * @param mostTurns how many turns a session may have, and each of its children, before it is cut
     * @param skipsFailed whether a session goes on behind a turn that failed
     */
    public record Bounds(
            OptionalLong sessions, OptionalLong turns, Optional<Duration> time, int mostTurns, boolean skipsFailed) {}
}
