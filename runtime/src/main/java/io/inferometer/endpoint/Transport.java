package io.inferometer.endpoint;

import java.net.URI;
import java.util.OptionalInt;

/**
 * Moves the bytes of requests and responses, and stamps them.
 *
 * <p>It calls the exchange from its own threads, one at a time for each exchange: {@link Exchange#sent} when the first
 * byte of the body is asked for at the socket, {@link Exchange#headers}, {@link Exchange#read} for each read with the
 * time at which the read returned, then {@link Exchange#complete} or {@link Exchange#failed}.
 */
public interface Transport extends AutoCloseable {
    /** Its name on the command line and in results. */
    String name();

    /**
     * Makes ready what the first request to an address would have to wait for, such as the addresses of its host.
     *
     * @throws IllegalArgumentException if this transport can't reach it as things are; the message says why
     */
    default void prepare(URI uri) {}

    /**
     * Opens connections ahead of time, as far as they are not there, and waits for them a few seconds at the most.
     *
     * @return how many are there; empty if this transport opens connections only when it sends requests
     */
    default OptionalInt open(URI uri, int connections) throws InterruptedException {
        return OptionalInt.empty();
    }

    /** Sends a request. Does not wait; may be called by any thread, a thread that reads responses among them. */
    void send(Exchange exchange);

    /** Ends its threads and connections. */
    @Override
    void close();
}
