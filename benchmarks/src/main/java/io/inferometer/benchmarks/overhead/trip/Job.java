package io.inferometer.benchmarks.overhead.trip;

import java.util.List;

/**
 * What a client has to do in a round trip: some warm-up iterations, some measured ones, and in each of them so many requests
 * with so many at once.
 *
 * @param profile what the endpoint is told to do
 * @param slots how many requests are in flight at once, all started at once
 * @param requests how many requests an iteration has
 * @param tokens of each answer
 * @param streamed whether answers are streamed
 * @param warmups iterations that are in no figure
 * @param iterations iterations that are
 */
public record Job(String profile, int slots, int requests, int tokens, boolean streamed, int warmups, int iterations) {
    /** When the first token is due, after the request. */
    public static final int TTFT_MILLIS = 50;

    private static final int ITL_MILLIS = 10;
    private static final int FEWEST_WARM_STREAMS = 500;
    private static final int WARM_TOKENS = 20;

    /** Streams of 100 events a second, all released at once. */
    public static Job streams(int streams, int tokens, int iterations) {
        String profile = "metronome?ttft=" + TTFT_MILLIS + "&itl=" + ITL_MILLIS;
        return new Job(profile, streams, streams, tokens, true, 10, iterations);
    }

    /** Streams of an event a second, for the memory that they take. */
    public static Job slowStreams(int streams) {
        return new Job("metronome?ttft=1000&itl=1000", streams, streams, 4, true, 1, 1);
    }

    /** Requests one after the other whose answers come at once and whole. */
    public static Job wholeAnswers(int slots, int requests, int iterations) {
        return new Job("metronome?ttft=0&itl=0", slots, requests, 8, false, 5, iterations);
    }

    /**
     * The job of a warm-up iteration: short streams, for starting one takes more code than going on with it, and never so
     * few that the JVM has not compiled that code in time.
     */
    Job warmup() {
        int enough = streamed ? Math.max(slots, FEWEST_WARM_STREAMS) : slots;
        return new Job(profile, enough, Math.max(requests, enough), Math.min(tokens, WARM_TOKENS), streamed, 0, 0);
    }

    /** As arguments of a process. */
    List<String> arguments() {
        return List.of(
                profile,
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
                arguments.get(0),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                Boolean.parseBoolean(arguments.get(4)),
                Integer.parseInt(arguments.get(5)),
                Integer.parseInt(arguments.get(6)));
    }
}
