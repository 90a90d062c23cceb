package io.inferometer.endpoint.nio;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection, as they are before encryption. No call waits. The buffers are the event loop's: what is
 * read has to be taken before another connection has its turn.
 */
interface Wire {
    /** Goes on with what comes before the first request; true when that is done. */
    boolean establish() throws IOException;

    /** Reads once from the socket. */
    void fill() throws IOException;

    /** The next bytes of those that were read, good until the next call; null when there are no more. */
    ByteBuffer next() throws IOException;

    /** Whether the other side has said that no more will come. */
    boolean ended();

    /**
     * Takes bytes as far as the socket does.
     *
     * @return whether all of them, and all taken before, are in the socket; if not, to be called again when it takes more
     */
    boolean write(ByteBuffer bytes) throws IOException;

    /** What of the socket it waits for while it is being established, as bits of a selection key. */
    int interest();

    /** Says goodbye where that is the custom, without waiting. The socket is closed by the caller. */
    void close();
}
