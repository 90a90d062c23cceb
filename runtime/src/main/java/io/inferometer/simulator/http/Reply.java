package io.inferometer.simulator.http;

import java.util.List;

/**
 * What the API makes of a request: a response that can be sent at once, an answer to be generated, either of them once some
 * texts have been counted, or bytes that are no response at all.
 */
sealed interface Reply permits HttpReply, Order, Reply.Counting, Reply.Raw {
    /**
     * A reply that depends on the tokens of some texts, which are counted elsewhere.
     *
     * @param texts the texts
     * @param counted makes the reply of their ids
     */
    record Counting(List<String> texts, Counted counted) implements Reply {
        /** What comes after. */
        interface Counted {
            Reply reply(int[] ids) throws ApiException;
        }
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
