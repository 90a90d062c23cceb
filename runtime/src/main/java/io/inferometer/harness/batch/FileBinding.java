package io.inferometer.harness.batch;

import io.inferometer.endpoint.batch.RequestsFile;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/** Stands for the workload of a job whose requests are in a file: it has an endpoint, and makes none itself. */
final class FileBinding implements WorkloadBinding<ParamValues> {
    static final String NAME = "batch-job";

    private final WorkloadDescriptor descriptor;

    FileBinding(RequestsFile file) {
        descriptor = WorkloadDescriptor.of(NAME, NAME)
                .description("the requests of a file")
                .main()
                .model(file.file().model())
                .load(new Load.Closed(1))
                .measurement(
                        Iterations.ofRequests(1, Math.toIntExact(file.file().requests())))
                .build();
    }

    @Override
    public WorkloadDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public ParamValues create(ParamValues values) {
        return values;
    }

    @Override
    public InferenceRequest request(ParamValues workload, RequestContext context) {
        return null;
    }
}
