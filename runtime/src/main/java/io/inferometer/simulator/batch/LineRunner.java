package io.inferometer.simulator.batch;

import io.inferometer.simulator.protocol.Protocol;
import io.inferometer.simulator.protocol.Usage;
import java.util.function.Consumer;

/** Runs one line of a job as if it were a request of its own that is answered in one piece. */
public interface LineRunner {
    /**
     * Begins a line.
     *
     * @param body what is asked, JSON
     * @param done told once, on any thread, unless the run is cancelled before
     */
    Run begin(Protocol protocol, byte[] body, Consumer<Result> done);

    /** A line that has begun. Thread-safe. */
    interface Run {
        /** Ends it, if it has not ended. */
        void cancel();
    }

    /**
     * How a line ended.
     *
     * @param status the status of the response
     * @param body its body, JSON
     * @param usage the tokens that it took
     */
    record Result(int status, String body, Usage usage) {
        boolean ok() {
            return status == 200;
        }
    }
}
