package io.inferometer.harness;

import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RequestSource;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatorProcess;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Runs the client's own code before anything is timed, so that the JVM has compiled it: rounds of short streams from a
 * metronome in a process of its own, until three rounds in a row are no faster than the best before them, or the time is
 * over.
 *
 * <p>A cold JVM adds milliseconds to a ttft, and they would be taken for the endpoint's.
 */
final class ClientWarmup implements Recorder.Sink {
    private static final Profile METRONOME = Profile.parse("metronome?ttft=1&itl=0.2");
    private static final int SLOTS = 8;
    private static final int ROUND_REQUESTS = 400;
    private static final int TOKENS = 16;
    private static final int STEADY_ROUNDS = 3;
    private static final double NOT_FASTER = 0.95;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier clock;
    private final List<Long> waits = Collections.synchronizedList(new ArrayList<>());

    private ClientWarmup(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Runs it; takes five seconds at the most, and the start of a process.
     *
     * @param stopping is open once the run is ended, and this then soon ends too
     */
    static void run(Transport transport, CountDownLatch stopping, LongSupplier clock)
            throws HarnessException, InterruptedException {
        ClientWarmup warmup = new ClientWarmup(clock);
        try (SimulatorProcess metronome = SimulatorProcess.start(METRONOME);
                Target target = new Target(
                        new TargetSettings(
                                metronome.url(),
                                false,
                                "",
                                "warm-up",
                                Map.of(),
                                "",
                                Optional.empty(),
                                RequestBounds.of(Duration.ofNanos(LONGEST_NANOS))),
                        transport,
                        clock);
                Recorder recorder = new Recorder(clock, 0, false, UnaryOperator.identity(), warmup, failure -> {})) {
            warmup.rounds(target, recorder, stopping);
        } catch (IOException e) {
            throw new HarnessException("the client can't be warmed up: " + e.getMessage(), e);
        }
    }

    private void rounds(Target target, Recorder recorder, CountDownLatch stopping) throws InterruptedException {
        long start = clock.getAsLong();
        long best = Long.MAX_VALUE;
        int steady = 0;
        while (stopping.getCount() > 0 && steady < STEADY_ROUNDS && clock.getAsLong() - start < LONGEST_NANOS) {
            long wait = round(target, recorder);
            steady = wait < best * NOT_FASTER ? 0 : steady + 1;
            best = Math.min(best, wait);
        }
    }

    /** The median time from a request's release to its first event. */
    private long round(Target target, Recorder recorder) throws InterruptedException {
        waits.clear();
        WireRequest request = target.prepare(InferenceRequest.chat("Warm up.").maxOutputTokens(TOKENS));
        try (RequestSource source = new RequestSource(
                index -> request,
                (index, wire) -> new RequestIdentity(
                        0,
                        0,
                        true,
                        0,
                        index,
                        wire.streamed(),
                        wire.expectedPromptTokens(),
                        wire.requestedOutputTokens(),
                        wire.ignoreEos()),
                0,
                OptionalLong.of(ROUND_REQUESTS),
                ROUND_REQUESTS)) {
            Dispatcher.of(new Load.Closed(SLOTS), Optional.empty(), 0, source, target, recorder, clock)
                    .run();
        }
        recorder.drain();
        List<Long> sorted = waits.stream().sorted().toList();
        return sorted.isEmpty() ? Long.MAX_VALUE : sorted.get(sorted.size() / 2);
    }

    @Override
    public void record(RequestRecord record) {
        if (record.succeeded()) {
            waits.add(record.eventNanos()[0] - record.releasedNanos());
        }
    }

    @Override
    public void flush() {
        // Nothing is kept.
    }
}
