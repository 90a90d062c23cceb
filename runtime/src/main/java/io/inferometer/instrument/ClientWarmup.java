package io.inferometer.instrument;

import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.Profile;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * Runs the client's own code before anything is timed, so that the JVM has compiled it: rounds of short answers from a
 * metronome, until three rounds in a row are no faster than the best before them, or the time is over.
 *
 * <p>A cold JVM adds milliseconds to a ttft, and they would be taken for the endpoint's. So it speaks the run's
 * protocol, over TLS where the run does, and answers come in one body where the run's do; where that is not known, some do.
 */
public final class ClientWarmup {
    private static final Profile METRONOME = Profile.parse("metronome?ttft=1&itl=0.2");
    private static final int SLOTS = 8;
    private static final int ROUND_REQUESTS = 400;
    private static final int TOKENS = 16;
    private static final int STEADY_ROUNDS = 3;
    private static final double NOT_FASTER = 0.95;
    /** One in so many is not streamed, where it is not known whether the run's are. */
    private static final int SOME = 8;

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Wire wire;
    private final Optional<Boolean> streamed;
    private final TokenAccounting tokens = TokenAccounting.withoutTokenizer();

    private ClientWarmup(Wire wire, Optional<Boolean> streamed) {
        this.wire = wire;
        this.streamed = streamed;
    }

    /**
     * Runs it; takes five seconds at the most, and the start of a process.
     *
     * @param transports those of the run, which so are warm
     * @param wire how the run's endpoint is asked
     * @param streamed whether its answers are streamed; empty where its requests say so themselves
     * @param stopping is open once the run is ended, and this then soon ends too
     * @param clock gives nanoseconds, monotonic
     * @throws IOException if the metronome does not start; the message says why
     * @throws InterruptedException if the thread was interrupted
     */
    public static void run(
            Transports transports, Wire wire, Optional<Boolean> streamed, CountDownLatch stopping, LongSupplier clock)
            throws IOException, InterruptedException {
        ClientWarmup warmup = new ClientWarmup(wire, streamed);
        try (MetronomeLoad load = new MetronomeLoad(METRONOME, wire, "warm-up", LONGEST, transports, clock)) {
            long start = clock.getAsLong();
            long best = Long.MAX_VALUE;
            int steady = 0;
            while (stopping.getCount() > 0 && steady < STEADY_ROUNDS && clock.getAsLong() - start < LONGEST.toNanos()) {
                long wait = warmup.round(load);
                steady = wait < best * NOT_FASTER ? 0 : steady + 1;
                best = Math.min(best, wait);
            }
        }
    }

    /** The median time from a request's release to the first that came of its answer. */
    private long round(MetronomeLoad metronome) throws InterruptedException {
        Load load = new Load.Closed(SLOTS);
        SummaryBuilder summary = new SummaryBuilder(load, Optional.empty(), Percentiles.STANDARD);
        ShapeBuilder shape = new ShapeBuilder();
        List<Long> waits = Collections.synchronizedList(new ArrayList<>());
        metronome.run(load, ROUND_REQUESTS, this::request, record -> {
            shape.add(record);
            summary.add(record, RequestMetrics.of(record, tokens.count(record)));
            if (record.succeeded()) {
                waits.add(firstNanos(record) - record.releasedNanos());
            }
        });
        List<Long> sorted = waits.stream().sorted().toList();
        return sorted.isEmpty() ? Long.MAX_VALUE : sorted.get(sorted.size() / 2);
    }

    private InferenceRequest request(long index) {
        return wire.request("Again.", streamed.orElse(index % SOME != SOME - 1), TOKENS);
    }

    private static long firstNanos(RequestRecord record) {
        return record.streamed() ? record.eventNanos()[0] : record.endNanos();
    }
}
