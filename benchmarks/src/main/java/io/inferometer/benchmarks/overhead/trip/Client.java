package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.record.RequestRecord;
import java.io.IOException;
import java.util.List;

/** Whoever does the job of a round trip. For one thread. */
public interface Client extends AutoCloseable {
    /** The bare reader's name. */
    String LIMIT = "limit";
    /** All clients: the limit first, then the transports. */
    List<String> NAMES = List.of(LIMIT, "jdk", "nio");

    /** Opens connections ahead of time. */
    void open(int connections) throws IOException, InterruptedException;

    /** Does one iteration; returns when its last request has ended. */
    void run(Job job) throws IOException, InterruptedException;

    /** What became of the requests of the last iteration. */
    List<RequestRecord> records();

    @Override
    void close() throws IOException;

    /** The client of a name, without connections. */
    static Client of(String name, String url) throws IOException {
        return switch (name) {
            case LIMIT -> new LimitClient(url);
            case "jdk" -> new WholeClient(url, new JdkTransport(System::nanoTime));
            case "nio" -> new WholeClient(url, new NioTransport(System::nanoTime));
            default -> throw new IllegalArgumentException("no client " + name);
        };
    }
}
