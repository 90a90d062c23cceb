package io.inferometer.simulator.http;

/**
 * Bytes that are sent as they are, in the place of a response that HTTP would allow.
 *
 * @param bytes what is sent
 * @param then what follows
 */
public record RawReply(byte[] bytes, Then then) implements Reply {
    /** What becomes of the connection. */
    public enum Then {
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
