package io.inferometer.harness.live;

import io.inferometer.report.html.LiveRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The pages that are open, each fed by a thread of its own with what is known each second. */
final class LivePages {
    private static final int MOST = 8;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofMillis(500);

    private final LiveRun run;
    private int open;
    private int taking;
    private byte[] latest;
    private long latestNanos;

    LivePages(LiveRun run) {
        this.run = run;
    }

    /** Whether there is room for one more. */
    synchronized boolean enter() {
        if (open == MOST) {
            return false;
        }
        open++;
        return true;
    }

    /** Feeds a page that has entered, to the end of the run or until it is closed. */
    void feed(OutputStream page) throws IOException, InterruptedException {
        boolean told = false;
        try {
            while (!run.ended()) {
                event(page, "now", latest());
                run.awaitEnd(BETWEEN);
            }
            event(page, "ended", run.last());
            told = run.json().isPresent();
        } finally {
            left(told);
        }
    }

    /** Several pages are shown the same. */
    private synchronized byte[] latest() {
        long now = System.nanoTime();
        if (latest == null || now - latestNanos > FRESH.toNanos()) {
            latest = run.now();
            latestNanos = now;
        }
        return latest;
    }

    private static void event(OutputStream page, String name, byte[] data) throws IOException {
        page.write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        page.write(data);
        page.write('\n');
        page.write('\n');
        page.flush();
    }

    private synchronized void left(boolean takes) {
        open--;
        taking += takes ? 1 : 0;
        notifyAll();
    }

    /** A page has taken the last of what it takes along. */
    synchronized void taken() {
        // Others than pages ask for it too, and before the end.
        taking = Math.max(0, taking - 1);
        notifyAll();
    }

    /** Waits until no page is open that has not what it takes along, for some time at the most. */
    synchronized void awaitLeft(Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        for (long left = most.toNanos(); (open > 0 || taking > 0) && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
