package io.inferometer.instrument;

import io.inferometer.endpoint.MeanSizes;
import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RequestSource;
import io.inferometer.load.Stretch;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.Journal;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatorProcess;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Loads of requests, sent to a metronome in a process of its own: they have the client do what it does in a run, its journal
 * included, where nothing is to be learnt of an endpoint.
 *
 * <p>Used by one thread, but for {@link #stop}, which any may call.
 */
final class MetronomeLoad implements AutoCloseable {
    private static final int LOOKAHEAD = 1024;

    private final SimulatorProcess metronome;
    private final Optional<Transport> trusting;
    private final Target target;
    private final Duration longest;
    private final LongSupplier clock;
    private volatile boolean stopped;
    private volatile Dispatcher dispatcher;

    /**
     * Starts the metronome.
     *
     * @param wire how it is asked
     * @param model the name that it repeats in every event
     * @param longest how long one load, and a request of it, may take
     * @param clock gives nanoseconds, monotonic
     * @throws IOException if it does not start; the message says why
     */
    MetronomeLoad(Profile profile, Wire wire, String model, Duration longest, Transports transports, LongSupplier clock)
            throws IOException, InterruptedException {
        this.longest = longest;
        this.clock = clock;
        metronome = wire.tls() ? SimulatorProcess.startEncrypted(profile) : SimulatorProcess.start(profile);
        trusting = wire.tls() ? Optional.of(transports.trusting().get()) : Optional.empty();
        target = new Target(
                new TargetSettings(
                        metronome.url(),
                        false,
                        "",
                        wire.protocol(),
                        model,
                        Map.of(),
                        "",
                        "",
                        Optional.empty(),
                        RequestBounds.of(longest)),
                trusting.orElse(transports.own()),
                clock);
    }

    /** Opens connections ahead of a load. */
    void open(int connections) throws InterruptedException {
        target.open(connections);
    }

    /** How many bytes went over the wire so far. */
    MeanSizes sizes() {
        return target.meanSizes();
    }

    /** How long the body of a request is. */
    int bytes(InferenceRequest request) {
        return target.prepare(request).body().length;
    }

    /**
     * Sends requests, and returns when all of them have ended and been told.
     *
     * @param requests how many
     * @param maker makes the request of an index, ahead of the load, on a thread of its own
     * @param told is told of each
     */
    void run(Load load, long requests, LongFunction<InferenceRequest> maker, Consumer<RequestRecord> told)
            throws InterruptedException {
        Stretch stretch = new Stretch(OptionalLong.of(requests), Optional.of(longest), 0, Duration.ZERO);
        try (Journal journal = Journal.discarding();
                Recorder recorder =
                        new Recorder(clock, 0, false, UnaryOperator.identity(), sink(journal, told), failure -> {});
                RequestSource source = new RequestSource(
                        index -> target.prepare(maker.apply(index)),
                        MetronomeLoad::identity,
                        0,
                        OptionalLong.of(requests),
                        LOOKAHEAD)) {
            source.awaitFilled();
            dispatcher = Dispatcher.of(load, stretch, 0, source, target, recorder, clock);
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
        trusting.ifPresent(Transport::close);
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

    private static Recorder.Sink sink(Journal journal, Consumer<RequestRecord> told) {
        return new Recorder.Sink() {
            @Override
            public void record(RequestRecord record) {
                journal.append(record);
                told.accept(record);
            }

            @Override
            public void flush() {
                journal.flush();
            }
        };
    }
}
