package io.inferometer.harness.member;

import io.inferometer.harness.process.ParentWatch;
import java.io.IOException;

/** Starts the client JVMs of forks. */
@FunctionalInterface
public interface ForkLauncher {
    /** The byte on a fork's standard input that tells it to send nothing more, and to end when nothing is in flight. */
    int STOP = '.';

    /** The byte before a decimal number and a line feed, which tell it when to start the iteration that it is ready for. */
    int GO = ParentWatch.GO;

    /** The byte that tells a fork that the iteration that it is ready for is none. */
    int ENOUGH = ParentWatch.ENOUGH;

    /**
     * Starts a JVM that runs a share of one fork of a trial and nothing else, and keeps its journal in the share's file. It
     * obeys {@link #STOP}, {@link #GO} and {@link #ENOUGH}, and gives up what is in flight when its standard input ends. Its
     * standard error is read by the caller.
     *
     * @param share which part of which fork
     * @return the process, which has been started
     * @throws IOException if it can't be started
     */
    Process start(Share share) throws IOException;
}
