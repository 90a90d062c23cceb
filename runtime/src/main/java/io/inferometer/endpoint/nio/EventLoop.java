package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Exchange;
import io.inferometer.endpoint.WireRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One thread that does all the work of its connections, one piece after the other: they, the pool of those that are idle,
 * and the buffers are used by no other thread.
 */
final class EventLoop {
    private static final int BUFFER_BYTES = 64 << 10;

    /** How many tasks are done before what can be read is looked for again, so that its stamps are not late. */
    private static final int TASKS_A_TURN = 64;

    private final LongSupplier clock;
    private final Tls tls;
    private final Executor elsewhere;
    private final Selector selector;
    private final Thread thread;

    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Queue<Runnable> own = new ArrayDeque<>();
    private final Consumer<SelectionKey> ready = this::ready;
    private final Map<Origin, Pool> pools = new IdentityHashMap<>();
    private final RequestHead requestHead = new RequestHead();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private TlsWire.TlsBuffers tlsBuffers;
    private boolean selecting;
    /** The number of the selector's last look. */
    private long turn;

    private volatile boolean closed;

    /** The connections to one origin that nobody uses, and how many are being opened for it. */
    private static final class Pool {
        private final ArrayDeque<Connection> idle = new ArrayDeque<>();
        private int opening;
    }

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
            own.add(task);
            return;
        }
        handedOver.add(task);
        if (!woken.getAndSet(true)) {
            selector.wakeup();
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
            if (!closed || !handedOver.remove(task)) {
                return;
            }
        }
        throw new IllegalStateException("the transport is closed");
    }

    /**
     * Opens a connection, unless so many are idle or being opened. May be called by any thread.
     *
     * @param told whether one could be opened, or was there; by this loop's thread
     */
    void open(Origin origin, int most, Consumer<Boolean> told) {
        execute(() -> {
            Pool pool = pool(origin);
            if (closed || pool.idle.size() + pool.opening >= most) {
                told.accept(!closed);
                return;
            }
            pool.opening++;
            new Connection(this, origin).open(opened -> {
                pool.opening--;
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
                exchange.failed(new ClosedChannelException(), nanoTime());
            } else if (!exchange.ended()) {
                Connection idle = takeIdle(pool(origin));
                if (idle == null) {
                    new Connection(this, origin).openFor(exchange);
                } else {
                    idle.send(exchange);
                }
            }
        } catch (RuntimeException | Error e) {
            exchange.failed(e, nanoTime());
        }
    }

    /**
     * The one that was used last, whose state the machine's caches hold. What the selector has found is known of all that
     * were idle by then; while that is being gone through, or behind that, a connection has to be looked at by itself.
     */
    private Connection takeIdle(Pool pool) {
        for (Connection idle = pool.idle.pollLast(); idle != null; idle = pool.idle.pollLast()) {
            if (!selecting && idle.idleSince() != turn || idle.isOpen()) {
                return idle;
            }
        }
        return null;
    }

    private Pool pool(Origin origin) {
        return pools.computeIfAbsent(origin, o -> new Pool());
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
        if (own.isEmpty() && handedOver.isEmpty()) {
            selector.select(ready);
        } else {
            selector.selectNow(ready);
        }
        selecting = false;
        woken.set(false);
        runTasks(handedOver);
    }

    private void ready(SelectionKey key) {
        if (key.isValid()) {
            Connection connection = (Connection) key.attachment();
            try {
                connection.ready();
            } catch (RuntimeException | Error e) {
                guard(() -> connection.fail(e));
            }
        }
        runTasks(own);
    }

    /** Own tasks first: they are what callbacks have sent. */
    private void runTasks(Queue<Runnable> others) {
        for (int i = 0; i < TASKS_A_TURN; i++) {
            Runnable task = own.poll();
            if (task == null) {
                task = others.poll();
            }
            if (task == null) {
                return;
            }
            guard(task);
        }
    }

    /** What is thrown ends no other request; the one it belongs to has failed for it. */
    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // A connection fails its request for whatever it meets, and this came of doing so.
        }
    }

    private void failAll(Throwable cause) {
        for (SelectionKey key : selector.keys()) {
            guard(() -> ((Connection) key.attachment()).fail(cause));
        }
    }

    private void shutDown(Exception cause) {
        failAll(cause);
        while (!own.isEmpty() || !handedOver.isEmpty()) {
            runTasks(handedOver);
        }
        try {
            selector.close();
        } catch (IOException e) {
            // It was of no more use.
        }
    }

    // What follows is for the loop's connections.

    long nanoTime() {
        return clock.getAsLong();
    }

    Selector selector() {
        return selector;
    }

    /** The buffer that is written from, empty. */
    ByteBuffer out() {
        return out.clear();
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
        pool(origin).idle.addLast(connection);
    }

    /** A connection is closed, idle or not. */
    void closed(Origin origin, Connection connection) {
        pool(origin).idle.removeLastOccurrence(connection);
    }
}
