package io.inferometer.simulator.http;

import io.inferometer.simulator.protocol.JsonBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The body of the request that a connection reads, as far as it has come. Confined to the connection's event loop. */
final class RequestBody {
    /** What has been read, or null. */
    private ByteBuf read;

    /** Takes a part; false if the body is too long, and then forgotten. */
    boolean append(ByteBuf part, ByteBufAllocator allocator) {
        if (!part.isReadable()) {
            return true;
        }
        if (read == null) {
            read = allocator.heapBuffer(part.readableBytes(), JsonBody.MAX_BYTES);
        }
        if (part.readableBytes() > JsonBody.MAX_BYTES - read.readableBytes()) {
            release();
            return false;
        }
        read.writeBytes(part);
        return true;
    }

    /** What has been read; good until it is released. */
    Api.Body bytes() {
        return read == null
                ? new Api.Body(new byte[0], 0, 0)
                : new Api.Body(read.array(), read.arrayOffset() + read.readerIndex(), read.readableBytes());
    }

    /** Forgets it. */
    void release() {
        if (read != null) {
            read.release();
            read = null;
        }
    }
}
