package io.inferometer.plan.resolve;

import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.RequestContext;
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
    public InferenceRequest request(Object workload, RequestContext context) {
        return InferenceRequest.chat("hello");
    }
}
