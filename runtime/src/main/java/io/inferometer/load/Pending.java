package io.inferometer.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** What of an iteration is still to end, for one thread to wait for. It begins with one: that thread's own work. */
public final class Pending {
    private final AtomicLong left = new AtomicLong(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Throwable failure;

    /** One more begins. */
    public void begins() {
        left.incrementAndGet();
    }

    /** One has ended. */
    public void ends() {
        if (left.decrementAndGet() == 0) {
            over.countDown();
        }
    }

    /** Nothing can be said any more of what is still to end; the first cause is the one that is told. */
    public void broke(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        over.countDown();
    }

    /**
     * Waits until everything has ended.
     *
     * @throws RuntimeException what broke meanwhile, or an error
     */
    public void await() throws InterruptedException {
        over.await();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure.toString(), failure);
        }
    }
}
