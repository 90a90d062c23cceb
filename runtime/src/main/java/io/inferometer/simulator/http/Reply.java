package io.inferometer.simulator.http;

import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.Order;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What the API makes of a request: a response that can be sent at once, an answer to be generated, a file, any of them once
 * something has been done on another thread, or bytes that are no response at all.
 */
sealed interface Reply permits HttpReply, Reply.Generate, Reply.Download, Reply.Elsewhere, Reply.Raw {
    /**
     * An answer to be generated.
     *
     * @param order what is in it
     * @param members what {@link Order#members} says, or null if that has not been asked yet
     */
    record Generate(Order order, String members) implements Reply {}

    /**
     * What is in a file.
     *
     * @param path where it is
     * @param bytes how long it is
     */
    record Download(Path path, long bytes) implements Reply {}

    /**
     * A reply that takes too long to make for an event loop that has streams to keep in time.
     *
     * @param thread where it is made
     * @param work makes it
     */
    record Elsewhere(Executor thread, Work work) implements Reply {
        /** Has it made. */
        CompletableFuture<Outcome> begin() {
            return CompletableFuture.supplyAsync(this::outcome, thread);
        }

        private Outcome outcome() {
            try {
                return new Outcome(work.reply(), null);
            } catch (ApiException e) {
                return new Outcome(null, e);
            }
        }
    }

    /** What makes a reply. */
    interface Work {
        Reply reply() throws ApiException;
    }

    /**
     * What was made.
     *
     * @param reply the reply, or null
     * @param error the error that came in its place, or null
     */
    record Outcome(Reply reply, ApiException error) {}

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
