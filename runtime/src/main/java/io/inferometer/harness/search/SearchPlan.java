package io.inferometer.harness.search;

import io.inferometer.harness.TrialSupply;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.workload.Extent;
import io.inferometer.workload.binding.Iterations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A search that has been resolved: its probes one by one, and at last a fresh run at the lower end of the bracket, which has a
 * warm-up beside the lead.
 *
 * @param plan has the first probe as its only trial
 * @param asked what is searched
 */
public record SearchPlan(Plan plan, SearchAsked asked) implements TrialSupply {
    @Override
    public Optional<Trial> next(SearchReport known) {
        OptionalDouble next = asked.rule().next(known.tried());
        int index = known.all().size();
        if (next.isPresent()) {
            return Optional.of(trial(index, next.getAsDouble(), Iterations.NONE));
        }
        OptionalDouble found = known.confirmed();
        return found.isEmpty() || known.confirmation().isPresent()
                ? Optional.empty()
                : Optional.of(trial(index, found.getAsDouble(), new Iterations(1, new Extent.Time(asked.lead()))));
    }

    private Trial trial(int index, double load, Iterations warmup) {
        Trial first = plan.trials().get(0);
        Duration time = asked.lead().plus(asked.window().multipliedBy(SearchRule.WINDOWS));
        return first.at(
                index,
                new Trial.Schedule(
                        asked.axis().at(load, first.schedule().load()),
                        warmup,
                        new Iterations(SearchRule.mostTimes(), new Extent.Time(time))));
    }
}
