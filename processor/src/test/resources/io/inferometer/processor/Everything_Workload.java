package com.example;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
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
import java.time.Duration;
import javax.annotation.processing.Generated;

/**
 * Describes, makes and calls {@link Everything}, as its annotations say.
 */
@Generated("io.inferometer.processor.WorkloadProcessor")
public final class Everything_Workload implements WorkloadBinding<Everything> {
    private static final WorkloadDescriptor DESCRIPTOR = WorkloadDescriptor.of("Everything", "com.example.Everything")
            .description("all that can be declared, with a \" and a $")
            .main()
            .endpoint("https://example.com/v1")
            .path("/completions")
            .protocol(Protocol.COMPLETIONS)
            .apiKey("api-key-scheme", "KEY")
            .model("openai/gpt-oss-120b")
            .tokenizer("gpt-oss")
            .load(new Load.Closed(4))
            .load(new Load.Closed(8))
            .warmup(Iterations.ofRequestsPerSlot(1, 2))
            .measurement(Iterations.ofTime(3, Duration.ofMillis(500)))
            .param("text", new ParamType.Text(), "", "hi", "a \"quoted\" text")
            .param("flag", new ParamType.Flag(), "", "true", "false")
            .param("isl", new ParamType.Int(), "ISL", "1024")
            .param("big", new ParamType.Long(), "", "9000000000")
            .param("ratio", new ParamType.Decimal(), "", "0.5")
            .param("mode", ParamType.Choice.of(Everything.Mode.values()), "", "SLOW")
            .env("BASE_URL", Setting.BASE_URL)
            .env("CONC", Setting.CONCURRENCY)
            .objective(200.0, 12.5, 0.0)
            .timeout(Duration.ofMinutes(5))
            .results(ResultFormat.SUMMARY, "everything-{timestamp}.json")
            .fork(3, "/opt/jdk-25/bin/java", "-Xmx1g", "-XX:+UseZGC")
            .build();

    /**
     * For ServiceLoader.
     */
    public Everything_Workload() {
    }

    @Override
    public WorkloadDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Everything create(ParamValues values) {
        Everything workload = new Everything();
        workload.text = values.text("text");
        workload.flag = values.flag("flag");
        workload.isl = values.intValue("isl");
        workload.big = values.longValue("big");
        workload.ratio = values.decimal("ratio");
        workload.mode = values.choice(Everything.Mode.class, "mode");
        return workload;
    }

    @Override
    public void setup(Everything workload, TrialContext trial) throws Exception {
        workload.open(trial);
    }

    @Override
    public void setup(Everything workload, IterationContext iteration) throws Exception {
        workload.draw();
    }

    @Override
    public void tearDown(Everything workload, TrialContext trial) throws Exception {
        Calls.all(
                () -> workload.close(),
                () -> workload.report(trial));
    }

    @Override
    public void tearDown(Everything workload, IterationContext iteration) throws Exception {
        workload.flush();
    }

    @Override
    public InferenceRequest request(Everything workload, RequestContext context) throws Exception {
        return workload.next(context);
    }
}
