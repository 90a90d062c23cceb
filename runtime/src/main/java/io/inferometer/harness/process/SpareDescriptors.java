package io.inferometer.harness.process;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors that are kept for the files of the result: a run that has used up all others, and whose transport does not
 * give its connections back, could not write it.
 */
public final class SpareDescriptors implements AutoCloseable {
    /** No more than one result file is open at a time; the JVM may open what it needs to write it. */
    private static final int KEPT = 8;

    private final List<DatagramChannel> kept = new ArrayList<>();

    /** Takes them while there are some; fewer where there are not so many. */
    public void take() {
        try {
            while (kept.size() < KEPT) {
                kept.add(DatagramChannel.open());
            }
        } catch (IOException e) {
            // The run will meet the same, and say so.
        }
    }

    /** Gives them back. */
    @Override
    public void close() {
        try {
            for (DatagramChannel one : kept) {
                one.close();
            }
        } catch (IOException e) {
            // What was never connected has nothing to lose.
        }
    }
}
