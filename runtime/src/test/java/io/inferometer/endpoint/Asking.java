package io.inferometer.endpoint;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.workload.InferenceRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Asks an endpoint over one transport, one request at a time, and shows what became of each. */
public final class Asking implements AutoCloseable {
    public static final Duration PATIENT = Duration.ofSeconds(30);

    private final Transport transport;
    private final Target target;

    public Asking(Transport transport, String url, Duration timeout, boolean streaming) {
        this(transport, url, Protocol.CHAT, timeout, streaming);
    }

    public Asking(Transport transport, String url, Protocol protocol, Duration timeout, boolean streaming) {
        this.transport = transport;
        target = new Target(
                new TargetSettings(
                        url,
                        false,
                        "",
                        protocol,
                        "m",
                        Map.of("Authorization", "Bearer secret"),
                        "",
                        "",
                        Optional.of(streaming),
                        RequestBounds.of(timeout)),
                transport,
                System::nanoTime);
    }

    /** What became of a request, once it has ended. */
    public RequestRecord ask(InferenceRequest request) throws Exception {
        return send(request).get(2 * PATIENT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Sends a request, and does not wait for its end. */
    public CompletableFuture<RequestRecord> send(InferenceRequest request) {
        CompletableFuture<RequestRecord> record = new CompletableFuture<>();
        WireRequest wire = target.prepare(request);
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(
                0,
                0,
                false,
                0,
                0,
                wire.streamed(),
                wire.expectedPromptTokens(),
                wire.requestedOutputTokens(),
                wire.ignoreEos(),
                wire.items()));
        timeline.scheduled(0, System.nanoTime());
        target.send(wire, timeline, ended -> record.complete(ended.toRecord(0, true, UnaryOperator.identity())));
        return record;
    }

    /** Gives up what is in flight. */
    public void cancelAll() {
        target.cancelAll();
    }

    @Override
    public void close() {
        target.close();
        transport.close();
    }
}
