package com.example;

import io.inferometer.annotations.Arrivals;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Calls;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.lang.Exception;
import java.lang.Override;
import java.lang.SuppressWarnings;
import javax.annotation.processing.Generated;

/**
 * Describes, makes and calls {@link Agents.Deep}, as its annotations say.
 */
@Generated("io.inferometer.processor.WorkloadProcessor")
@SuppressWarnings({
        "deprecation",
        "removal"
})
public final class Agents_Deep_Workload implements WorkloadBinding<Agents.Deep> {
    private static final WorkloadDescriptor DESCRIPTOR = WorkloadDescriptor.of("Agents.Deep", "com.example.Agents$Deep")
            .description("inherits from another package, and is deprecated")
            .load(new Load.Open(0.5, Arrivals.CONSTANT))
            .load(new Load.Open(16.0, Arrivals.CONSTANT))
            .measurement(Iterations.ofRequests(1, 100))
            .param("tools", new ParamType.Int(), "", "1")
            .param("depth", ParamType.Choice.of(Agents.Depth.values()), "", "ONE")
            .build();

    /**
     * For ServiceLoader.
     */
    public Agents_Deep_Workload() {
    }

    @Override
    public WorkloadDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Agents.Deep create(ParamValues values) {
        Agents.Deep workload = new Agents.Deep();
        workload.tools = values.intValue("tools");
        workload.depth = values.choice(Agents.Depth.class, "depth");
        return workload;
    }

    @Override
    public void setup(Agents.Deep workload, TrialContext trial) throws Exception {
        workload.open();
        workload.warm();
    }

    @Override
    public void tearDown(Agents.Deep workload, TrialContext trial) throws Exception {
        Calls.all(
                () -> workload.cool(),
                () -> workload.close());
    }

    @Override
    public InferenceRequest request(Agents.Deep workload, RequestContext context) {
        return workload.next();
    }
}
