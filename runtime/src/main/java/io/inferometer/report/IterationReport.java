package io.inferometer.report;

import io.inferometer.instrument.Health;
import io.inferometer.instrument.Verdict;
import io.inferometer.stats.Summary;
import java.util.List;
import java.util.Optional;

/**
 * The result of one iteration.
 *
 * @param trial the number of its trial
 * @param fork the fork it ran in, from 0
 * @param warmup whether it belongs to the warm-up; then it is in no result
 * @param iteration its number within the warm-up or the measurement, from 0
 * @param complete whether it ran to its end
 * @param summary its numbers
 * @param failures what went wrong, the most frequent first
 * @param health how the client was; empty where nobody looked, as in the warm-up
 * @param verdict whether the numbers may be the client's own; empty with {@code health}
 */
public record IterationReport(
        int trial,
        int fork,
        boolean warmup,
        int iteration,
        boolean complete,
        Summary summary,
        List<Failure> failures,
        Optional<Health> health,
        Optional<Verdict> verdict) {
    /**
     * Copies its list.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param complete as of the record
     * @param summary as of the record
     * @param failures copied
     * @param health as of the record
     * @param verdict as of the record
     */
    public IterationReport {
        failures = List.copyOf(failures);
    }

    /** {@return requests that were held back; empty where nobody looked} */
    public Optional<Health.Held> held() {
        return health.map(Health::held);
    }

    /** {@return what the client is suspect of, if it is} */
    public Optional<Verdict.Suspect> suspect() {
        return verdict.filter(Verdict.Suspect.class::isInstance).map(Verdict.Suspect.class::cast);
    }
}
