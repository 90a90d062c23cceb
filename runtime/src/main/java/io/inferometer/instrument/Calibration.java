package io.inferometer.instrument;

import io.inferometer.endpoint.MeanSizes;
import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.engine.Playback;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.ClientOverhead.Difference;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures what the client adds to the latencies of a trial: has it do the same again, over the same transport, against a
 * metronome on this machine, which tells by its stamps what each latency really was.
 *
 * <p>The replay has the run's shape: as many streams, started in the same way; requests of the same size, over TLS where the
 * run was; answers that were drawn from the run's, streamed or not, read by read at their own times, with events of the same
 * size. They are cut by an {@link Abridgement}. What is not as it was in the run is told with the result.
 *
 * <p>{@link #run} is called once, by one thread; {@link #stop} by any.
 */
public final class Calibration {
    private static final Duration LONGEST = Duration.ofSeconds(6);

    private static final double NANOS_PER_SECOND = 1e9;

    /** An event of the metronome's with a token, and a whole answer without any, whose model has no name. */
    private static final int BARE_EVENT_BYTES = 185;

    private static final int BARE_ANSWER_BYTES = 430;
    private static final int TOKEN_BYTES = 5;
    /** Of the run's sizes: less is easier. More than the greatest is told, too; the ends of short answers weigh a little. */
    private static final double LEAST_SIZE = 0.9;

    private static final double MOST_SIZE = 1.5;
    /** Events of a stream before those that count. */
    private static final int WARM_UP_EVENTS = 2;

    private final Shape shape;
    private final Abridgement abridged;
    private final List<Double> percentiles;
    private final Transports transports;
    private final LongSupplier clock;
    private final int tokensPerEvent;
    private final String model;
    private volatile boolean stopped;
    private volatile MetronomeLoad load;

    /**
     * A replay of a shape.
     *
     * @param shape what the requests of the run were like
     * @param percentiles the percentiles that are shown
     * @param transports how the run asks its endpoint
     * @param clock gives nanoseconds, monotonic
     */
    public Calibration(Shape shape, List<Double> percentiles, Transports transports, LongSupplier clock) {
        this.shape = shape;
        this.percentiles = percentiles;
        this.transports = transports;
        this.clock = clock;
        abridged = Abridgement.of(shape);
        tokensPerEvent = (int)
                Math.max(1, Math.round(shape.means().tokens() / shape.means().events()));
        // The metronome repeats the model's name in every event: as long a name makes as long an event.
        int bare = BARE_EVENT_BYTES + (tokensPerEvent - 1) * TOKEN_BYTES;
        model = "m".repeat((int) Math.max(1, Math.round(shape.sizes().event()) - bare));
    }

    /**
     * Runs it; takes six seconds at the most, and the start of a process.
     *
     * @return what the client added; empty if it was stopped
     * @throws IOException if the metronome does not start; the message says why
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<ClientOverhead> run() throws IOException, InterruptedException {
        return run(record -> {});
    }

    /** The same, where somebody is told of each request that counts. */
    Optional<ClientOverhead> run(Consumer<RequestRecord> told) throws IOException, InterruptedException {
        Profile profile = Profile.playback(
                abridged.answers().stream().map(Shape.Answer::score).toList(), tokensPerEvent);
        try (MetronomeLoad replay = new MetronomeLoad(profile, shape.wire(), model, LONGEST, transports, clock)) {
            load = replay;
            if (stopped) {
                return Optional.empty();
            }
            String prompt = prompt(replay);
            replay.open(shape.streams());
            replay.run(load(), shape.streams(), index -> request(index, prompt, WARM_UP_EVENTS), record -> {});
            ClientOverhead.Builder builder = new ClientOverhead.Builder(percentiles);
            Processors processors = new Processors();
            processors.read();
            double further = shape.means().tokens() - tokensPerEvent;
            replay.run(
                    load(),
                    (long) abridged.rounds() * shape.streams(),
                    index -> request(index, prompt, Integer.MAX_VALUE),
                    record -> {
                        builder.add(record, further > 0 ? further : Double.NaN);
                        told.accept(record);
                    });
            double machineShare = processors.read().machineShare();
            return stopped
                    ? Optional.empty()
                    : Optional.of(builder.ofReplay(
                            shape.streams(), machineShare < 0 ? Double.NaN : machineShare, differs(replay.sizes())));
        }
    }

    /** Ends it at once. */
    public void stop() {
        stopped = true;
        MetronomeLoad replay = load;
        if (replay != null) {
            replay.stop();
        }
    }

    private InferenceRequest request(long index, String prompt, int mostEvents) {
        // Streams in step have the same answer in each round.
        long place = shape.phases() == Shape.Phases.IN_STEP ? index / shape.streams() : index;
        int number = (int) (place % abridged.answers().size());
        Shape.Answer answer = abridged.answers().get(number);
        int tokens =
                answer.streamed() ? Math.min(answer.score().eventCount(), mostEvents) * tokensPerEvent : wholeTokens();
        return shape.wire().request(prompt, answer.streamed(), tokens).header(Playback.HEADER, String.valueOf(number));
    }

    /** An answer in one body is as long as those of the run were. */
    private int wholeTokens() {
        double bytes = shape.sizes().answer();
        double tokens = Double.isNaN(bytes)
                ? shape.means().tokens()
                : (bytes - BARE_ANSWER_BYTES - model.length()) / TOKEN_BYTES;
        return (int) Math.max(1, Math.round(tokens));
    }

    /** A text that makes a body as long as those of the run were. */
    private String prompt(MetronomeLoad replay) {
        int rest = replay.bytes(request(0, "x", Integer.MAX_VALUE)) - 1;
        return "x".repeat((int) Math.max(1, Math.round(shape.sizes().request()) - rest));
    }

    private List<Difference> differs(MeanSizes sent) {
        List<Difference> differs = new ArrayList<>(shape.differs());
        differs.addAll(abridged.differs());
        size(differs, "request-size", "requests", sent.request(), shape.sizes().request());
        size(differs, "event-size", "events", sent.event(), shape.sizes().event());
        size(
                differs,
                "answer-size",
                "answers in one body",
                sent.answer(),
                shape.sizes().answer());
        return differs;
    }

    /** Sizes that are not known differ in nothing. */
    private static void size(List<Difference> differs, String name, String what, double bytes, double ofRun) {
        if (bytes < LEAST_SIZE * ofRun || bytes > MOST_SIZE * ofRun) {
            differs.add(new Difference(
                    name,
                    bytes < ofRun,
                    String.format(Locale.ROOT, "%s have %,.0f bytes, in the run %,.0f (means)", what, bytes, ofRun)));
        }
    }

    private Load load() {
        double perSecond = shape.streams() * NANOS_PER_SECOND / abridged.requestNanos();
        return switch (shape.phases()) {
            case IN_STEP -> new Load.Closed(shape.streams());
            case SLOTS -> new Load.AtOnce(shape.streams(), perSecond);
            case ARRIVALS -> shape.arrivals().at(perSecond);
        };
    }
}
