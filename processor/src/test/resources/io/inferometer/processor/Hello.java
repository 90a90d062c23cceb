package com.example;

import io.inferometer.annotations.ClosedLoop;
import io.inferometer.annotations.Measurement;
import io.inferometer.annotations.Request;
import io.inferometer.annotations.Workload;
import io.inferometer.workload.InferenceRequest;

@Workload
@ClosedLoop(concurrency = 4)
@Measurement(requestsPerSlot = 10)
public class Hello {
    @Request
    public InferenceRequest next() {
        return InferenceRequest.chat("Say hello.");
    }
}
