package io.inferometer.report.file;

import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.Report;
import java.nio.file.Path;
import java.util.List;

/** A report that goes to files. An exception ends it alone, never the run. */
public interface ResultReport extends Report {
    /** The result it writes, as it was asked for. */
    ResultFile result();

    /** The files it has written, or writes, in their order. */
    default List<Path> files() {
        return List.of(result().path());
    }
}
