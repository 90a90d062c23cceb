package io.inferometer.instrument;

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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Loads of requests that are all alike, sent to a metronome in a process of its own: they have the client do what it does
 * in a run, where nothing is to be learnt of an endpoint.
 *
 * <p>Used by one thread, but for {@link #stop}, which any may call.
 */
final class MetronomeLoad implements AutoCloseable {
    private static final int LOOKAHEAD = 1024;

    private final SimulatorProcess metronome;
    private final Target target;
    private final Duration longest;
    private final LongSupplier clock;
    private volatile boolean stopped;
    private volatile Dispatcher dispatcher;

    /**
     * Starts the metronome.
     *
     * @param model the name that it repeats in every event
     * @param streamed whether answers are streamed
     * @param longest how long one load, and a request of it, may take
     * @param clock gives nanoseconds, monotonic
     * @throws IOException if it does not start; the message says why
     */
    MetronomeLoad(
            Profile profile, String model, boolean streamed, Duration longest, Transport transport, LongSupplier clock)
            throws IOException, InterruptedException {
        this.longest = longest;
        this.clock = clock;
        metronome = SimulatorProcess.start(profile);
        target = new Target(
                TargetSettings.chat(metronome.url(), model, Optional.of(streamed), RequestBounds.of(longest)),
                transport,
                clock);
    }

    /** Opens connections ahead of a load. */
    void open(int connections) throws InterruptedException {
        target.open(connections);
    }

    /**
     * Sends requests, and returns when all of them have ended and been told.
     *
     * @param tokens of each answer
     * @param requests how many
     * @param told is told of each
     */
    void run(Load load, int tokens, long requests, Consumer<RequestRecord> told) throws InterruptedException {
        WireRequest request = target.prepare(InferenceRequest.chat("Again.").maxOutputTokens(tokens));
        try (Recorder recorder = new Recorder(clock, 0, false, UnaryOperator.identity(), sink(told), failure -> {});
                RequestSource source = new RequestSource(
                        index -> request, MetronomeLoad::identity, 0, OptionalLong.of(requests), LOOKAHEAD)) {
            source.awaitFilled();
            dispatcher = Dispatcher.of(load, Optional.of(longest), 0, source, target, recorder, clock);
            if (stopped) {
                dispatcher.stop();
            }
            dispatcher.run();
            recorder.drain();
        }
    }

    /** Gives up what is in flight, and sends nothing more, ever. */
    void stop() {
        stopped = true;
        Dispatcher current = dispatcher;
        if (current != null) {
            current.stop();
        }
        target.cancelAll();
    }

    @Override
    public void close() {
        target.close();
        metronome.close();
    }

    private static RequestIdentity identity(long index, WireRequest request) {
        return new RequestIdentity(
                0,
                0,
                true,
                0,
                index,
                request.streamed(),
                request.expectedPromptTokens(),
                request.requestedOutputTokens(),
                request.ignoreEos());
    }

    private static Recorder.Sink sink(Consumer<RequestRecord> told) {
        return new Recorder.Sink() {
            @Override
            public void record(RequestRecord record) {
                told.accept(record);
            }

            @Override
            public void flush() {
                // Nothing is kept.
            }
        };
    }
}
