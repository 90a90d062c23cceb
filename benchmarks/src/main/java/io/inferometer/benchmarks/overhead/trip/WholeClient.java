package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RequestSource;
import io.inferometer.load.Stretch;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The product: a closed loop from its dispatcher to its recorder, over one of its transports. */
final class WholeClient implements Client, Recorder.Sink {
    private static final String QUESTION = "What does a client add to the times it takes?";

    private final Transport transport;
    private final Target target;
    private final Recorder recorder;
    private List<RequestRecord> records = new ArrayList<>();

    WholeClient(String url, Transport transport) {
        this.transport = transport;
        target = target(url, transport);
        recorder = new Recorder(System::nanoTime, 0, false, UnaryOperator.identity(), this, failure -> {});
    }

    private static Target target(String url, Transport transport) {
        return new Target(
                TargetSettings.chat(url, "overhead", Optional.empty(), RequestBounds.of(Duration.ofMinutes(2))),
                transport,
                System::nanoTime);
    }

    /** The request of a job, which is that of all clients. */
    static WireRequest request(Target target, Job job) {
        return target.prepare(InferenceRequest.chat(QUESTION)
                .streaming(job.streamed())
                .maxOutputTokens(job.tokens())
                .ignoreEos(true));
    }

    /** The request as the product would send it over any transport. */
    static WireRequest request(String url, Job job) {
        try (Transport transport = new NioTransport(System::nanoTime);
                Target target = target(url, transport)) {
            return request(target, job);
        }
    }

    /** Which request one is. */
    static RequestIdentity identity(long index, WireRequest request) {
        return new RequestIdentity(
                0,
                0,
                false,
                0,
                index,
                request.streamed(),
                request.expectedPromptTokens(),
                request.requestedOutputTokens(),
                request.ignoreEos());
    }

    @Override
    public void open(int connections) throws InterruptedException {
        target.open(connections);
    }

    @Override
    public void run(Job job) throws InterruptedException {
        records = new ArrayList<>(job.requests());
        WireRequest request = request(target, job);
        try (RequestSource source = new RequestSource(
                index -> request, WholeClient::identity, 0, OptionalLong.of(job.requests()), job.slots())) {
            source.awaitFilled();
            Dispatcher.of(new Load.Closed(job.slots()), Stretch.ENDLESS, 0, source, target, recorder, System::nanoTime)
                    .run();
        }
        recorder.drain();
    }

    @Override
    public List<RequestRecord> records() {
        return records;
    }

    @Override
    public void record(RequestRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {
        // Nothing is kept beyond the iteration.
    }

    @Override
    public void close() {
        recorder.close();
        target.close();
        transport.close();
    }
}
