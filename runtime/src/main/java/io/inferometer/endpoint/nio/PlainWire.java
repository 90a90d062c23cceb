package io.inferometer.endpoint.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class PlainWire implements Wire {
    private final SocketChannel channel;
    private final ByteBuffer in;
    private boolean ended;

    PlainWire(SocketChannel channel, ByteBuffer in) {
        this.channel = channel;
        this.in = in;
    }

    @Override
    public boolean establish() {
        return true;
    }

    @Override
    public void fill() throws IOException {
        in.clear();
        ended = channel.read(in) < 0;
        in.flip();
    }

    @Override
    public ByteBuffer next() {
        return in.hasRemaining() ? in : null;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        return !bytes.hasRemaining();
    }

    @Override
    public int interest() {
        return SelectionKey.OP_READ;
    }

    @Override
    public void close() {
        // There is nothing to say.
    }
}
