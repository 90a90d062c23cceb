package io.inferometer.report.search;

import io.inferometer.judge.Figure;
import io.inferometer.workload.Objective;
import java.util.Set;

/** What a load is searched for. */
public sealed interface SearchAim {
    /** The figures whose knee can be searched. */
    Set<String> RATES = Set.of("requestsPerSecond", "inputTokensPerSecond", "outputTokensPerSecond");

    /**
     * The highest load at which requests meet their limits.
     *
     * @param objective what a request must meet
     * @param attainment the share of requests that must, above 0 and below 1
     */
    record Limits(Objective objective, double attainment) implements SearchAim {}

    /**
     * The least load that gives as much as any, but for the tolerance.
     *
     * @param rate one of {@link #RATES}
     */
    record Most(Figure rate) implements SearchAim {}
}
