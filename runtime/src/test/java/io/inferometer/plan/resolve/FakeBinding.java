package io.inferometer.plan.resolve;

import io.inferometer.annotations.Level;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/** A workload that is only described. */
public record FakeBinding(WorkloadDescriptor descriptor) implements WorkloadBinding<Object> {
    @Override
    public Object create(ParamValues values) {
        return values;
    }

    @Override
    public void setup(Object workload, Level level, TrialContext trial) {}

    @Override
    public void tearDown(Object workload, Level level, TrialContext trial) {}

    @Override
    public InferenceRequest request(Object workload, RequestContext context) {
        return InferenceRequest.chat("hello");
    }
}
