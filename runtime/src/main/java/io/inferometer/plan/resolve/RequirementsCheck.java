package io.inferometer.plan.resolve;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.judge.Figure;
import io.inferometer.judge.Gate;
import io.inferometer.judge.Requirement;
import io.inferometer.judge.precision.Goal;
import io.inferometer.judge.precision.Until;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.interval.Intervals;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Whether what is required of a run, until when it goes on, and what its sides are judged by can be told by it, so that nobody waits for its end to hear that it can't. */
final class RequirementsCheck {
    private static final Set<String> STREAMED =
            Set.of("ttft.", "ttfvt.", "ttftFromSchedule.", "tpot.", "itl.", "steady");

    private static final Set<String> OF_TEXT =
            Set.of("ttft.", "ttfvt.", "ttftFromSchedule.", "tpot.", "itl.", "steady", "outputTokens");

    private RequirementsCheck() {}

    /** @throws UsageException if it can't, with what to give */
    static void check(Plan plan) {
        List<Requirement> required = plan.judgement().required();
        boolean judged = !required.isEmpty()
                || plan.judgement().beside().isPresent()
                || plan.trials().stream()
                        .anyMatch(trial -> trial.schedule().until().isPresent());
        if (!judged && plan.files().results().stream().anyMatch(file -> file.format() == ResultFormat.JUNIT)) {
            throw new UsageException(
                    "-rf junit has a test case for each thing that is required; give --require 'ttft.p99 <= 200ms'");
        }
        for (Trial trial : plan.trials()) {
            for (Requirement requirement : required) {
                check(plan, trial, requirement.figure(), "--require " + requirement);
            }
            if (!required.isEmpty()) {
                checkIterations(trial);
            }
            for (Goal goal : trial.schedule().until().map(Until::goals).orElse(List.of())) {
                check(plan, trial, goal.figure(), "--until " + goal);
            }
            for (Gate gate : plan.judgement()
                    .beside()
                    .filter(Plan.Beside::named)
                    .map(Plan.Beside::gates)
                    .orElse(List.of())) {
                check(plan, trial, gate.figure(), "--gate " + gate.figure());
            }
        }
    }

    private static void check(Plan plan, Trial trial, Figure figure, String asked) {
        lacking(plan, trial, figure).or(() -> tooFew(trial, figure)).ifPresent(reason -> {
            throw new UsageException(asked + ": " + reason);
        });
    }

    /**
     * An iteration that can't carry a percentile never can, however many there are. Gaps are more than requests. How many a closed
     * loop sends in a time is not known before.
     */
    private static Optional<String> tooFew(Trial trial, Figure figure) {
        if (figure.percentile().isEmpty() || figure.name().startsWith("itl.")) {
            return Optional.empty();
        }
        long needed = Percentiles.needed(figure.percentile().get());
        Trial.Schedule schedule = trial.schedule();
        OptionalLong requests = schedule.requests(false);
        String workload = trial.binding().descriptor().name();
        if (requests.isPresent()) {
            return requests.getAsLong() >= needed
                    ? Optional.empty()
                    : Optional.of("it takes " + needed + " requests in an iteration, and " + workload + " has "
                            + requests.getAsLong() + "; give --requests " + needed + " or more, or another percentile");
        }
        if (schedule.load() instanceof Load.Open open
                && open.ramp().isEmpty()
                && schedule.sessions().isEmpty()
                && schedule.measurement().extent() instanceof Extent.Time time) {
            double seconds = time.duration().toNanos() / 1e9;
            if (open.rate() * seconds < needed) {
                return Optional.of("it takes " + needed + " requests in an iteration, and " + workload + " has about "
                        + Math.round(open.rate() * seconds) + "; give -r " + (long) Math.ceil(needed / open.rate())
                        + "s or more, or another percentile");
            }
        }
        return Optional.empty();
    }

    /** Why a trial has none of a figure, whatever it measures; empty where it may have. */
    private static Optional<String> lacking(Plan plan, Trial trial, Figure figure) {
        if (!figure.standard()
                && !plan.judgement().percentiles().contains(figure.percentile().orElseThrow())) {
            return Optional.of("name this percentile in --percentiles too");
        }
        String workload = trial.binding().descriptor().name();
        if (figure.name().equals("goodput") && trial.figures().objective().isEmpty()) {
            return Optional.of(workload + " has no limits to meet; give --slo ttft=200,tpot=20");
        }
        Protocol protocol = trial.endpoint().protocol();
        boolean text = protocol != Protocol.EMBEDDINGS && protocol != Protocol.RERANK;
        if (!text && OF_TEXT.stream().anyMatch(figure.name()::startsWith)) {
            return Optional.of("answers of " + protocol.name().toLowerCase(Locale.ROOT) + " have no tokens");
        }
        if (text && figure.name().equals("itemsPerSecond")) {
            return Optional.of("answers of " + workload + " are text, and have no items");
        }
        if (figure.name().contains("FromSchedule") && !(trial.schedule().load() instanceof Load.Open)) {
            return Optional.of("requests of " + workload + " have a schedule in an open loop alone; give --rate N");
        }
        return trial.everyRequest().streaming().orElse(true)
                        || STREAMED.stream().noneMatch(figure.name()::startsWith)
                ? Optional.empty()
                : Optional.of("answers of " + workload + " come in one piece");
    }

    private static void checkIterations(Trial trial) {
        int iterations = trial.schedule().measurement().count();
        if (trial.forks().count() < 2
                && iterations < Intervals.FEWEST_ITERATIONS
                && trial.schedule().until().isEmpty()) {
            throw new UsageException("--require judges by intervals, and "
                    + trial.binding().descriptor().name() + " has " + iterations + " measured iteration"
                    + (iterations == 1 ? "" : "s") + "; give -i 3 or more, or -f 2 or more");
        }
    }
}
