package io.inferometer.harness.batch;

import io.inferometer.annotations.Setting;
import io.inferometer.workload.Answer;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import java.util.Set;

/** A workload that names no files of its own and no forks: in a job these are the job's. */
final class BareBinding<W> implements WorkloadBinding<W> {
    private static final Set<Setting> OF_THE_JOB = Set.of(
            Setting.RESULT_FORMAT,
            Setting.RESULT_FILE,
            Setting.JOURNAL,
            Setting.NO_JOURNAL,
            Setting.OUTPUT,
            Setting.FORKS,
            Setting.MEMBERS,
            Setting.ON_LOST_AGENT,
            Setting.JVM,
            Setting.JVM_ARGS,
            Setting.AGENTS,
            Setting.AGENTS_EXPECTED,
            Setting.LISTEN);

    private final WorkloadBinding<W> whole;
    private final WorkloadDescriptor descriptor;

    private BareBinding(WorkloadBinding<W> whole) {
        this.whole = whole;
        WorkloadDescriptor all = whole.descriptor();
        descriptor = new WorkloadDescriptor(
                all.identity(),
                all.endpoint(),
                all.model(),
                all.schedule(),
                all.params(),
                all.env().stream()
                        .filter(variable -> !OF_THE_JOB.contains(variable.sets()))
                        .toList(),
                all.limits(),
                List.of(),
                Forks.NONE);
    }

    static <W> WorkloadBinding<W> of(WorkloadBinding<W> whole) {
        return new BareBinding<>(whole);
    }

    @Override
    public WorkloadDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public W create(ParamValues values) {
        return whole.create(values);
    }

    @Override
    public void setup(W workload, TrialContext trial) throws Exception {
        whole.setup(workload, trial);
    }

    @Override
    public void setup(W workload, IterationContext iteration) throws Exception {
        whole.setup(workload, iteration);
    }

    @Override
    public void tearDown(W workload, TrialContext trial) throws Exception {
        whole.tearDown(workload, trial);
    }

    @Override
    public void tearDown(W workload, IterationContext iteration) throws Exception {
        whole.tearDown(workload, iteration);
    }

    @Override
    public InferenceRequest request(W workload, RequestContext context) throws Exception {
        return whole.request(workload, context);
    }

    @Override
    public boolean checksAnswers() {
        return whole.checksAnswers();
    }

    @Override
    public String check(W workload, Answer answer, RequestContext context) throws Exception {
        return whole.check(workload, answer, context);
    }
}
