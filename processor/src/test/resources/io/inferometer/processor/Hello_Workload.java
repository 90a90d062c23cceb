package com.example;

import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.lang.Override;
import javax.annotation.processing.Generated;

/**
 * Describes, makes and calls {@link Hello}, as its annotations say.
 */
@Generated("io.inferometer.processor.WorkloadProcessor")
public final class Hello_Workload implements WorkloadBinding<Hello> {
    private static final WorkloadDescriptor DESCRIPTOR = WorkloadDescriptor.of("Hello", "com.example.Hello")
            .load(new Load.Closed(4))
            .measurement(Iterations.ofRequestsPerSlot(1, 10))
            .build();

    /**
     * For ServiceLoader.
     */
    public Hello_Workload() {
    }

    @Override
    public WorkloadDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Hello create(ParamValues values) {
        return new Hello();
    }

    @Override
    public InferenceRequest request(Hello workload, RequestContext context) {
        return workload.next();
    }
}
