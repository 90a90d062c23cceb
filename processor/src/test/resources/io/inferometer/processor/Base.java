package com.example.base;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Measurement;
import io.inferometer.annotations.OpenLoop;
import io.inferometer.annotations.Param;
import io.inferometer.annotations.Request;
import io.inferometer.annotations.Setup;
import io.inferometer.annotations.TearDown;
import io.inferometer.workload.InferenceRequest;

@OpenLoop(rate = {0.5, 16}, arrivals = Arrivals.CONSTANT)
@Measurement(requests = 100)
public abstract class Base<P> {
    @Param("1")
    public int tools;

    protected abstract P prompt();

    @Setup
    public void open() {}

    @TearDown
    public void close() {}

    @Request
    public InferenceRequest next() {
        return InferenceRequest.chat(String.valueOf(prompt()));
    }
}
