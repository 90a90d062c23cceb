package io.inferometer.harness.doctor;

import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;

/** Stands where a plan has a workload: options of an endpoint are then resolved as those of a run are. It is never run. */
final class DoctorBinding implements WorkloadBinding<Object> {
    static final String NAME = "doctor";

    /** What is asked where no endpoint is named. */
    private static final String SIMULATED = "sim:metronome?ttft=20&itl=5";

    private static final WorkloadDescriptor DESCRIPTOR = WorkloadDescriptor.of(NAME, DoctorBinding.class.getName())
            .main()
            .endpoint(SIMULATED)
            .load(new Load.Closed(1))
            .measurement(Iterations.ofRequests(1, 1))
            .build();

    @Override
    public WorkloadDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Object create(ParamValues values) {
        return this;
    }
}
