package io.inferometer.record;

/** The end of a thread that ends by itself once it was told to. */
public final class ThreadEnd {
    private ThreadEnd() {}

    /**
     * Waits for it, whoever interrupts: what the thread still has in hand would be lost. An interrupt is kept for the caller.
     *
     * @param thread has been started
     */
    public static void await(Thread thread) {
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
}
