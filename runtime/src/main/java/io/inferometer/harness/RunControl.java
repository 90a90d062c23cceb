package io.inferometer.harness;

import io.inferometer.harness.process.FullHeap;
import io.inferometer.harness.trial.Running;
import io.inferometer.report.RunEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Ends a run early, and knows why it came to its end. May be used by any thread. */
final class RunControl {
    static final String OUT_OF_MEMORY =
            "the client's heap was full: give it more, as in java -Xmx4g -jar; the journal has what was recorded until then";

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<RunEnd> early = new AtomicReference<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private volatile boolean givenUp;
    private volatile Running running;

    /** Is open once the run is to end early. */
    CountDownLatch stopping() {
        return stopping;
    }

    /** Whether the run is to end early. */
    boolean stopped() {
        return early.get() != null;
    }

    /** Has nothing more sent; returns at once. Of several reasons the first one counts. */
    void stop(RunEnd reason) {
        early.compareAndSet(null, reason);
        stopping.countDown();
        Running now = running;
        if (now != null) {
            now.stop();
        }
    }

    /** Has nothing more sent, and what is in flight given up; returns at once. */
    void giveUp(RunEnd reason) {
        stop(reason);
        givenUp = true;
        Running now = running;
        if (now != null) {
            now.cancel();
        }
    }

    /** Has nothing more sent, waits, gives up what is still in flight then, and waits again. */
    boolean end(RunEnd reason, Duration grace, Duration patience) throws InterruptedException {
        stop(reason);
        if (ended.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        giveUp(reason);
        return ended.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** This is what runs now; if the run is to end, it is told so at once. */
    void runs(Running now) {
        running = now;
        if (stopped()) {
            now.stop();
        }
        if (givenUp) {
            now.cancel();
        }
    }

    /** Nothing runs now. */
    void rests() {
        running = null;
    }

    /** A part of the run did not do all that it was meant to, and the run goes on. */
    void broke(String part) {
        broken.add(part);
    }

    /** The run has ended, and all has been told of it. */
    void ended() {
        ended.countDown();
    }

    /** How the run ended, or would if it ended now. */
    RunEnd end() {
        RunEnd reason = early.get();
        if (reason != null) {
            return reason;
        }
        return broken.isEmpty() ? RunEnd.COMPLETE : new RunEnd.Broken(String.join("; ", broken));
    }

    /** The end of a run because of what was thrown. */
    static RunEnd brokenBy(Throwable failure) {
        if (FullHeap.isCauseOf(failure)) {
            return new RunEnd.Broken(OUT_OF_MEMORY);
        }
        if (failure instanceof InterruptedException) {
            return RunEnd.INTERRUPTED;
        }
        return new RunEnd.Broken(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }
}
