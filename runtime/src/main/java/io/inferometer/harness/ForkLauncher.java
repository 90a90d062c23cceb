package io.inferometer.harness;

import io.inferometer.plan.Trial;
import java.io.IOException;
import java.nio.file.Path;

/** Starts the client JVMs of forks. */
@FunctionalInterface
public interface ForkLauncher {
    /**
     * Starts a JVM that runs one fork of a trial of this plan and nothing else, keeps its journal in a file, and ends in
     * good order when its standard input ends. Its standard error is read by the caller.
     *
     * @param fork which of the trial's forks, from 0
     * @throws IOException if it can't be started
     */
    Process start(Trial trial, int fork, Path journal) throws IOException;
}
