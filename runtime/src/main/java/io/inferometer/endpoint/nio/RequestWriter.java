package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/** Writes the requests of a connection, one after the other, as fast as the socket takes them. */
final class RequestWriter {
    private static final byte[] NONE = new byte[0];

    private byte[] head = NONE;
    private byte[] body = NONE;
    /** How much of head and body has been taken by the wire. */
    private int written;

    /** Whether the body's first byte is stamped, or there is no request to stamp it for. */
    private boolean stamped = true;

    private boolean whole;

    /** What is to be written next, from its start. */
    void begin(byte[] newHead, byte[] newBody) {
        head = newHead;
        body = newBody;
        written = 0;
        stamped = false;
        whole = false;
    }

    /** Forgets the request, which has ended. */
    void clear() {
        head = NONE;
        body = NONE;
        written = 0;
        stamped = true;
    }

    /** Whether the socket has taken all of the request. */
    boolean whole() {
        return whole;
    }

    /**
     * Writes on, and tells the exchange when the body's turn comes.
     *
     * @param out a buffer to write from
     * @return whether there is more to be written, when the socket takes more
     * @throws SSLException if the encryption itself failed: what is to be sent is not on its way
     */
    boolean write(Wire wire, ByteBuffer out, Exchange exchange, LongSupplier clock) throws SSLException {
        boolean all;
        do {
            out.clear();
            fillFrom(out, head, written);
            fillFrom(out, body, Math.max(0, written - head.length));
            out.flip();
            int offered = out.remaining();
            if (!stamped && (body.length == 0 || written + offered > head.length)) {
                stamped = true;
                exchange.sent(clock.getAsLong());
            }
            try {
                all = wire.write(out);
            } catch (SSLException e) {
                throw e;
            } catch (IOException e) {
                // The endpoint takes no more. What it has said to that is still to be read, or else that it is gone.
                return false;
            }
            written += offered - out.remaining();
        } while (all && written < head.length + body.length);
        whole = all;
        return !all;
    }

    /** Puts as much as there is room for; what does not fit leaves no room for what follows it. */
    private static void fillFrom(ByteBuffer out, byte[] bytes, int from) {
        if (from < bytes.length) {
            out.put(bytes, from, Math.min(bytes.length - from, out.remaining()));
        }
    }
}
