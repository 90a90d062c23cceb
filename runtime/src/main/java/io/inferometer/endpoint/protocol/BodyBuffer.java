package io.inferometer.endpoint.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the body of a response that is no stream, up to a bound. Used by one thread at a time. */
public final class BodyBuffer {
    private final int bound;
    private byte[] bytes = new byte[1024];
    private int length;

    public BodyBuffer(int bound) {
        this.bound = bound;
    }

    /** Takes what there is room for, and the rest away; false if that was not everything. */
    public boolean add(ByteBuffer more) {
        int count = Math.min(more.remaining(), bound - length);
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bound, Math.max(2L * bytes.length, length + count)));
        }
        more.get(bytes, length, count);
        length += count;
        boolean all = !more.hasRemaining();
        more.position(more.limit());
        return all;
    }

    /** Whether what came so far is the beginning of a stream of events. */
    public boolean beginsLikeStream() {
        return BodyStart.isStream(bytes, length);
    }

    /** What came; good until more is added. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Where what came begins: behind a byte order mark, where there is one. */
    int start() {
        return length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF ? 3 : 0;
    }

    /** What the body says went wrong, on one line. */
    public String message() {
        return ErrorBody.message(bytes, start(), length);
    }
}
