package io.inferometer.simulator.http;

import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.Order;
import java.util.concurrent.Executor;

/**
 * What the API makes of a request: a response that can be sent at once, an answer to be generated, either of them once
 * something has been done on another thread, or bytes that are no response at all.
 */
sealed interface Reply permits HttpReply, Reply.Generate, Reply.Elsewhere, Reply.Raw {
    /**
     * An answer to be generated.
     *
     * @param order what is in it
     * @param members what {@link Order#members} says, or null if that has not been asked yet
     */
    record Generate(Order order, String members) implements Reply {}

    /**
     * A reply that takes too long to make for an event loop that has streams to keep in time.
     *
     * @param thread where it is made
     * @param work makes it
     */
    record Elsewhere(Executor thread, Work work) implements Reply {}

    /** What makes a reply. */
    interface Work {
        Reply reply() throws ApiException;
    }

    /**
     * Bytes that are sent as they are, in the place of a response that HTTP would allow.
     *
     * @param bytes what is sent
     * @param then what follows
     */
    record Raw(byte[] bytes, Then then) implements Reply {}

    /** What becomes of a connection after {@link Raw} bytes. */
    enum Then {
        /** The next request is read. */
        NEXT,
        /** It is reset. */
        RESET,
        /** Nothing more, and it stays open. */
        SILENCE,
        /** Header lines without end, as fast as the client takes them. */
        HEADERS
    }
}
