package io.inferometer.cluster;

import io.inferometer.annotations.Setting;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/** A workload with a file, and a variable that names its model. */
public final class ReadingBinding implements WorkloadBinding<Object> {
    private static final WorkloadDescriptor READING = WorkloadDescriptor.of("Reading", "demo.Reading")
            .endpoint("sim:metronome?ttft=5&itl=1")
            .model("m")
            .load(new Load.Closed(1))
            .measurement(Iterations.ofRequests(1, 1))
            .param("file", new ParamType.Text(), "", "none")
            .env("READING_MODEL", Setting.MODEL)
            .build();

    @Override
    public WorkloadDescriptor descriptor() {
        return READING;
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
