package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.WireRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One thread that does all the work of its connections, one piece after the other: they, the pool of those that are idle,
 * and the buffers are used by no other thread.
 */
final class EventLoop {
    private static final int BUFFER_BYTES = 64 << 10;

    private final LongSupplier clock;
    private final Tls tls;
    private final Executor elsewhere;
    private final Selector selector;
    private final Thread thread;

    private final TaskQueue tasks;
    private final Consumer<SelectionKey> ready = this::ready;
    private final IdlePool pool = new IdlePool();
    private final RequestHead requestHead = new RequestHead();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private TlsWire.TlsBuffers tlsBuffers;
    private boolean selecting;
    /** The number of the selector's last look. */
    private long turn;

    private volatile boolean closed;

    /**
     * A loop whose thread runs.
     *
     * @param elsewhere runs what takes long
     */
    EventLoop(String name, LongSupplier clock, Tls tls, Executor elsewhere) throws IOException {
        this.clock = clock;
        this.tls = tls;
        this.elsewhere = elsewhere;
        selector = Selector.open();
        tasks = new TaskQueue(selector);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether the calling thread is this loop's. */
    boolean isThisThread() {
        return Thread.currentThread() == thread;
    }

    /** Has this thread run a task, after what it does now. May be called by any thread. */
    void execute(Runnable task) {
        if (isThisThread()) {
            tasks.putOff(task);
        } else {
            tasks.handOver(task);
        }
    }

    /** Has this thread run a task when some time has gone by. May be called by any thread. */
    void executeAfter(Duration time, Runnable task) {
        CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, this::execute)
                .execute(task);
    }

    /**
     * Sends a request. May be called by any thread.
     *
     * @throws IllegalStateException if the loop is closed
     */
    void send(Origin origin, Exchange exchange) {
        Runnable task = () -> start(origin, exchange);
        if (!closed) {
            execute(task);
            // Unless it came behind the loop's last look at its tasks.
            if (!closed || !tasks.takeBack(task)) {
                return;
            }
        }
        throw new IllegalStateException("the transport is closed");
    }

    /** Forgets those idle connections that the endpoint has closed. May be called by any thread. */
    void forgetClosed(Origin origin) {
        execute(() -> pool.lookAtAll(origin));
    }

    /**
     * Opens a connection, unless so many are idle or being opened. May be called by any thread.
     *
     * @param patience how long it may take; it is given up then
     * @param told whether one could be opened, or was there; by this loop's thread
     */
    void open(Origin origin, int most, Duration patience, Consumer<Boolean> told) {
        execute(() -> {
            if (closed || pool.ready(origin) >= most) {
                told.accept(!closed);
                return;
            }
            pool.opening(origin, 1);
            Connection connection = new Connection(this, origin);
            executeAfter(patience, connection::giveUpOpening);
            connection.open(opened -> {
                pool.opening(origin, -1);
                told.accept(opened);
            });
        });
    }

    /** Ends the thread and its connections; what they carry fails. May be called by any thread. */
    void close() {
        closed = true;
        selector.wakeup();
    }

    private void start(Origin origin, Exchange exchange) {
        try {
            if (closed) {
                exchange.failed(Breakage.of(Breakage.Stage.AWAITED, new ClosedChannelException()), nanoTime());
            } else if (!exchange.ended()) {
                Connection idle = takeIdle(origin);
                if (idle == null) {
                    new Connection(this, origin).openFor(exchange);
                } else {
                    idle.send(exchange);
                }
            }
        } catch (RuntimeException | Error e) {
            exchange.failed(Breakage.of(Breakage.Stage.AWAITED, e), nanoTime());
        }
    }

    /**
     * What the selector has found is known of all that were idle by then; while that is being gone through, or behind that,
     * a connection has to be looked at by itself.
     */
    private Connection takeIdle(Origin origin) {
        for (Connection idle = pool.takeLast(origin); idle != null; idle = pool.takeLast(origin)) {
            if (!selecting && idle.idleSince() != turn || idle.isOpen()) {
                return idle;
            }
        }
        return null;
    }

    private void run() {
        Exception end = new ClosedChannelException();
        while (!closed) {
            try {
                turn();
            } catch (IOException e) {
                // A selector that fails is of no more use.
                end = e;
                closed = true;
            } catch (RuntimeException | Error e) {
                // Which connections were to be told something is not known any more.
                failAll(e);
            }
        }
        shutDown(end);
    }

    private void turn() throws IOException {
        selecting = true;
        turn++;
        if (tasks.isEmpty()) {
            selector.select(ready);
        } else {
            selector.selectNow(ready);
        }
        selecting = false;
        tasks.awake();
        tasks.run();
    }

    private void ready(SelectionKey key) {
        if (key.isValid()) {
            Connection connection = (Connection) key.attachment();
            try {
                connection.ready();
            } catch (RuntimeException | Error e) {
                TaskQueue.guard(() -> connection.fail(e));
            }
        }
        tasks.runOwn();
    }

    private void failAll(Throwable cause) {
        for (SelectionKey key : selector.keys()) {
            TaskQueue.guard(() -> ((Connection) key.attachment()).fail(cause));
        }
    }

    private void shutDown(Exception cause) {
        failAll(cause);
        while (!tasks.isEmpty()) {
            tasks.run();
        }
        try {
            selector.close();
        } catch (IOException e) {
            // It was of no more use.
        }
    }

    // What follows is for the loop's connections.

    LongSupplier clock() {
        return clock;
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    Selector selector() {
        return selector;
    }

    /** The buffer that is written from. */
    ByteBuffer out() {
        return out;
    }

    byte[] head(WireRequest request) {
        return requestHead.of(request);
    }

    /** A wire over a socket that has just been connected, by its key. */
    Wire wire(SelectionKey key, Origin origin, Connection connection) throws IOException {
        if (!origin.tls()) {
            return new PlainWire((SocketChannel) key.channel(), in);
        }
        if (tlsBuffers == null) {
            tlsBuffers = new TlsWire.TlsBuffers(
                    in, ByteBuffer.allocate(BUFFER_BYTES), ByteBuffer.allocateDirect(BUFFER_BYTES));
        }
        return new TlsWire(
                key,
                tls.engine(origin.host(), origin.port()),
                tlsBuffers,
                task -> elsewhere.execute(() -> elsewhere(task, connection)));
    }

    private void elsewhere(Runnable task, Connection connection) {
        try {
            task.run();
            execute(connection::establish);
        } catch (RuntimeException | Error e) {
            execute(() -> connection.fail(e));
        }
    }

    /** A connection has nothing to do. */
    void idle(Origin origin, Connection connection) {
        connection.idleSince(turn);
        pool.add(origin, connection);
    }

    /** A connection is closed, idle or not. */
    void closed(Origin origin, Connection connection) {
        pool.remove(origin, connection);
    }
}
