package io.inferometer.plan.resolve;

import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/**
 * A workload that is only described.
 *
 * @param inSessions whether it is asked turn by turn
 */
public record FakeBinding(WorkloadDescriptor descriptor, boolean inSessions) implements WorkloadBinding<Object> {
    public FakeBinding(WorkloadDescriptor descriptor) {
        this(descriptor, false);
    }

    @Override
    public Object create(ParamValues values) {
        return values;
    }

    @Override
    public InferenceRequest request(Object workload, RequestContext context) {
        return InferenceRequest.chat("hello");
    }
}
