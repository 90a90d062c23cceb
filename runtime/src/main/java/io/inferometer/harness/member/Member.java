package io.inferometer.harness.member;

import java.io.IOException;

/**
 * Somebody who can start client JVMs, on this machine or on another: a run has one or several, which share the load of each
 * fork and run at the same time. May be asked by one thread at a time.
 */
public interface Member {
    /** {@return what it is called in messages, journals and results} */
    String name();

    /**
     * Starts a fresh JVM that runs a share of one fork of a trial and nothing else. What it does is in its journal, whose
     * bytes come to stand in {@link Share#journal} as they are written, and at most a second later; its parts, if it has
     * any, beside that by the names that the journal gives them.
     *
     * @param share which part of which fork
     * @return its part, which has begun
     * @throws IOException if it can't be started; the message says why, on one line
     */
    Part start(Share share) throws IOException;
}
