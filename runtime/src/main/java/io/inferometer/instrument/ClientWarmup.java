package io.inferometer.instrument;

import io.inferometer.endpoint.Transport;
import io.inferometer.simulator.Profile;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * Runs the client's own code before anything is timed, so that the JVM has compiled it: rounds of short streams from a
 * metronome, until three rounds in a row are no faster than the best before them, or the time is over.
 *
 * <p>A cold JVM adds milliseconds to a ttft, and they would be taken for the endpoint's.
 */
public final class ClientWarmup {
    private static final Profile METRONOME = Profile.parse("metronome?ttft=1&itl=0.2");
    private static final int SLOTS = 8;
    private static final int ROUND_REQUESTS = 400;
    private static final int TOKENS = 16;
    private static final int STEADY_ROUNDS = 3;
    private static final double NOT_FASTER = 0.95;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private ClientWarmup() {}

    /**
     * Runs it; takes five seconds at the most, and the start of a process.
     *
     * @param stopping is open once the run is ended, and this then soon ends too
     * @param clock gives nanoseconds, monotonic
     * @throws IOException if the metronome does not start; the message says why
     */
    public static void run(Transport transport, CountDownLatch stopping, LongSupplier clock)
            throws IOException, InterruptedException {
        try (MetronomeLoad load = new MetronomeLoad(METRONOME, "warm-up", true, LONGEST, transport, clock)) {
            long start = clock.getAsLong();
            long best = Long.MAX_VALUE;
            int steady = 0;
            while (stopping.getCount() > 0 && steady < STEADY_ROUNDS && clock.getAsLong() - start < LONGEST.toNanos()) {
                long wait = round(load);
                steady = wait < best * NOT_FASTER ? 0 : steady + 1;
                best = Math.min(best, wait);
            }
        }
    }

    /** The median time from a request's release to its first event. */
    private static long round(MetronomeLoad load) throws InterruptedException {
        List<Long> waits = Collections.synchronizedList(new ArrayList<>());
        load.run(new Load.Closed(SLOTS), TOKENS, ROUND_REQUESTS, record -> {
            if (record.succeeded()) {
                waits.add(record.eventNanos()[0] - record.releasedNanos());
            }
        });
        List<Long> sorted = waits.stream().sorted().toList();
        return sorted.isEmpty() ? Long.MAX_VALUE : sorted.get(sorted.size() / 2);
    }
}
