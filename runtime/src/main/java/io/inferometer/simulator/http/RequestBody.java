package io.inferometer.simulator.http;

import io.inferometer.simulator.batch.Upload;
import io.inferometer.simulator.protocol.JsonBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * The body of the request that a connection reads, as far as it has come: kept here, or handed on to an upload. Confined to
 * the connection's event loop.
 */
final class RequestBody {
    /** What has been read, or null. */
    private ByteBuf read;
    /** Where it goes instead, or null. */
    private Upload upload;

    /** Hands on what comes from here on. */
    void goesTo(Upload newUpload) {
        upload = newUpload;
    }

    /** Whether a body of this length is longer than any that is kept. */
    boolean isTooLong(long bytes) {
        return upload == null && bytes > JsonBody.MAX_BYTES;
    }

    /** Takes a part; false if the body is too long, and then forgotten. */
    boolean append(ByteBuf part, Channel channel) {
        if (!part.isReadable()) {
            return true;
        }
        if (upload != null) {
            boolean more = upload.append(
                    part.retain(),
                    () -> channel.eventLoop().execute(() -> channel.config().setAutoRead(true)));
            channel.config().setAutoRead(more);
            return true;
        }
        if (read == null) {
            read = channel.alloc().heapBuffer(part.readableBytes(), JsonBody.MAX_BYTES);
        }
        if (part.readableBytes() > JsonBody.MAX_BYTES - read.readableBytes()) {
            release();
            return false;
        }
        read.writeBytes(part);
        return true;
    }

    /** What has been read; good until it is released. */
    Inference.Body bytes() {
        return read == null
                ? new Inference.Body(new byte[0], 0, 0)
                : new Inference.Body(read.array(), read.arrayOffset() + read.readerIndex(), read.readableBytes());
    }

    /** The upload, which is the caller's from here on; null if there is none. */
    Upload takeUpload() {
        Upload taken = upload;
        upload = null;
        return taken;
    }

    /** Forgets it. */
    void release() {
        if (read != null) {
            read.release();
            read = null;
        }
        if (upload != null) {
            upload.abandon();
            upload = null;
        }
    }
}
