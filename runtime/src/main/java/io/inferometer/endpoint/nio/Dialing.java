package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Breakage;
import io.inferometer.record.Opening;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Iterator;

/**
 * Tries the addresses of an origin for a connection, one after the other, until one of them answers. Used by the thread of
 * the event loop.
 */
final class Dialing {
    private final EventLoop loop;
    private final Origin origin;
    private final Connection connection;

    /** The addresses that are tried next, should this one fail; null before the first. */
    private Iterator<InetSocketAddress> untried;

    /** The one that was tried last; null before the first. */
    private InetSocketAddress asked;

    private SocketChannel channel;
    private SelectionKey key;
    private boolean over;
    private long dialedNanos;
    private long answeredNanos;

    Dialing(EventLoop loop, Origin origin, Connection connection) {
        this.loop = loop;
        this.origin = origin;
        this.connection = connection;
    }

    /** Tries the first address, or the next one. The connection is told when one has answered, or none has. */
    void next() {
        try {
            if (untried == null) {
                dialedNanos = loop.nanoTime();
                untried = origin.addresses().iterator();
            }
            asked = untried.next();
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(asked);
            key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, connection);
            if (connected) {
                answered();
            } else if (untried.hasNext()) {
                SocketChannel unanswered = channel;
                loop.executeAfter(origin.patience(), () -> unanswered(unanswered));
            }
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        }
    }

    /** The selector has found that the address has answered, one way or the other. */
    void ready() {
        try {
            channel.finishConnect();
            answered();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void answered() throws IOException {
        answeredNanos = loop.nanoTime();
        origin.answered(channel.getRemoteAddress());
        over = true;
        connection.connected(key);
    }

    /** The connection may have been made or given up, and another address be asked, by now. */
    private void unanswered(SocketChannel one) {
        if (channel == one && !over) {
            failed(new SocketTimeoutException());
        }
    }

    private void failed(Throwable e) {
        if (!over && untried != null && untried.hasNext()) {
            close(channel);
            next();
        } else {
            connection.fail(e);
        }
    }

    /** How a request broke, known better by the address that was tried. */
    Breakage known(Breakage breakage) {
        return asked == null ? breakage : breakage.tried(asked);
    }

    /** How the connection was opened that is ready by now. */
    Opening opening() {
        return new Opening(dialedNanos, answeredNanos, origin.tls() ? loop.nanoTime() : answeredNanos);
    }

    /** Tries no more, and closes the socket, connected or not. */
    void close() {
        over = true;
        close(channel);
    }

    private static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // There is nothing left that it could harm.
        }
    }
}
