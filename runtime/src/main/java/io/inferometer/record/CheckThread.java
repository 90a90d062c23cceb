package io.inferometer.record;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Checks answers, one after the other, on a thread of its own: a check may take as long as it likes and delays neither a
 * request nor the journal.
 */
final class CheckThread implements AutoCloseable {
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::work, "inferometer-checks");
    private final Consumer<Throwable> broke;
    private volatile boolean closed;

    /** @param broke told what is thrown on the thread; it goes on */
    CheckThread(Consumer<Throwable> broke) {
        this.broke = broke;
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs something behind everything that was handed over before. */
    void run(Runnable action) {
        queue.add(action);
    }

    private void work() {
        while (!closed) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                // A check may have interrupted its own thread; it ends by close().
            } catch (Throwable e) {
                // A thread that dies here would leave everybody waiting for it.
                broke.accept(e);
            }
        }
    }

    /** Ends the thread behind everything that was handed over before; does not wait for it. */
    @Override
    public void close() {
        queue.add(() -> closed = true);
    }
}
