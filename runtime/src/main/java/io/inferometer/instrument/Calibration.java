package io.inferometer.instrument;

import io.inferometer.annotations.Arrivals;
import io.inferometer.endpoint.Transport;
import io.inferometer.simulator.Profile;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures what the client adds to the latencies of a trial: has it do the same again, over the same transport, against a
 * metronome on this machine, which tells by its stamps what each latency really was.
 *
 * <p>As many streams, events of the same size as far apart, started in the same way. Answers and the wait for their first
 * token are cut short, so that there are 100 times to the first token within a few seconds.
 *
 * <p>{@link #run} is called once, by one thread; {@link #stop} by any.
 */
public final class Calibration {
    private static final int SAMPLES = 100;
    private static final int LEAST_ROUNDS = 3;
    private static final double SPAN_NANOS = 3e9;
    private static final double MOST_TTFT_NANOS = 50e6;
    private static final double LEAST_TTFT_NANOS = 1e6;
    private static final Duration LONGEST = Duration.ofSeconds(6);
    /** Events further apart than that meet a client that is at rest either way. */
    private static final double MOST_GAP_NANOS = 100e6;

    private static final int WARM_UP_TOKENS = 2;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /** An event of the metronome's whose model has no name. */
    private static final int BARE_EVENT_BYTES = 185;

    private final Shape shape;
    private final List<Double> percentiles;
    private final Transport transport;
    private final LongSupplier clock;
    private final int rounds;
    private final double ttftNanos;
    private final double gapNanos;
    private final int events;
    private volatile boolean stopped;
    private volatile MetronomeLoad load;

    /**
     * A replay of a shape.
     *
     * @param percentiles the percentiles that are shown
     * @param clock gives nanoseconds, monotonic
     */
    public Calibration(Shape shape, List<Double> percentiles, Transport transport, LongSupplier clock) {
        this.shape = shape;
        this.percentiles = percentiles;
        this.transport = transport;
        this.clock = clock;
        rounds = Math.max(LEAST_ROUNDS, (SAMPLES + shape.streams() - 1) / shape.streams());
        double each = SPAN_NANOS / rounds;
        ttftNanos = Math.max(LEAST_TTFT_NANOS, Math.min(Math.min(shape.ttftNanos(), MOST_TTFT_NANOS), each / 2));
        gapNanos = shape.streamed() ? Math.min(shape.gapNanos(), MOST_GAP_NANOS) : 0;
        double fitting = gapNanos == 0 ? shape.events() : 1 + (each - ttftNanos) / gapNanos;
        events = (int) Math.max(Math.min(2, shape.events()), Math.min(shape.events(), fitting));
    }

    /**
     * Runs it; takes six seconds at the most, and the start of a process.
     *
     * @return what the client added; empty if it was stopped
     * @throws IOException if the metronome does not start; the message says why
     */
    public Optional<ClientOverhead> run() throws IOException, InterruptedException {
        try (MetronomeLoad replay =
                new MetronomeLoad(profile(), model(), shape.streamed(), LONGEST, transport, clock)) {
            load = replay;
            if (stopped) {
                return Optional.empty();
            }
            replay.open(shape.streams());
            replay.run(load(), WARM_UP_TOKENS, shape.streams(), record -> {});
            ClientOverhead.Builder builder = new ClientOverhead.Builder(percentiles);
            Processors processors = new Processors();
            processors.read();
            double further = shape.tokens() > 1 ? shape.tokens() - 1 : Double.NaN;
            replay.run(
                    load(),
                    shape.streamed() ? events : tokens(),
                    (long) rounds * shape.streams(),
                    record -> builder.add(record, further));
            double machineShare = processors.read().machineShare();
            return stopped
                    ? Optional.empty()
                    : Optional.of(builder.ofReplay(shape.streams(), machineShare < 0 ? Double.NaN : machineShare));
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

    /** An answer in one body takes as long as a request may, whatever its length. */
    private Profile profile() {
        return Profile.parse(String.format(
                Locale.ROOT, "metronome?ttft=%.6f&itl=%.6f", ttftNanos / NANOS_PER_MILLI, gapNanos / NANOS_PER_MILLI));
    }

    /** The metronome repeats the model's name in every event: as long a name makes as long an event. */
    private String model() {
        return "m".repeat(Math.max(1, shape.eventBytes() - BARE_EVENT_BYTES));
    }

    private int tokens() {
        return (int) Math.max(1, Math.round(shape.tokens()));
    }

    private double requestNanos() {
        return ttftNanos + (events - 1) * gapNanos;
    }

    private Load load() {
        double perSecond = shape.streams() * NANOS_PER_SECOND / requestNanos();
        return switch (shape.load()) {
            case IN_STEP -> new Load.Closed(shape.streams());
            case SLOTS -> new Load.AtOnce(shape.streams(), perSecond);
            case ARRIVALS -> new Load.Open(perSecond, Arrivals.POISSON);
        };
    }
}
