package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.ResponseHeaders;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;

/**
 * One connection, from its opening to its end, and the request that it carries. Everything is called by the thread of its
 * event loop.
 */
final class Connection implements ResponseParser.Sink {
    private enum State {
        /** No address has answered yet. */
        DIALING,
        /** The handshake goes on, if there is one. */
        SHAKING_HANDS,
        /** It can carry a request, or does so. */
        OPEN,
        CLOSED
    }

    private final EventLoop loop;
    private final Origin origin;
    private final Dialing dialing;
    private final RequestWriter writer = new RequestWriter();
    private final ResponseParser parser = new ResponseParser(this);

    private State state = State.DIALING;
    private SelectionKey key;
    private Wire wire;
    /** Told whether it could be opened, where it is opened ahead of time. */
    private Consumer<Boolean> onOpened = opened -> {};

    /** What it carries; null where it is idle. */
    private Exchange exchange;

    private long readNanos;
    private long idleTurn;
    private int idlePlace = IdlePool.NOWHERE;

    Connection(EventLoop loop, Origin origin) {
        this.loop = loop;
        this.origin = origin;
        this.dialing = new Dialing(loop, origin, this);
    }

    /** Opens it, to be idle then. */
    void open(Consumer<Boolean> told) {
        onOpened = told;
        dialing.next();
    }

    /** Closes it if it is not open by now. */
    void giveUpOpening() {
        if (state != State.OPEN) {
            close();
        }
    }

    /** Opens it for a request. */
    void openFor(Exchange first) {
        carry(first);
        dialing.next();
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

    /** An address has answered, by the socket of this key. */
    void connected(SelectionKey connected) throws IOException {
        key = connected;
        wire = loop.wire(key, origin, this);
        state = State.SHAKING_HANDS;
        establish();
    }

    /** Goes on with the handshake, if there is one. */
    void establish() {
        if (state == State.CLOSED) {
            return;
        }
        try {
            if (!wire.establish()) {
                key.interestOps(wire.interest());
                return;
            }
            key.interestOps(SelectionKey.OP_READ);
            state = State.OPEN;
            if (exchange != null && exchange.ended()) {
                // It was given up meanwhile: nothing is sent any more, and the connection is as good as new.
                exchange = null;
            }
            if (exchange == null) {
                loop.idle(origin, this);
                opened(true);
            } else {
                exchange.connected(dialing.opening());
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
            switch (state) {
                case DIALING -> dialing.ready();
                case SHAKING_HANDS -> establish();
                case OPEN -> writeAndRead(key.readyOps());
                case CLOSED -> {}
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void writeAndRead(int ready) throws IOException {
        if ((ready & SelectionKey.OP_WRITE) != 0) {
            write();
        }
        if ((ready & SelectionKey.OP_READ) != 0 && state == State.OPEN) {
            read();
        }
    }

    private void request() throws IOException {
        writer.begin(loop.head(exchange.request()), exchange.request().body());
        parser.reset();
        write();
    }

    private void write() throws IOException {
        boolean more = writer.write(wire, loop.out(), exchange, loop.clock());
        int interest = more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
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
                complete(clean && parser.keepAlive() && writer.whole());
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
        writer.clear();
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

    /** It has a place among those that are idle, or {@link IdlePool#NOWHERE}; the pool's to say. */
    void idleAt(int place) {
        idlePlace = place;
    }

    int idleAt() {
        return idlePlace;
    }

    /** Whether this idle connection is still open, as far as this side can know; if not, it is closed. */
    boolean isOpen() {
        try {
            if (state == State.OPEN) {
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
            Breakage breakage = cause instanceof BrokenResponse broken
                    ? broken.breakage(parser.stage())
                    : dialing.known(Breakage.of(parser.stage(), cause));
            failed.failed(breakage, loop.nanoTime());
        }
    }

    /** Closes it. */
    void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        exchange = null;
        if (wire != null) {
            wire.close();
        }
        dialing.close();
        loop.closed(origin, this);
        opened(false);
    }
}
