package io.inferometer.plan.resolve;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.judge.Figure;
import io.inferometer.judge.Requirement;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.stats.interval.Intervals;
import io.inferometer.workload.Load;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether what is required of a run can be told by it, so that nobody waits for its end to hear that it can't. */
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
                lacking(plan, trial, requirement.figure()).ifPresent(reason -> {
                    throw new UsageException("--require " + requirement + ": " + reason);
                });
            }
            if (!required.isEmpty()) {
                checkIterations(trial);
            }
        }
    }

    /** Why a trial has none of a figure, whatever it measures; empty where it may have. */
    static Optional<String> lacking(Plan plan, Trial trial, Figure figure) {
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
