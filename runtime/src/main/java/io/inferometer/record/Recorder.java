package io.inferometer.record;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Takes the timelines of requests that have ended off the threads that read responses, and hands their records to a sink
 * on one thread of its own, in the order they ended: not at once, for a {@link Backlog} gives who sends the next ones some
 * time, but so that what is recorded is safe a tenth of a second later. Where answers are checked, that happens on another
 * thread, and what the check found follows the record.
 *
 * <p>Nobody waits for either: what has ended and is not yet recorded and checked has a bound, and whoever sends requests
 * asks {@link #full} first and holds back what would come on top. So a sink or a check that cannot keep up delays what has
 * not been sent, and neither the stamps of what has, nor the heap. When the sink fails, the failure is kept, the listener
 * is told once, and later records are dropped.
 */
public final class Recorder implements AutoCloseable {
    /** Where records go. Called by the recorder's thread alone. */
    public interface Sink {
        /**
         * Takes the record of a request that has ended.
         *
         * @param record as it stays
         */
        void record(RequestRecord record);

        /**
         * Takes the record of a request whose answer is being checked.
         *
         * @param record as it is before the check
         * @param answer what the answer says
         */
        default void unchecked(RequestRecord record, AnswerTexts answer) {}

        /**
         * Takes the record of a request that {@link #unchecked} took, as it is by its check.
         *
         * @param record its {@link Outcome} may be another now
         */
        default void checked(RequestRecord record) {
            record(record);
        }

        /** Makes everything taken so far safe; called when there is nothing else to do, and 25 times a second at least. */
        void flush();
    }

    /** Checks answers. Called by one thread alone. */
    @FunctionalInterface
    public interface Judge {
        /**
         * {@return what is wrong with the answer of a request that ended well, on one line; empty if nothing is}
         *
         * @param record what is known of it
         * @param answer what it says
         */
        String wrong(RequestRecord record, AnswerTexts answer);
    }

    /**
     * How much may have ended without having been recorded before nothing more is sent.
     *
     * @param requests how many
     * @param bytes what they may take of the heap
     */
    public record Bounds(long requests, long bytes) {
        static final Bounds USUAL = new Bounds(1 << 16, 256L << 20);
    }

    /** Together with the 50 ms for which a record may wait for its turn, and the 10 ms of the next one, a tenth of a second. */
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    /** With nothing to do for so long, what was taken is made safe at once. */
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Backlog backlog;
    private final LongSupplier clock;
    private final long origin;
    private final boolean keepText;
    private final UnaryOperator<String> redact;
    private final Sink sink;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile Runnable listener = () -> {};
    private volatile Throwable failure;
    private volatile boolean closed;
    // From here on the recorder's thread's alone.
    private Judge judge;
    private CheckThread checks;

    /**
     * Starts the recorder's thread.
     *
     * @param clock nanoseconds, monotonic
     * @param origin the start of the run on the client's clock; the records' times count from it
     * @param keepText whether records keep the answers' text
     * @param redact takes out of a record's texts what must not be written
     * @param sink takes the records, on the recorder's thread
     * @param onFailure told once, on a thread of the recorder's, when the sink fails, or the heap is full
     */
    public Recorder(
            LongSupplier clock,
            long origin,
            boolean keepText,
            UnaryOperator<String> redact,
            Sink sink,
            Consumer<Throwable> onFailure) {
        this(clock, origin, keepText, redact, sink, onFailure, Bounds.USUAL);
    }

    /**
     * The same with other bounds.
     *
     * @param clock as of the other constructor
     * @param origin as of the other constructor
     * @param keepText as of the other constructor
     * @param redact as of the other constructor
     * @param sink as of the other constructor
     * @param onFailure as of the other constructor
     * @param bounds how much may wait to be recorded
     */
    public Recorder(
            LongSupplier clock,
            long origin,
            boolean keepText,
            UnaryOperator<String> redact,
            Sink sink,
            Consumer<Throwable> onFailure,
            Bounds bounds) {
        this(clock, origin, keepText, redact, sink, onFailure, bounds, Backlog.Pace.USUAL);
    }

    Recorder(
            LongSupplier clock,
            long origin,
            boolean keepText,
            UnaryOperator<String> redact,
            Sink sink,
            Consumer<Throwable> onFailure,
            Bounds bounds,
            Backlog.Pace pace) {
        this.backlog = new Backlog(bounds, pace, clock);
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

    /** {@return whether so much has ended and is not recorded yet that nothing more should be sent} */
    public boolean full() {
        return backlog.full() && failure == null;
    }

    /**
     * Called, on the recorder's thread, when there is room again; the last one that is given counts.
     *
     * @param action must not wait
     */
    public void onRoom(Runnable action) {
        listener = action;
    }

    /**
     * Takes a request that has ended; may be called by any thread, and never waits.
     *
     * @param timeline nothing is written to it any more
     */
    public void ended(RequestTimeline timeline) {
        if (failure != null) {
            return;
        }
        long bytes = timeline.heldBytes();
        backlog.add(() -> record(timeline, bytes), bytes);
    }

    private void record(RequestTimeline timeline, long bytes) {
        boolean checking = false;
        try {
            if (failure == null) {
                RequestRecord record = timeline.toRecord(origin, keepText, redact);
                checking = judge != null && record.succeeded();
                if (checking) {
                    AnswerTexts answer = new AnswerTexts(timeline.visibleText(), timeline.reasoning(), true);
                    sink.unchecked(record, answer.redacted(redact));
                    check(record, answer, bytes);
                } else {
                    sink.record(record);
                }
            }
        } catch (Throwable e) {
            checking = false;
            throw e;
        } finally {
            if (!checking) {
                recorded(bytes);
            }
        }
    }

    private void check(RequestRecord record, AnswerTexts answer, long bytes) {
        Judge by = judge;
        checks.run(() -> {
            Runnable found;
            try {
                RequestRecord judged = record.judged(redact.apply(by.wrong(record, answer)));
                found = () -> sink.checked(judged);
            } catch (Throwable e) {
                // A full heap: whatever else a check throws makes an answer wrong.
                found = () -> failed(e);
            }
            Runnable told = found;
            backlog.add(() -> {
                try {
                    if (failure == null) {
                        told.run();
                    }
                } finally {
                    recorded(bytes);
                }
            });
        });
    }

    private void recorded(long bytes) {
        if (backlog.remove(bytes)) {
            listener.run();
        }
    }

    /**
     * Has the answers of requests that end from now on checked.
     *
     * @param by looks at them, on a thread of the recorder's
     */
    public void check(Judge by) {
        backlog.add(() -> {
            judge = by;
            checks = checks == null ? new CheckThread(this::failed) : checks;
        });
    }

    /** Checks no answers from now on. */
    public void checkNone() {
        backlog.add(() -> judge = null);
    }

    /**
     * Runs something on the recorder's thread, after everything that ended before has reached the sink, checked or not.
     *
     * @param action is waited for by all that ends after it
     */
    public void run(Runnable action) {
        backlog.add(action);
    }

    /**
     * Waits until everything handed over so far has been checked, has reached the sink and is safe.
     *
     * @throws RuntimeException the sink's failure, or an error
     * @throws InterruptedException if the thread was interrupted
     */
    public void drain() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        backlog.hurry();
        try {
            behindChecks(() -> {
                try {
                    sink.flush();
                } finally {
                    reached.countDown();
                }
            });
            reached.await();
        } finally {
            backlog.calm();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure.toString(), failure);
        }
    }

    /** Ends the threads after everything handed over so far has been checked and has reached the sink. */
    @Override
    public void close() {
        backlog.hurry();
        behindChecks(() -> {
            closed = true;
            if (checks != null) {
                checks.close();
            }
        });
        ThreadEnd.await(thread);
    }

    /** Through both threads, so that what was before it on either is done. */
    private void behindChecks(Runnable action) {
        backlog.add(() -> {
            if (checks == null) {
                action.run();
            } else {
                checks.run(() -> backlog.add(action));
            }
        });
    }

    private void work() {
        long flushed = clock.getAsLong();
        boolean unsafe = false;
        while (!closed) {
            Runnable action = null;
            try {
                action = backlog.next(unsafe ? IDLE_NANOS : WAIT_NANOS);
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
            failed(e);
        }
    }

    /** Who is held back is let go: nothing more is recorded. */
    private synchronized void failed(Throwable e) {
        if (failure == null) {
            failure = e;
            attempt(() -> onFailure.accept(e));
            attempt(listener);
        }
    }
}
