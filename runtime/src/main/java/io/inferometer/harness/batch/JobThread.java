package io.inferometer.harness.batch;

import java.util.concurrent.CountDownLatch;

/** Takes a job's steps on a thread of its own, which is started once. */
final class JobThread {
    private final JobSteps steps;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::take, "inferometer-job");
    private volatile Exception failure;
    private boolean started;

    JobThread(JobSteps steps) {
        this.steps = steps;
        thread.setDaemon(true);
    }

    synchronized void start() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    synchronized boolean started() {
        return started;
    }

    private void take() {
        try {
            steps.take();
        } catch (Exception e) {
            failure = e;
        } finally {
            ended.countDown();
        }
    }

    boolean ended() {
        return ended.getCount() == 0;
    }

    boolean failed() {
        return failure != null;
    }

    /** Waits for its end, if it was started; returns what it failed of, or null. */
    Exception await() throws InterruptedException {
        if (started()) {
            ended.await();
        }
        return failure;
    }
}
