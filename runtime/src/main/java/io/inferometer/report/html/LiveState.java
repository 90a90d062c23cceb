package io.inferometer.report.html;

import java.util.Locale;

/** Where a run is that a page shows. */
enum LiveState {
    /** Nothing of the workload has been sent. */
    WAITING,
    WARMUP,
    MEASURING,
    /** Nothing of the workload is on: the client is measured, or the next iteration is made ready. */
    BETWEEN,
    ENDED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
