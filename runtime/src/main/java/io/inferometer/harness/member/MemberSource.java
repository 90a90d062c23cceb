package io.inferometer.harness.member;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Gathers the members of a run when it begins. */
@FunctionalInterface
public interface MemberSource {
    /**
     * Gathers them; where some have to be waited for, until the run is to end.
     *
     * @param stopping is open once the run is to end
     * @return those who came
     * @throws IOException if they are not there, or will not do it; the message says who and why, on one line
     * @throws InterruptedException if the thread was interrupted
     */
    Members gather(CountDownLatch stopping) throws IOException, InterruptedException;

    /**
     * {@return what gathers so many members on this machine, who are there at once}
     *
     * @param count how many
     * @param launcher starts their JVMs
     */
    static MemberSource here(int count, ForkLauncher launcher) {
        return stopping -> Members.here(count, launcher);
    }
}
