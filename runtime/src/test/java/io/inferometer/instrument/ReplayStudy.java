package io.inferometer.instrument;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.MeanSizes;
import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.TrustAll;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RequestSource;
import io.inferometer.load.Stretch;
import io.inferometer.plan.Plan;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatorProcess;
import io.inferometer.simulator.engine.Score;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Metric;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How well a replay tells what the client added in a run. The run is against an endpoint that stamps what it sends, so that
 * is known: each line shows it by the run's own stamps, by a replay of the run's shape, and by one of evenly spaced single
 * events after a tiny prompt, without TLS. Arguments: nio or jdk, streams, bytes of a prompt, events of a burst, and
 * whether over TLS.
 */
final class ReplayStudy {
    private static final int STEPS = 40;
    private static final int REQUESTS_A_STREAM = 6;
    private static final long MILLI = 1_000_000;

    private ReplayStudy() {}

    public static void main(String[] arguments) throws Exception {
        boolean nio = arguments[0].equals("nio");
        int streams = Integer.parseInt(arguments[1]);
        int bytes = Integer.parseInt(arguments[2]);
        int burst = Integer.parseInt(arguments[3]);
        boolean tls = Boolean.parseBoolean(arguments[4]);
        try (Transport own = transport(nio)) {
            Transports transports = new Transports(own, () -> transport(nio));
            ClientWarmup.run(
                    transports,
                    new Wire(Protocol.CHAT, tls),
                    Optional.of(true),
                    new CountDownLatch(1),
                    System::nanoTime);
            ClientOverhead.Builder truth = new ClientOverhead.Builder(Plan.PERCENTILES);
            Shape shape = run(own, streams, bytes, burst, tls, truth);
            print("run's stamps", truth.ofRun());
            print("replay", calibrate(shape, transports));
            print("even replay", calibrate(even(shape), transports));
        }
    }

    private static ClientOverhead calibrate(Shape shape, Transports transports) throws Exception {
        return new Calibration(shape, Plan.PERCENTILES, transports, System::nanoTime)
                .run()
                .orElseThrow();
    }

    private static Transport transport(boolean nio) {
        return nio
                ? new NioTransport(System::nanoTime, TrustAll.context())
                : new JdkTransport(System::nanoTime, TrustAll.context());
    }

    private static Shape run(
            Transport transport, int streams, int bytes, int burst, boolean tls, ClientOverhead.Builder truth)
            throws Exception {
        Profile profile = Profile.playback(List.of(score(burst)), 1);
        ShapeBuilder builder = new ShapeBuilder();
        try (SimulatorProcess endpoint =
                        tls ? SimulatorProcess.startEncrypted(profile) : SimulatorProcess.start(profile);
                Target target = new Target(settings(endpoint.url()), transport, System::nanoTime)) {
            target.open(streams);
            String prompt = "x".repeat(bytes);
            for (int requests : new int[] {1, REQUESTS_A_STREAM}) {
                boolean measured = requests > 1;
                load(target, streams, requests * streams, prompt, STEPS * burst, record -> {
                    if (measured) {
                        builder.add(record);
                        truth.add(record, STEPS * burst - 1);
                    }
                });
            }
            return builder.build(
                            new Load.Closed(streams),
                            new ShapeBuilder.Surroundings(new Wire(Protocol.CHAT, tls), true, target.meanSizes()))
                    .orElseThrow();
        }
    }

    /** A first token after 100 ms, then a burst each 20 ms, its events 50 µs apart. */
    private static Score score(int burst) {
        long[] nanos = new long[STEPS * burst];
        int[] events = new int[nanos.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = 100 * MILLI + i / burst * 20 * MILLI + i % burst * MILLI / 20;
            events[i] = 1;
        }
        return new Score(nanos, events);
    }

    private static TargetSettings settings(String url) {
        return TargetSettings.chat(url, "m".repeat(70), Optional.of(true), RequestBounds.of(Duration.ofMinutes(1)));
    }

    private static void load(
            Target target, int streams, long requests, String prompt, int tokens, Consumer<RequestRecord> told)
            throws Exception {
        Recorder.Sink sink = new Recorder.Sink() {
            @Override
            public void record(RequestRecord record) {
                told.accept(record);
            }

            @Override
            public void flush() {}
        };
        try (Recorder recorder =
                        new Recorder(System::nanoTime, 0, false, UnaryOperator.identity(), sink, failure -> {});
                RequestSource source = new RequestSource(
                        index -> target.prepare(InferenceRequest.chat(prompt).maxOutputTokens(tokens)),
                        (index, request) -> new RequestIdentity(0, 0, false, 0, index, true, -1, tokens, false),
                        0,
                        OptionalLong.of(requests),
                        1024)) {
            source.awaitFilled();
            Dispatcher.of(new Load.Closed(streams), Stretch.ENDLESS, 0, source, target, recorder, System::nanoTime)
                    .run();
            recorder.drain();
        }
    }

    /** The same events evenly spaced, each in a write of its own, after a tiny prompt and a short wait, without TLS. */
    private static Shape even(Shape shape) {
        Shape.Means means = shape.means();
        int count = (int) means.events();
        long[] nanos = new long[count];
        int[] events = new int[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = (long) (Math.min(50 * MILLI, means.waitNanos()) + means.spanNanos() * i / (count - 1));
            events[i] = 1;
        }
        return new Shape(
                shape.streams(),
                shape.phases(),
                new Load.Open(1, Arrivals.POISSON),
                new Wire(Protocol.CHAT, false),
                new MeanSizes(0, 0, shape.sizes().event(), Double.NaN),
                means,
                List.of(new Shape.Answer(true, new Score(nanos, events))),
                List.of());
    }

    private static void print(String what, ClientOverhead overhead) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-13s", what));
        for (Metric metric : List.of(Metric.TTFT, Metric.ITL, Metric.E2EL)) {
            line.append(String.format(
                    Locale.ROOT,
                    "  %s p50 %.3f p99 %.3f ms (%d)",
                    metric.label(),
                    overhead.metric(metric).percentile(50) / MILLI,
                    overhead.metric(metric).percentile(99) / MILLI,
                    overhead.metric(metric).count()));
        }
        System.out.println(line + String.format(Locale.ROOT, "  machine %.0f %%", overhead.machineShare() * 100));
        overhead.differs().forEach(difference -> System.out.println("    " + difference));
    }
}
