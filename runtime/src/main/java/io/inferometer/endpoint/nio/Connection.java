package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.ResponseHeaders;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * One connection, from its opening to its end, and the request that it carries. Everything is called by the thread of its
 * event loop.
 */
final class Connection implements ResponseParser.Sink {
    private static final byte[] NONE = new byte[0];

    /** A connection that was read from so shortly ago is not read from again to see whether it is open. */
    private static final long JUST_READ_NANOS = 100_000;

    private final EventLoop loop;
    private final Origin origin;
    private final ResponseParser parser = new ResponseParser(this);

    private SocketChannel channel;
    private SelectionKey key;
    /** Null until the socket is connected. */
    private Wire wire;

    /** The addresses that are tried next, should this one fail; null before the first. */
    private Iterator<InetSocketAddress> untried;

    private boolean established;
    private boolean closed;
    /** Told whether it could be opened, where it is opened ahead of time. */
    private Consumer<Boolean> onOpened = opened -> {};

    private Exchange exchange;
    private byte[] head = NONE;
    private byte[] body = NONE;
    /** How much of head and body has been taken by the wire. */
    private int written;

    /** Whether the body's first byte is stamped, or there is no request to stamp it for. */
    private boolean stamped = true;

    private boolean wholeRequestSent;
    private long readNanos;
    private long idleTurn;

    Connection(EventLoop loop, Origin origin) {
        this.loop = loop;
        this.origin = origin;
    }

    /** Opens it, to be idle then. */
    void open(Consumer<Boolean> told) {
        onOpened = told;
        connect();
    }

    /** Opens it for a request. */
    void openFor(Exchange first) {
        carry(first);
        connect();
    }

