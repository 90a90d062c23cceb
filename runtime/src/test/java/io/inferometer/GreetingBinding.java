package io.inferometer;

import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/** A workload of a test's own class path, found as a generated one is. */
public final class GreetingBinding implements WorkloadBinding<Object> {
    private static final WorkloadDescriptor GREETING = WorkloadDescriptor.of("Greeting", "demo.Greeting")
            .main()
            .endpoint("sim:metronome?ttft=5&itl=1")
            .model("m")
            .load(new Load.Closed(2))
            .measurement(Iterations.ofRequestsPerSlot(1, 5))
            .build();

    @Override
    public WorkloadDescriptor descriptor() {
        return GREETING;
    }

    @Override
    public Object create(ParamValues values) {
        return values;
    }

    @Override
    public InferenceRequest request(Object workload, RequestContext context) {
        return InferenceRequest.chat("Hello " + context.index())
                .maxOutputTokens(4)
                .seed(1);
    }
}
