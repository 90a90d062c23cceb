package io.inferometer.report;

import io.inferometer.plan.Plan.ResultFile;

/** A report that goes to files. An exception ends it alone, never the run. */
interface ResultReport extends Report {
    /** The result it writes, as it was asked for. */
    ResultFile result();
}
