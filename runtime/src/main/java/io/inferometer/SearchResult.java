package io.inferometer;

import io.inferometer.harness.search.SearchOutcome;
import io.inferometer.report.RunReport;
import io.inferometer.report.search.SearchReport;
import java.util.Optional;

/**
 * What a search came to.
 *
 * @param outcome all that an exit code tells
 * @param report the run whose trials are its probes; empty where the client or the workload failed
 */
public record SearchResult(SearchOutcome outcome, Optional<RunReport> report) {
    /** {@return the bracket, the probes and what confirmed them; empty where the client or the workload failed} */
    public Optional<SearchReport> search() {
        return report.flatMap(RunReport::search);
    }
}
