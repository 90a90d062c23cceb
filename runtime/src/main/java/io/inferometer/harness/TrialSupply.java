package io.inferometer.harness;

import io.inferometer.plan.Trial;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import java.util.Optional;

/** Gives a run its trials one by one, each by what came of those before it. */
public interface TrialSupply {
    /** {@return what is searched} */
    SearchAsked asked();

    /**
     * The next trial; the first one is that of the plan. The same is given for the same that is known, so that a run that was
     * interrupted is gone on with.
     *
     * @param known what came of those before
     * @return empty where there are no others
     */
    Optional<Trial> next(SearchReport known);
}
