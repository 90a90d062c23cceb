package io.inferometer.harness.trial;

/** A trial, or a fork of it, that is being run. Its methods may be called by any thread. */
public interface Running {
    /** Sends nothing more. */
    void stop();

    /** Gives up what is in flight. */
    void cancel();
}
