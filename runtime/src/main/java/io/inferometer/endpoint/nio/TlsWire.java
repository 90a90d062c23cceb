package io.inferometer.endpoint.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Bytes under TLS. What takes long in a handshake, such as judging certificates, is done by another thread, which then
 * has the handshake gone on with.
 */
final class TlsWire implements Wire {
    private static final byte[] NONE = new byte[0];
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SelectionKey key;
    private final SocketChannel channel;
    private final SSLEngine engine;
    private final TlsBuffers buffers;
    private final Consumer<Runnable> elsewhere;
    /** A record of which a part is still to come. */
    private byte[] kept = NONE;
    /** Encrypted bytes that the socket did not take. */
    private ByteBuffer unsent = NOTHING;

    private boolean busy;
    private boolean ended;

    /**
     * A connection before its handshake.
     *
     * @param key its socket's; told to wait until that takes more, whenever it did not take everything
     * @param elsewhere runs a task on another thread, and has {@link #establish} called when it is done
     */
    TlsWire(SelectionKey key, SSLEngine engine, TlsBuffers buffers, Consumer<Runnable> elsewhere) {
        this.key = key;
        this.channel = (SocketChannel) key.channel();
        this.engine = engine;
        this.buffers = buffers;
        this.elsewhere = elsewhere;
    }

    /** The buffers that the connections of one event loop share; each holds the largest record, and more. */
    record TlsBuffers(ByteBuffer in, ByteBuffer plain, ByteBuffer encrypted) {}

    @Override
    public boolean establish() throws IOException {
        busy = false;
        if (!flush()) {
            return false;
        }
        fill();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> {
                    if (!wrap(NOTHING)) {
                        keep();
                        return false;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrapHandshake()) {
                        return false;
                    }
                }
                case NEED_TASK -> {
                    keep();
                    busy = true;
                    elsewhere.accept(this::runTasks);
                    return false;
                }
                default -> {
                    keep();
                    return true;
                }
            }
        }
    }

    private boolean unwrapHandshake() throws IOException {
        buffers.plain().clear();
        SSLEngineResult result = engine.unwrap(buffers.in(), buffers.plain());
        if (result.getStatus() == SSLEngineResult.Status.OK) {
            return true;
        }
        if (ended || result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLHandshakeException("the connection was closed during the handshake");
        }
        keep();
        return false;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public void fill() throws IOException {
        ByteBuffer in = buffers.in();
        in.clear();
        in.put(kept);
        kept = NONE;
        try {
            ended = channel.read(in) < 0;
        } finally {
            in.flip();
        }
    }

    private void keep() {
        ByteBuffer in = buffers.in();
        if (in.hasRemaining()) {
            kept = new byte[in.remaining()];
            in.get(kept);
        }
    }

    @Override
    public ByteBuffer next() throws IOException {
        ByteBuffer in = buffers.in();
        ByteBuffer plain = buffers.plain();
        while (in.hasRemaining()) {
            plain.clear();
            SSLEngineResult result = engine.unwrap(in, plain);
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> {
                    keep();
                    return null;
                }
                case CLOSED -> {
                    ended = true;
                    return null;
                }
                case BUFFER_OVERFLOW -> throw new SSLException("a record is too long");
                default -> afterHandshake(result.getHandshakeStatus());
            }
            if (plain.position() > 0) {
                plain.flip();
                return plain;
            }
        }
        return null;
    }

    /**
     * Tickets and new keys, which come among the bytes of an established connection. A whole new handshake, which TLS 1.2
     * knows, is not done: it would judge certificates on this thread.
     */
    private void afterHandshake(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return;
        }
        if (!engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException("it asks for a second handshake, which is not done");
        }
        say();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        if (!say()) {
            return false;
        }
        while (bytes.hasRemaining()) {
            if (!wrap(bytes)) {
                return false;
            }
        }
        return true;
    }

    /** Sends what the socket did not take before, and what the engine has to say by itself. */
    private boolean say() throws IOException {
        boolean all = flush();
        while (all && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            all = wrap(NOTHING);
        }
        return all;
    }

    private boolean flush() throws IOException {
        if (unsent.hasRemaining()) {
            channel.write(unsent);
        }
        return !unsent.hasRemaining();
    }

    private boolean wrap(ByteBuffer bytes) throws IOException {
        ByteBuffer encrypted = buffers.encrypted();
        encrypted.clear();
        SSLEngineResult result = engine.wrap(bytes, encrypted);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the other side has ended the encrypted connection");
        }
        if (result.getStatus() != SSLEngineResult.Status.OK
                || result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
            throw new SSLException("the encryption does not go on: " + result.getStatus());
        }
        encrypted.flip();
        channel.write(encrypted);
        if (encrypted.hasRemaining()) {
            unsent = ByteBuffer.allocate(encrypted.remaining()).put(encrypted).flip();
            key.interestOpsOr(SelectionKey.OP_WRITE);
            return false;
        }
        return true;
    }

    @Override
    public int interest() {
        if (busy) {
            return 0;
        }
        return unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    }

    @Override
    public void close() {
        if (busy) {
            // The engine is the other thread's until that is done with its task, and nobody waits for that here.
            return;
        }
        engine.closeOutbound();
        ByteBuffer encrypted = buffers.encrypted();
        encrypted.clear();
        try {
            engine.wrap(NOTHING, encrypted);
            if (flush()) {
                channel.write(encrypted.flip());
            }
        } catch (IOException e) {
            // The connection is of no more use, and this was the last word on it.
        }
    }
}
