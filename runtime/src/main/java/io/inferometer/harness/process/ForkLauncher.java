package io.inferometer.harness.process;

import io.inferometer.plan.Trial;
import java.io.IOException;
import java.nio.file.Path;

/** Starts the client JVMs of forks. */
@FunctionalInterface
public interface ForkLauncher {
    /** The byte on a fork's standard input that tells it to send nothing more, and to end when nothing is in flight. */
    int STOP = '.';

    /**
     * Starts a JVM that runs one fork of a trial of this plan and nothing else, and keeps its journal in a file. It obeys
     * {@link #STOP}, and gives up what is in flight when its standard input ends. Its standard error is read by the caller.
     *
     * @param fork which of the trial's forks, from 0
     * @param origin the time zero of the run by {@link System#nanoTime}, from which the times in the journal count
     * @throws IOException if it can't be started
     */
    Process start(Trial trial, int fork, Path journal, long origin) throws IOException;
}
