package io.inferometer.record;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests that have ended and are not recorded yet: how many, and what they take of the heap. It has bounds, which it may
 * pass; whoever would add to it asks first. Thread-safe.
 */
final class Backlog {
    private final long mostRequests;
    private final long mostBytes;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Backlog(long mostRequests, long mostBytes) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBytes;
    }

    /** Whether there is no room for another one. */
    boolean full() {
        return requests.get() >= mostRequests || bytes.get() >= mostBytes;
    }

    void add(long more) {
        requests.incrementAndGet();
        bytes.addAndGet(more);
    }

    /** Takes one away; true where that made room, as far as it alone can tell. */
    boolean remove(long less) {
        boolean fewer = requests.getAndDecrement() == mostRequests;
        long before = bytes.getAndAdd(-less);
        return fewer || before >= mostBytes && before - less < mostBytes;
    }
}
