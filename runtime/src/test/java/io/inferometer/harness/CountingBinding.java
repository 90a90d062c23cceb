package io.inferometer.harness;

import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/** A workload whose requests say of which iteration they are. */
public final class CountingBinding implements WorkloadBinding<Object> {
    private static final WorkloadDescriptor COUNTING = WorkloadDescriptor.of("Counting", "demo.Counting")
            .endpoint("sim:metronome?ttft=5&itl=1")
            .model("m")
            .load(new Load.Closed(1))
            .measurement(Iterations.ofRequests(1, 1))
            .build();

    @Override
    public WorkloadDescriptor descriptor() {
        return COUNTING;
    }

    @Override
    public Object create(ParamValues values) {
        return values;
    }

    @Override
    public InferenceRequest request(Object workload, RequestContext context) {
        return InferenceRequest.chat("<trial " + context.trial().trial()
                + (context.warmup() ? ", warm-up " : ", iteration ") + context.iteration() + ">");
    }
}
