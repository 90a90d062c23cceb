package com.example;

import io.inferometer.annotations.Fork;
import io.inferometer.annotations.ClosedLoop;
import io.inferometer.annotations.Endpoint;
import io.inferometer.annotations.Env;
import io.inferometer.annotations.Level;
import io.inferometer.annotations.Measurement;
import io.inferometer.annotations.Model;
import io.inferometer.annotations.Param;
import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.Request;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Results;
import io.inferometer.annotations.Setting;
import io.inferometer.annotations.Setup;
import io.inferometer.annotations.Slo;
import io.inferometer.annotations.TearDown;
import io.inferometer.annotations.Timeout;
import io.inferometer.annotations.Warmup;
import io.inferometer.annotations.Workload;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

@Workload(value = "all that can be declared, with a \" and a $", main = true)
@Endpoint(value = "https://example.com/v1", path = "/completions", protocol = Protocol.COMPLETIONS, apiKeyEnv = "KEY", auth = "api-key-scheme")
@Model(value = "openai/gpt-oss-120b", tokenizer = "gpt-oss")
@ClosedLoop(concurrency = {4, 8})
@Warmup(requestsPerSlot = 2)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Env(name = "BASE_URL", sets = Setting.BASE_URL)
@Env(name = "CONC", sets = Setting.CONCURRENCY)
@Slo(ttftMillis = 200, tpotMillis = 12.5)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Fork(value = 3, jvm = "/opt/jdk-25/bin/java", jvmArgs = {"-Xmx1g", "-XX:+UseZGC"})
@Results(format = ResultFormat.SUMMARY, file = "everything-{timestamp}.json")
public class Everything {
    enum Mode {
        FAST,
        SLOW
    }

    @Param({"hi", "a \"quoted\" text"})
    String text;

    @Param({"true", "false"})
    boolean flag;

    @Param(value = "1024", env = "ISL")
    int isl;

    @Param("9000000000")
    long big;

    @Param("0.5")
    double ratio;

    @Param("SLOW")
    Mode mode;

    @Setup
    void open(TrialContext trial) {}

    @Setup(Level.ITERATION)
    void draw() throws IOException {}

    @TearDown
    void close() throws IOException {}

    @TearDown
    void report(TrialContext trial) {}

    @TearDown(Level.ITERATION)
    void flush() {}

    @Request
    InferenceRequest next(RequestContext context) throws IOException {
        return InferenceRequest.chat(text);
    }
}
