package io.inferometer.processor.binding;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.processor.binding.WorkloadModel.Iterations;
import io.inferometer.processor.binding.WorkloadModel.Param;
import io.inferometer.processor.binding.WorkloadModel.Settings;
import io.inferometer.processor.binding.WorkloadModel.Time;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.util.Elements;

/** The expression that builds a workload's descriptor: one call for each thing that is declared, and none for defaults. */
final class DescriptorCode {
    private final WorkloadModel model;
    private final Elements elements;
    private final List<CodeBlock> calls = new ArrayList<>();

    DescriptorCode(WorkloadModel model, Elements elements) {
        this.model = model;
        this.elements = elements;
    }

    CodeBlock code() {
        add("$T.of($L, $L)", RuntimeTypes.WORKLOAD_DESCRIPTOR, text(model.name()), text(model.binaryName()));
        addDescription();
        addEndpoint();
        addLoads();
        model.warmup().ifPresent(warmup -> add("warmup($L)", iterations(warmup)));
        add("measurement($L)", iterations(model.measurement()));
        model.params().forEach(this::addParam);
        addSettings();
        add("build()");
        return CodeBlock.of("$[$L$]", calls.stream().collect(CodeBlock.joining("\n.")));
    }

    private void add(String format, Object... arguments) {
        calls.add(CodeBlock.of(format, arguments));
    }

    /** A text of the user's: JavaPoet's own literals break at whatever ends a line in Unicode. */
    private CodeBlock text(String value) {
        return CodeBlock.of("$L", elements.getConstantExpression(value));
    }

    private void addDescription() {
        if (!model.description().isEmpty()) {
            add("description($L)", text(model.description()));
        }
        if (model.main()) {
            add("main()");
        }
    }

    private void addEndpoint() {
        Settings settings = model.settings();
        settings.endpoint().ifPresent(endpoint -> {
            add("endpoint($L)", text(endpoint.url()));
            if (!endpoint.path().isEmpty()) {
                add("path($L)", text(endpoint.path()));
            }
            endpoint.protocol().ifPresent(protocol -> add("protocol($T.$L)", Protocol.class, protocol));
            if (!endpoint.apiKeyEnv().isEmpty() || !endpoint.auth().isEmpty()) {
                add("apiKey($L, $L)", text(endpoint.auth()), text(endpoint.apiKeyEnv()));
            }
        });
        settings.model().ifPresent(named -> {
            add("model($L)", text(named.name()));
            if (!named.tokenizer().isEmpty()) {
                add("tokenizer($L)", text(named.tokenizer()));
            }
        });
    }

    private void addLoads() {
        if (model.load() instanceof WorkloadModel.ClosedLoop closed) {
            closed.concurrency().forEach(slots -> add("load(new $T($L))", RuntimeTypes.CLOSED_LOOP, slots));
        } else if (model.load() instanceof WorkloadModel.OpenLoop open) {
            open.rates().forEach(rate -> add("load(new $T($L, $L))", RuntimeTypes.OPEN_LOOP, rate, spread(open)));
        } else if (model.load() instanceof WorkloadModel.AllAtOnce atOnce) {
            add("load(new $T($L))", RuntimeTypes.ALL_AT_ONCE, users(atOnce));
        } else if (model.load() instanceof WorkloadModel.Replay replay) {
            CodeBlock maxIdle = replay.maxIdle()
                    .map(time -> CodeBlock.of(", $L", duration(time)))
                    .orElse(CodeBlock.of(""));
            replay.speeds().forEach(speed -> add("load(new $T($L$L))", RuntimeTypes.REPLAY, speed, maxIdle));
        }
        model.stages().ifPresent(stages -> add("stages($L)", text(stages)));
    }

    private static CodeBlock spread(WorkloadModel.OpenLoop open) {
        return open.arrivals().equals(Arrivals.GAMMA.name())
                ? CodeBlock.of("$L", open.burstiness())
                : CodeBlock.of("$T.$L", Arrivals.class, open.arrivals());
    }

