package io.inferometer.harness.batch;

import io.inferometer.GreetingBinding;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/** A workload that fails at its third request. */
final class FailingBinding implements WorkloadBinding<Object> {
    private final GreetingBinding greeting = new GreetingBinding();

    @Override
    public WorkloadDescriptor descriptor() {
        return greeting.descriptor();
    }

    @Override
    public Object create(ParamValues values) {
        return greeting.create(values);
    }

    @Override
    public InferenceRequest request(Object workload, RequestContext context) {
        if (context.index() == 2) {
            throw new IllegalStateException("no more words");
        }
        return greeting.request(workload, context);
    }
}
