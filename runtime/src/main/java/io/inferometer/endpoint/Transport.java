package io.inferometer.endpoint;

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

    /** Sends a request. Does not wait; may be called by any thread, a thread that reads responses among them. */
    void send(Exchange exchange);

    /** Ends its threads and connections. */
    @Override
    void close();
}