    private static CodeBlock users(WorkloadModel.AllAtOnce atOnce) {
        if (atOnce.users().isEmpty() && atOnce.spawnRate().isEmpty()) {
            return CodeBlock.of("");
        }
        CodeBlock users = atOnce.users().isPresent()
                ? CodeBlock.of("$L", atOnce.users().getAsInt())
                : CodeBlock.of("$T.ALL", RuntimeTypes.ALL_AT_ONCE);
        CodeBlock spawnRate = atOnce.spawnRate().isPresent()
                ? CodeBlock.of("$L", atOnce.spawnRate().getAsDouble())
                : CodeBlock.of("$T.INSTANT", RuntimeTypes.ALL_AT_ONCE);
        return CodeBlock.of("$L, $L", users, spawnRate);
    }

    private void addParam(Param param) {
        CodeBlock values = param.values().stream().map(this::text).collect(CodeBlock.joining(", "));
        add("param($L, $L, $L, $L)", text(param.name()), type(param.kind()), text(param.env()), values);
    }

    private static CodeBlock type(ParamKind kind) {
        ClassName type = RuntimeTypes.PARAM_TYPE.nestedClass(kind.name());
        return kind.enumType()
                .map(named -> CodeBlock.of("$T.of($T.values())", type, ClassName.get(named)))
                .orElse(CodeBlock.of("new $T()", type));
    }

    private void addSettings() {
        Settings settings = model.settings();
        settings.env().forEach(env -> add("env($L, $T.$L)", text(env.name()), Setting.class, env.setting()));
        settings.slo()
                .ifPresent(slo -> add("objective($L, $L, $L)", slo.ttftMillis(), slo.tpotMillis(), slo.e2elMillis()));
        settings.timeout().ifPresent(timeout -> add("timeout($L)", duration(timeout)));
        settings.results()
                .forEach(results ->
                        add("results($T.$L, $L)", ResultFormat.class, results.format(), text(results.file())));
        settings.fork()
                .ifPresent(fork -> add(
                        "fork($L, $L$L)",
                        fork.count(),
                        text(fork.jvm()),
                        fork.jvmArgs().stream()
                                .map(option -> CodeBlock.of(", $L", text(option)))
                                .collect(CodeBlock.joining(""))));
    }

    private static CodeBlock iterations(Iterations iterations) {
        WorkloadModel.Extent extent = iterations.extent().orElse(null);
        if (extent instanceof WorkloadModel.Requests requests) {
            return iterations("ofRequests", iterations, whole(requests.count()));
        } else if (extent instanceof WorkloadModel.RequestsPerSlot requests) {
            return iterations("ofRequestsPerSlot", iterations, CodeBlock.of("$L", requests.count()));
        } else if (extent instanceof WorkloadModel.Sessions sessions) {
            return iterations("ofSessions", iterations, whole(sessions.count()));
        } else if (extent instanceof WorkloadModel.Lasting lasting) {
            return iterations("ofTime", iterations, duration(lasting.time()));
        }
        return iterations.count() == 0
                ? CodeBlock.of("$T.NONE", RuntimeTypes.ITERATIONS)
                : CodeBlock.of("$T.ofAllPrompts($L)", RuntimeTypes.ITERATIONS, iterations.count());
    }

    private static CodeBlock iterations(String factory, Iterations iterations, CodeBlock extent) {
        return CodeBlock.of("$T.$L($L, $L)", RuntimeTypes.ITERATIONS, factory, iterations.count(), extent);
    }

    private static CodeBlock duration(Time time) {
        CodeBlock amount = whole(time.amount());
        ChronoUnit unit = time.unit().toChronoUnit();
        // ChronoUnit.SECONDS prints as Seconds; Duration has a factory for each unit of time but microseconds.
        return unit == ChronoUnit.MICROS
                ? CodeBlock.of("$T.of($L, $T.MICROS)", Duration.class, amount, ChronoUnit.class)
                : CodeBlock.of("$T.of$L($L)", Duration.class, unit, amount);
    }

    private static CodeBlock whole(long number) {
        return CodeBlock.of(number == (int) number ? "$L" : "$LL", number);
    }
}
