package io.inferometer.benchmarks.overhead.trip;

import java.util.List;

/**
 * What a client has to do in a round trip: some warm-up iterations, some measured ones, and in each of them so many requests
 * with so many at once.
 *
 * @param ttftMillis when the endpoint's first token is due, after the request
 * @param itlMillis how long after one token the next is due
 * @param slots how many requests are in flight at once, all started at once
 * @param requests how many requests an iteration has
 * @param tokens of each answer
 * @param streamed whether answers are streamed
 * @param warmups iterations that are in no figure
 * @param iterations iterations that are
 */
public record Job(
        int ttftMillis,
        int itlMillis,
        int slots,
        int requests,
        int tokens,
        boolean streamed,
        int warmups,
        int iterations) {
    private static final int FEWEST_WARM_STREAMS = 500;
    private static final int WARM_TOKENS = 20;
    private static final double SECONDS_TO_START = 1.5;
    private static final double SECONDS_OF_A_WHOLE_ANSWER = 5e-5;

    /** Streams of 100 events a second, all released at once. */
    public static Job streams(int streams, int tokens, int iterations) {
        return new Job(50, 10, streams, streams, tokens, true, 8, iterations);
    }

    /** Streams of an event a second, for the memory that they take. */
    public static Job slowStreams(int streams) {
        return new Job(1_000, 1_000, streams, streams, 4, true, 1, 1);
    }

    /** Requests one after the other whose answers come at once and whole. */
    public static Job wholeAnswers(int slots, int requests, int iterations) {
        return new Job(0, 0, slots, requests, 8, false, 5, iterations);
    }

    /** What the endpoint is told to do. */
    String profile() {
        return "metronome?ttft=" + ttftMillis + "&itl=" + itlMillis;
    }

    /**
     * The job of a warm-up iteration: short streams, for starting one takes more code than going on with it, and never so
     * few that the JVM has not compiled that code in time.
     */
    Job warmup() {
        int enough = streamed ? Math.max(slots, FEWEST_WARM_STREAMS) : slots;
        return new Job(
                ttftMillis,
                itlMillis,
                enough,
                Math.max(requests, enough),
                Math.min(tokens, WARM_TOKENS),
                streamed,
                0,
                0);
    }

    /** About how long it takes in a process of its own, in seconds, on a machine that does nothing else. */
    public double seconds() {
        return SECONDS_TO_START + warmups * warmup().iterationSeconds() + iterations * iterationSeconds();
    }

    private double iterationSeconds() {
        return (ttftMillis + (double) itlMillis * tokens) / 1_000
                + requests * (streamed ? 0 : SECONDS_OF_A_WHOLE_ANSWER);
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return List.of(
                Integer.toString(ttftMillis),
                Integer.toString(itlMillis),
                Integer.toString(slots),
                Integer.toString(requests),
                Integer.toString(tokens),
                Boolean.toString(streamed),
                Integer.toString(warmups),
                Integer.toString(iterations));
    }

    /** The job of {@link #arguments}. */
    static Job of(List<String> arguments) {
        return new Job(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Integer.parseInt(arguments.get(4)),
                Boolean.parseBoolean(arguments.get(5)),
                Integer.parseInt(arguments.get(6)),
                Integer.parseInt(arguments.get(7)));
    }
}
