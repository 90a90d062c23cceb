package io.inferometer.harness;

/**
 * Ends the run when a thread dies for want of heap: nobody does then what it was there for, and the run might wait for it
 * for ever. Keeps a little of the heap back, for what is left to do then. What else threads die of is none of its business.
 */
final class FullHeap implements Thread.UncaughtExceptionHandler, AutoCloseable {
    private static final int RESERVE_BYTES = 1 << 20;

    private final Runnable end;
    private final Thread.UncaughtExceptionHandler others;
    private volatile byte[] reserve = new byte[RESERVE_BYTES];

    /** {@code end} ends the run, and returns at once. */
    FullHeap(Runnable end) {
        this.end = end;
        this.others = Thread.getDefaultUncaughtExceptionHandler();
    }

    /** Looks at every thread of this JVM from now on. */
    void watch() {
        Thread.setDefaultUncaughtExceptionHandler(this);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (isCauseOf(thrown)) {
            reserve = null;
            end.run();
        } else if (others != null) {
            others.uncaughtException(thread, thrown);
        } else {
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            thrown.printStackTrace();
        }
    }

    /** Whether something was thrown because the heap was full. */
    static boolean isCauseOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** Looks no more. */
    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(others);
    }
}
