package io.inferometer.instrument;

import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.Transport;
import io.inferometer.endpoint.WireRequest;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was sent by another. */
final class RecordingTransport implements Transport {
    final List<WireRequest> sent = new CopyOnWriteArrayList<>();
    private final Transport other;
    boolean closed;

    RecordingTransport(Transport other) {
        this.other = other;
    }

    @Override
    public String name() {
        return other.name();
    }

    @Override
    public void prepare(URI uri) {
        other.prepare(uri);
    }

    @Override
    public OptionalInt open(URI uri, int connections) throws InterruptedException {
        return other.open(uri, connections);
    }

    @Override
    public void send(Exchange exchange) {
        sent.add(exchange.request());
        other.send(exchange);
    }

    @Override
    public void close() {
        closed = true;
        other.close();
    }
}
