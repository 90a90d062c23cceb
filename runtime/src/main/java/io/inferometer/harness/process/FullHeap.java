package io.inferometer.harness.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the run when the heap is full: a thread that dies of that leaves undone what it was there for, and the run might
 * wait for it for ever. What else threads die of is none of its business.
 *
 * <p>Where several runs are on in one JVM each has one, and all of them are told: whose heap it was can't be known.
 *
 * <p>A thread of its own does so, which holds nothing that others wait for, and has a little of the heap that was kept for
 * this. It goes on trying, for ending a run takes some heap too. Another one has a last resort.
 */
public final class FullHeap implements Thread.UncaughtExceptionHandler, AutoCloseable {
    private static final int RESERVE_BYTES = 1 << 20;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Runnable end;
    private final Runnable lastResort;
    private final long patienceNanos;
    private volatile Thread.UncaughtExceptionHandler others;
    private final Thread endThread = new Thread(this::end, "inferometer-full-heap");
    private final Thread lastResortThread = new Thread(this::resort, "inferometer-last-resort");
    private byte[] reserve = new byte[RESERVE_BYTES];
    private volatile boolean full;
    private volatile boolean closed;

    /**
     * A watch that has not begun.
     *
     * @param end ends the run, and returns at once
     * @param lastResort called if the run has not ended by then
     * @param patienceNanos how long it has for that
     */
    public FullHeap(Runnable end, Runnable lastResort, long patienceNanos) {
        this.end = end;
        this.lastResort = lastResort;
        this.patienceNanos = patienceNanos;
        endThread.setDaemon(true);
        lastResortThread.setDaemon(true);
    }

    /** Looks at every thread of this JVM from now on. */
    public void watch() {
        endThread.start();
        lastResortThread.start();
        others = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(this);
    }

    /** The heap was full. May be called by any thread. */
    public void seen() {
        full = true;
        wake();
    }

    @Override
    public void uncaughtException(Thread dead, Throwable thrown) {
        boolean heap = isCauseOf(thrown);
        Thread.UncaughtExceptionHandler next = this;
        while (next instanceof FullHeap watch) {
            if (heap) {
                watch.seen();
            }
            next = watch.others;
        }
        if (heap) {
            return;
        }
        if (next != null) {
            next.uncaughtException(dead, thrown);
        } else {
            System.err.print("Exception in thread \"" + dead.getName() + "\" ");
            thrown.printStackTrace();
        }
    }

    /**
     * {@return whether something was thrown because the heap was full}
     *
     * @param thrown what was thrown, with its causes
     */
    public static boolean isCauseOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static Thread.UncaughtExceptionHandler stillWatching(Thread.UncaughtExceptionHandler handler) {
        Thread.UncaughtExceptionHandler next = handler;
        while (next instanceof FullHeap heap && heap.closed) {
            next = heap.others;
        }
        return next;
    }

    private void wake() {
        LockSupport.unpark(endThread);
        LockSupport.unpark(lastResortThread);
    }

    private void awaitFull() {
        while (!full && !closed) {
            LockSupport.park(this);
        }
    }

    private void end() {
        awaitFull();
        reserve = null;
        while (!closed && !tryToEnd()) {
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    private void resort() {
        awaitFull();
        long begun = System.nanoTime();
        while (!closed) {
            if (System.nanoTime() - begun > patienceNanos) {
                lastResort.run();
                return;
            }
            LockSupport.parkNanos(this, RETRY_NANOS);
        }
    }

    private boolean tryToEnd() {
        try {
            end.run();
            return true;
        } catch (OutOfMemoryError again) {
            return false;
        }
    }

    /** Looks no more: the run has ended. */
    @Override
    public void close() {
        closed = true;
        wake();
        // Another run's that came later stands before this one, and hands on to it.
        if (Thread.getDefaultUncaughtExceptionHandler() == this) {
            Thread.setDefaultUncaughtExceptionHandler(stillWatching(others));
        }
    }
}
