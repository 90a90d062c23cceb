package io.inferometer.record;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Takes the timelines of requests that have ended off the threads that read responses, and hands their records to a sink
 * on one thread of its own, in the order they ended.
 *
 * <p>The queue between is bounded, by its length and by what it takes of the heap: a sink that cannot keep up slows the
 * load down rather than losing a record or eating the heap. When the sink fails, the failure is kept, the listener is told
 * once, and later records are dropped.
 */
public final class Recorder implements AutoCloseable {
    /** Where records go. Called by the recorder's thread alone. */
    public interface Sink {
        /** Takes the record of a request that has ended. */
        void record(RequestRecord record);

        /** Makes everything taken so far safe; called when there is nothing else to do, and ten times a second at least. */
        void flush();
    }

    /** Checks answers. Called by the recorder's thread alone. */
    @FunctionalInterface
    public interface Judge {
        /** What is wrong with the answer of a request that ended well, on one line; empty if nothing is. */
        String wrong(RequestTimeline timeline);
    }

    private static final Judge LENIENT = timeline -> "";
    private static final int LONGEST_QUEUE = 1 << 16;
    private static final int MOST_BYTES = 256 << 20;
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** With nothing to do for so long, what was taken is made safe at once. */
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
    private final int mostBytes;
    /** The bytes of timelines that may yet be in the queue. */
    private final Semaphore room;

    private final LongSupplier clock;
    private final long origin;
    private final boolean keepText;
    private final UnaryOperator<String> redact;
    private final Sink sink;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile Throwable failure;
    private volatile boolean closed;
    private Judge judge = LENIENT;

    /**
     * Starts the recorder's thread.
     *
     * @param clock nanoseconds, monotonic
     * @param origin the start of the run on the client's clock; the records' times count from it
     * @param keepText whether records keep the answers' text
     * @param redact takes out of a record's texts what must not be written
     * @param onFailure told once, on the recorder's thread, when the sink fails
     */
    public Recorder(
            LongSupplier clock,
            long origin,
            boolean keepText,
            UnaryOperator<String> redact,
            Sink sink,
            Consumer<Throwable> onFailure) {
        this(clock, origin, keepText, redact, sink, onFailure, MOST_BYTES);
    }

    /** The same with another bound on the bytes in the queue. */
    Recorder(
            LongSupplier clock,
            long origin,
            boolean keepText,
            UnaryOperator<String> redact,
            Sink sink,
            Consumer<Throwable> onFailure,
            int mostBytes) {
        this.mostBytes = mostBytes;
        this.room = new Semaphore(mostBytes);
        this.clock = clock;
        this.origin = origin;
        this.keepText = keepText;
        this.redact = redact;
        this.sink = sink;
        this.onFailure = onFailure;
        thread = new Thread(this::work, "inferometer-recorder");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a request that has ended; may be called by any thread, and waits only while the queue is full. */
    public void ended(RequestTimeline timeline) {
        if (failure != null) {
            // Nor may the listener wait for itself, which gives up requests on this thread.
            return;
        }
        int bytes = Math.min(timeline.heldBytes(), mostBytes);
        room.acquireUninterruptibly(bytes);
        put(() -> {
            try {
                if (failure == null) {
                    judge(timeline);
                    sink.record(timeline.toRecord(origin, keepText, redact));
                }
            } finally {
                room.release(bytes);
            }
        });
    }

    private void judge(RequestTimeline timeline) {
        String wrong = timeline.outcome() == Outcome.SUCCESS ? judge.wrong(timeline) : "";
        if (!wrong.isEmpty()) {
            timeline.end(Outcome.WRONG_ANSWER, wrong, timeline.endNanos());
        }
    }

    /** Has the answers of requests that end from now on checked. */
    public void check(Judge by) {
        put(() -> judge = by);
    }

    /** Checks no answers from now on. */
    public void checkNone() {
        put(() -> judge = LENIENT);
    }

    /** Runs something on the recorder's thread, after everything that ended before. */
    public void run(Runnable action) {
        put(action);
    }

    /**
     * Waits until everything handed over so far has reached the sink and is safe.
     *
     * @throws RuntimeException the sink's failure, or an error
     */
    public void drain() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        put(() -> {
            try {
                sink.flush();
            } finally {
                reached.countDown();
            }
        });
        reached.await();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure.toString(), failure);
        }
    }

    /** Ends the thread after everything handed over so far has reached the sink. */
    @Override
    public void close() {
        put(() -> closed = true);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(Runnable action) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(action);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long flushed = clock.getAsLong();
        boolean unsafe = false;
        while (!closed) {
            Runnable action = null;
            try {
                action = queue.poll(unsafe ? IDLE_NANOS : WAIT_NANOS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread; it ends by close().
            }
            if (action != null) {
                attempt(action);
                unsafe = true;
            }
            if (unsafe && (action == null || clock.getAsLong() - flushed >= FLUSH_NANOS)) {
                attempt(sink::flush);
                flushed = clock.getAsLong();
                unsafe = false;
            }
        }
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            // Whatever it was: a thread that dies here would leave everybody waiting for it.
            if (failure == null) {
                failure = e;
                attempt(() -> onFailure.accept(e));
            }
        }
    }
}
