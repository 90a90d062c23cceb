package io.inferometer.simulator;

import io.inferometer.simulator.batch.BatchConduct;
import java.util.Map;

/** The options of a profile that concern jobs of the Batch API. */
final class BatchOptions {
    private static final String RUNNING = "batch_running";
    private static final String QUEUE = "batch_queue";
    private static final String FINALIZE = "batch_finalize";
    private static final String WINDOW = "batch_window";
    private static final String FAIL = "batch_fail";
    private static final long SEED = 1;

    private BatchOptions() {}

    /** Adds them to those that a profile has, with their defaults. */
    static void addTo(Map<String, String> defaults) {
        defaults.put(RUNNING, "64");
        defaults.put(QUEUE, "0");
        defaults.put(FINALIZE, "0");
        defaults.put(WINDOW, "0");
        defaults.put(FAIL, "0");
    }

    /** What they say. */
    static BatchConduct read(ProfileOptions options) {
        return new BatchConduct(
                options.count(RUNNING, 1),
                options.nanos(QUEUE),
                options.nanos(FINALIZE),
                options.nanos(WINDOW),
                options.number(FAIL, 1),
                SEED);
    }
}
