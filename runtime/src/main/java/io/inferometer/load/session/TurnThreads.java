package io.inferometer.load.session;

import java.util.concurrent.LinkedTransferQueue;
import java.util.function.Consumer;

/**
 * The threads on which workloads say what comes next. Handing them something takes no lock, so that a thread that reads
 * responses may do it.
 */
final class TurnThreads implements AutoCloseable {
    private final LinkedTransferQueue<Runnable> queue = new LinkedTransferQueue<>();
    private final Consumer<Throwable> failed;
    private final int count;

    /** @param failed told what something threw that it was handed */
    TurnThreads(int count, Consumer<Throwable> failed) {
        this.count = count;
        this.failed = failed;
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::work, "inferometer-turns-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Has it done by one of them. */
    void run(Runnable action) {
        queue.put(action);
    }

    private void work() {
        while (true) {
            try {
                Runnable action = queue.take();
                if (action == END) {
                    return;
                }
                action.run();
            } catch (InterruptedException e) {
                // A workload may have interrupted its own thread; it ends by close().
            } catch (Throwable e) {
                failed.accept(e);
            }
        }
    }

    private static final Runnable END = () -> {};

    /** Ends them when all that they were handed is done. */
    @Override
    public void close() {
        for (int i = 0; i < count; i++) {
            queue.put(END);
        }
    }
}
