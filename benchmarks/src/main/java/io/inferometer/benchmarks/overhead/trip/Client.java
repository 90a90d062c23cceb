package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.endpoint.nio.NioTransport;
import io.inferometer.record.RequestRecord;
import java.io.IOException;
import java.util.List;

/** Whoever does the job of a round trip. For one thread. */
public interface Client extends AutoCloseable {
    /** The bare loop's name. */
    String BARE = "bare";
    /** The names of the product over each of its transports. */
    List<String> TRANSPORTS = List.of("jdk", "nio");
    /** The names of a whole run over the transport that it takes by itself, without the page that shows it and with one that is open. */
    List<String> RUNS = List.of("run", "run-live");

    /** Opens connections ahead of time. */
    void open(int connections) throws IOException, InterruptedException;

    /** Does one iteration; returns when its last request has ended. */
    void run(Job job) throws IOException, InterruptedException;

    /** What became of the requests of the last iteration; one that was never sent may be missing. */
    List<RequestRecord> records();

    @Override
    void close() throws IOException;

    /** The client of a name, without connections. */
    static Client of(String name, String url) throws IOException {
        return switch (name) {
            case BARE -> new BareClient(url);
            case "jdk" -> new WholeClient(url, new JdkTransport(System::nanoTime));
            case "nio" -> new WholeClient(url, new NioTransport(System::nanoTime));
            case "run" -> new WholeRun(url, false);
            case "run-live" -> new WholeRun(url, true);
            default -> throw new IllegalArgumentException("no client " + name);
        };
    }
}
