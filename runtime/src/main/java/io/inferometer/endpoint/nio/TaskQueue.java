package io.inferometer.endpoint.nio;

import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the thread of an event loop has to do: what it has put off itself, and what others hand over. */
final class TaskQueue {
    /** How many tasks are done before what can be read is looked for again, so that its stamps are not late. */
    private static final int TASKS_A_TURN = 64;

    private final Selector selector;
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Queue<Runnable> own = new ArrayDeque<>();

    /** Tasks for the thread that waits for a selector, which is woken for them. */
    TaskQueue(Selector selector) {
        this.selector = selector;
    }

    /** Puts off a task of the loop's thread. */
    void putOff(Runnable task) {
        own.add(task);
    }

    /** Hands over a task; may be called by any thread. */
    void handOver(Runnable task) {
        handedOver.add(task);
        if (!woken.getAndSet(true)) {
            selector.wakeup();
        }
    }

    /** Takes back a task that was handed over; false if it is being done, or has been. May be called by any thread. */
    boolean takeBack(Runnable task) {
        return handedOver.remove(task);
    }

    boolean isEmpty() {
        return own.isEmpty() && handedOver.isEmpty();
    }

    /** The selector has been looked at: from now on it is woken again. */
    void awake() {
        woken.set(false);
    }

    /** Does what was put off, which is what callbacks have sent. */
    void runOwn() {
        for (int i = 0; i < TASKS_A_TURN && !own.isEmpty(); i++) {
            guard(own.poll());
        }
    }

    /** Does what was put off, then what was handed over. */
    void run() {
        for (int i = 0; i < TASKS_A_TURN; i++) {
            Runnable task = own.isEmpty() ? handedOver.poll() : own.poll();
            if (task == null) {
                return;
            }
            guard(task);
        }
    }

    /** What is thrown ends no other request; the one it belongs to has failed for it. */
    static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // A connection fails its request for whatever it meets, and this came of doing so.
        }
    }
}
