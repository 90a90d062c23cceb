package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Client;
import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.Job;
import java.util.Map;

/**
 * The goals. The lateness of ttft is held against what vLLM's Rust client publishes of itself for such streams, processor
 * time against a Python client, which takes 43 µs for an event of 256 such streams; the rest against the bare loop or against
 * what is needed for large batches.
 */
final class Goals {
    static final Goal EVENT_NANOS = Goal.atMost(150);
    static final Goal EVENT_BYTES = Goal.atMost(0.01);
    static final Goal START_MILLIS = Goal.atMost(1_000);

    /** Mean ttft lateness in ms of vllm-bench, by streams. */
    private static final Map<Integer, Double> LATENESS = Map.of(1, 2.6, 10, 2.7, 100, 3.5, 500, 19.9, 1_000, 28.1);

    private static final double PYTHON_CPU_MICROS = 43;
    private static final int CPU_STREAMS = 256;
    private static final int FEWEST_STREAMS_FOR_RATIOS = 16;
    private static final int LAUNCH_STREAMS = 1_000;

    private Goals() {}

    /** The goal of a figure of one of the transports. */
    static Goal of(Figure figure, String client, Job job) {
        if (Client.RUNS.contains(client) && !figure.count()) {
            // They are held against each other.
            return Goal.NONE;
        }
        boolean nio = client.equals("nio");
        return switch (figure) {
            case CPU -> job.slots() == CPU_STREAMS ? Goal.atMost(PYTHON_CPU_MICROS * (nio ? 0.25 : 0.6)) : Goal.NONE;
            case TTFT_LATENESS -> Goal.atMost(LATENESS.getOrDefault(job.slots(), Double.NaN));
            case TTFT_P50, TTFT_P99, ITL_P99 ->
                job.slots() >= FEWEST_STREAMS_FOR_RATIOS ? Goal.ofBare(nio ? 1.5 : 3) : Goal.NONE;
            // A difference of two gaps is as often negative: its median is about nothing, and so is any ratio of it.
            case ITL_P50 -> Goal.NONE;
            case FAILED, UNSENT -> Goal.atMost(0);
            case SEND_P99 -> Goal.NONE;
            case LAUNCH_SKEW -> job.slots() == LAUNCH_STREAMS ? Goal.ofBare(nio ? 1.5 : 5) : Goal.NONE;
            case REQUESTS -> Goal.atLeast(nio ? 40_000 : 7_000);
            case RSS -> Goal.atMost(nio ? 150 : 350);
            case START -> START_MILLIS;
        };
    }
}
