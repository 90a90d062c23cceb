package io.inferometer.harness.trial;

import io.inferometer.plan.Trial;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.journal.LateCheck;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks answers again that an earlier process, or a fork, left unchecked: each by an instance of its workload that is set up
 * as that of its trial and fork was. Nothing is set up for an iteration. For one thread.
 */
public final class LateChecks implements LateCheck, AutoCloseable {
    private final List<WorkloadBinding<?>> workloads;
    private final Map<TrialContext, Optional<WorkloadCalls<?>>> instances = new HashMap<>();
    private final Set<String> reasons = new LinkedHashSet<>();
    private long unchecked;

    /** @param workloads those that there are */
    public LateChecks(List<WorkloadBinding<?>> workloads) {
        this.workloads = List.copyOf(workloads);
    }

    /** Checks for a trial of a plan. */
    public static LateChecks of(Trial trial) {
        return new LateChecks(List.of(trial.binding()));
    }

    @Override
    public Optional<RequestRecord> check(TrialHeader trial, RequestRecord request, AnswerTexts answer) {
        Optional<Recorder.Judge> judge = answer.whole() ? judge(trial, request.fork()) : Optional.empty();
        if (judge.isEmpty()) {
            unchecked++;
            reasons.add(answer.whole() ? "" : "the journal does not hold answers as long as theirs");
        }
        return judge.map(by -> request.judged(by.wrong(request, answer)));
    }

    /** What could not be checked, and why, on one line; empty if everything could. */
    public Optional<String> complaint() {
        reasons.remove("");
        return unchecked == 0
                ? Optional.empty()
                : Optional.of((unchecked == 1 ? "1 answer is" : unchecked + " answers are")
                        + " not checked, and counted as right: " + String.join("; ", reasons));
    }

    private Optional<Recorder.Judge> judge(TrialHeader trial, int fork) {
        TrialContext context = context(trial, fork);
        if (!instances.containsKey(context)) {
            instances.put(context, instance(trial, context));
        }
        return instances.get(context).flatMap(calls -> calls.check(thrown -> {}));
    }

    private Optional<WorkloadCalls<?>> instance(TrialHeader trial, TrialContext context) {
        for (WorkloadBinding<?> binding : workloads) {
            if (binding.descriptor().className().equals(trial.work().className())) {
                return setUp(binding, trial, context);
            }
        }
        reasons.add("there is no workload " + trial.work().className() + " in this jar");
        return Optional.empty();
    }

    private Optional<WorkloadCalls<?>> setUp(WorkloadBinding<?> binding, TrialHeader trial, TrialContext context) {
        try {
            WorkloadCalls<?> calls = WorkloadCalls.of(binding, new ParamValues(trial.params()), context);
            calls.setUp();
            if (!binding.checksAnswers()) {
                reasons.add("the workload " + trial.workload() + " of this jar checks none");
            }
            return Optional.of(calls);
        } catch (HarnessException | RuntimeException e) {
            reasons.add(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reasons.add("it was interrupted");
        }
        return Optional.empty();
    }

    private static TrialContext context(TrialHeader trial, int fork) {
        Trial.Schedule schedule = trial.schedule();
        return new TrialContext(
                trial.index(),
                fork,
                trial.model(),
                trial.figures().tokenizer(),
                trial.load(),
                trial.drawing().seed(),
                trial.drawing().samePrompts(),
                schedule.warmup().count(),
                schedule.measurement().count(),
                schedule.until().isPresent(),
                schedule.requests(false),
                trial.drawing().files(),
                TrialContext.UNTOLD);
    }

    /** Tears down what was set up. */
    @Override
    public void close() throws HarnessException {
        List<WorkloadCalls<?>> ready = new ArrayList<>();
        instances.values().forEach(calls -> calls.ifPresent(ready::add));
        instances.clear();
        try {
            for (WorkloadCalls<?> calls : ready) {
                calls.tearDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
