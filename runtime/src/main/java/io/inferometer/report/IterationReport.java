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
    public IterationReport {
        failures = List.copyOf(failures);
    }

    /** Requests that were held back; empty where nobody looked. */
    public Optional<Health.Held> held() {
        return health.map(Health::held);
    }

    /** What the client is suspect of, if it is. */
    public Optional<Verdict.Suspect> suspect() {
        return verdict.filter(Verdict.Suspect.class::isInstance).map(Verdict.Suspect.class::cast);
    }
}
