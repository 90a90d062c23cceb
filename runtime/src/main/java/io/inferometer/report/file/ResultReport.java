package io.inferometer.report.file;

import io.inferometer.report.Report;

/** A report that goes to files. An exception ends it alone, never the run. */
public interface ResultReport extends Report {
    /** Where it goes. */
    Destination destination();
}