    /** Sends a request over this idle connection. */
    void send(Exchange next) {
        carry(next);
        try {
            request();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void carry(Exchange next) {
        exchange = next;
        next.onAbort(() -> loop.execute(() -> abort(next)));
    }

    /** The request may have ended, and the connection carry another one by now. */
    private void abort(Exchange given) {
        if (exchange == given) {
            close();
        }
    }

    private void connect() {
        try {
            if (untried == null) {
                untried = origin.addresses().iterator();
            }
            InetSocketAddress address = untried.next();
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(address);
            key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
            if (connected) {
                connected();
            } else if (untried.hasNext()) {
                SocketChannel asked = channel;
                loop.executeAfter(origin.patience(), () -> unanswered(asked));
            }
        } catch (IOException | RuntimeException | Error e) {
            notConnected(e);
        }
    }

    /** The connection may have been made, and another address be asked, by now. */
    private void unanswered(SocketChannel asked) {
        if (channel == asked && wire == null && !closed) {
            notConnected(new SocketTimeoutException());
        }
    }

    private void notConnected(Throwable e) {
        if (untried != null && untried.hasNext()) {
            closeSocket();
            connect();
        } else {
            fail(e);
        }
    }

    private void connected() throws IOException {
        origin.answered(channel.getRemoteAddress());
        wire = loop.wire(key, origin, this);
        establish();
    }

    /** Goes on with the handshake, if there is one. */
    void establish() {
        if (closed) {
            return;
        }
        try {
            if (!wire.establish()) {
                key.interestOps(wire.interest());
                return;
            }
            key.interestOps(SelectionKey.OP_READ);
            established = true;
            if (exchange == null) {
                loop.idle(origin, this);
                opened(true);
            } else {
                exchange.connected(loop.nanoTime());
                request();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void opened(boolean well) {
        Consumer<Boolean> told = onOpened;
        onOpened = opened -> {};
        told.accept(well);
    }

    /** The selector has found the socket to be ready for something. */
    void ready() {
        try {
            if (wire == null) {
                finishConnecting();
            } else if (!established) {
                establish();
            } else {
                int ready = key.readyOps();
                if ((ready & SelectionKey.OP_WRITE) != 0) {
                    write();
                }
                if ((ready & SelectionKey.OP_READ) != 0 && !closed) {
                    read();
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void finishConnecting() throws IOException {
        try {
            channel.finishConnect();
        } catch (IOException e) {
            notConnected(e);
            return;
        }
        connected();
    }

    private void request() throws IOException {
        head = loop.head(exchange.request());
        body = exchange.request().body();
        written = 0;
        stamped = false;
        wholeRequestSent = false;
        parser.reset();
        write();
    }

    private void write() throws IOException {
        boolean all;
        do {
            ByteBuffer out = loop.out();
            fillFrom(out, head, written);
            fillFrom(out, body, Math.max(0, written - head.length));
            out.flip();
            int offered = out.remaining();
            if (!stamped && (body.length == 0 || written + offered > head.length)) {
                stamped = true;
                exchange.sent(loop.nanoTime());
            }
            try {
                all = wire.write(out);
            } catch (SSLException e) {
                // The encryption itself failed: what is to be sent is not on its way.
                throw e;
            } catch (IOException e) {
                // The endpoint takes no more. What it has said to that is still to be read, or else that it is gone.
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            written += offered - out.remaining();
        } while (all && written < head.length + body.length);
        wholeRequestSent = all;
        int interest = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
    }

    /** Puts as much as there is room for; what does not fit leaves no room for what follows it. */
    private static void fillFrom(ByteBuffer out, byte[] bytes, int from) {
        if (from < bytes.length) {
            out.put(bytes, from, Math.min(bytes.length - from, out.remaining()));
        }
    }

    private void read() throws IOException {
        wire.fill();
        readNanos = loop.nanoTime();
        for (ByteBuffer bytes = wire.next(); bytes != null; bytes = wire.next()) {
            if (exchange == null) {
                // Nothing was asked for: what comes belongs to no request.
                close();
                return;
            }
            if (parser.feed(bytes)) {
                boolean clean = !bytes.hasRemaining() && wire.next() == null && !wire.ended();
                complete(clean && parser.keepAlive() && wholeRequestSent);
                return;
            }
        }
        if (wire.ended()) {
            ended();
        }
    }

    private void complete(boolean again) {
        Exchange done = exchange;
        exchange = null;
        body = NONE;
        if (again) {
            loop.idle(origin, this);
        } else {
            close();
        }
        done.complete(readNanos);
    }

    private void ended() {
        if (exchange == null) {
            close();
        } else if (parser.endsWithConnection()) {
            complete(false);
        } else {
            fail(new EOFException());
        }
    }

    @Override
    public void head(int status, ResponseHeaders headers) {
        exchange.headers(status, headers, readNanos);
    }

    @Override
    public void body(ByteBuffer bytes) {
        exchange.read(bytes, readNanos);
    }

    /** It has nothing to do, since a turn of its event loop. */
    void idleSince(long turn) {
        idleTurn = turn;
    }

    /** Since which turn of its event loop it has nothing to do. */
    long idleSince() {
        return idleTurn;
    }

    /** Whether this idle connection is still open, as far as this side can know; if not, it is closed. */
    boolean isOpen() {
        if (!closed && loop.nanoTime() - readNanos < JUST_READ_NANOS) {
            return true;
        }
        try {
            if (!closed) {
                wire.fill();
                if (wire.next() == null && !wire.ended()) {
                    return true;
                }
            }
        } catch (IOException e) {
            // It is of no more use, and nobody's request has failed for it.
        }
        close();
        return false;
    }

    /** Closes it; the request that it carries, if any, fails for the cause. */
    void fail(Throwable cause) {
        Exchange failed = exchange;
        close();
        if (failed != null) {
            // In the words of java.net.http, so that a fault has one wording over every transport.
            Throwable told = parser.inHead() && !(cause instanceof ProtocolException)
                    ? new IOException("receiving [the headers]", cause)
                    : cause;
            failed.failed(told, loop.nanoTime());
        }
    }

    /** Closes it. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        exchange = null;
        if (wire != null) {
            wire.close();
        }
        closeSocket();
        loop.closed(origin, this);
        opened(false);
    }

    private void closeSocket() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // There is nothing left that it could harm.
        }
    }
}
