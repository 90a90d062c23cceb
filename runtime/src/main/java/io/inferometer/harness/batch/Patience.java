package io.inferometer.harness.batch;

import io.inferometer.endpoint.batch.ControlException;
import io.inferometer.report.text.Format;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Asks the endpoint again where what went wrong may pass: after a pause that doubles each time, or after the one that the
 * endpoint asks for, until it has gone wrong for too long. For one thread at a time.
 */
final class Patience {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final Duration firstPause;
    private final CountDownLatch stopping;
    private final BiConsumer<String, String> told;

    /**
     * @param firstPause before the second time
     * @param stopping is open once nothing is asked any more
     * @param told of each time in vain: what was asked, and what went wrong
     */
    Patience(Duration firstPause, CountDownLatch stopping, BiConsumer<String, String> told) {
        this.firstPause = firstPause;
        this.stopping = stopping;
        this.told = told;
    }

    /** Something that is asked of the endpoint. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws ControlException, InterruptedException;
    }

    /**
     * Asks until it succeeds.
     *
     * @param what is asked, for a sentence: {@code looking at the job}
     * @param atMost how long it may go wrong
     * @throws ControlException what went wrong last
     * @throws InterruptedException also where nothing is to be asked any more
     */
    <T> T call(String what, Duration atMost, Call<T> call) throws ControlException, InterruptedException {
        return call(what, atMost, ControlException::passing, call);
    }

    /** @param passing whether something that went wrong may pass */
    <T> T call(String what, Duration atMost, Predicate<ControlException> passing, Call<T> call)
            throws ControlException, InterruptedException {
        long start = System.nanoTime();
        Duration pause = firstPause;
        while (true) {
            try {
                return call.call();
            } catch (ControlException e) {
                Duration wait = e.after().filter(asked -> !asked.isZero()).orElse(pause);
                boolean over = System.nanoTime() - start + wait.toNanos() > atMost.toNanos();
                if (over || !passing.test(e)) {
                    throw e;
                }
                told.accept(what, e.getMessage() + "; again in " + Format.seconds(wait.toNanos()));
                pause(wait);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    /** Asks nothing for a while. */
    void pause(Duration time) throws InterruptedException {
        if (stopping.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("stopped");
        }
    }
}
