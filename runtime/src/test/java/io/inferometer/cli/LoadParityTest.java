package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.CacheMarker;
import io.inferometer.plan.Options;
import io.inferometer.plan.Trial;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.service.Providers;
import io.inferometer.workload.Answers;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loads, and how files are read, asked for by the command line and by the Java API: the same plan comes of both. */
class LoadParityTest {
    private static final List<WorkloadDescriptor> WORKLOADS = List.of(
            declared("Closed").load(new Load.Closed(4)).build(),
            declared("Replayed").load(new Load.Replay(1)).build(),
            declared("Talking").load(new Load.Closed(4)).build());

    private static WorkloadDescriptor.Builder declared(String name) {
        return WorkloadDescriptor.of(name, "demo." + name)
                .endpoint("http://declared:1")
                .model("m")
                .measurement(Iterations.ofRequests(1, 10));
    }

    static List<Arguments> theSamePlanComesOfBoth() {
        return List.of(
                both("Closed --concurrency 7", it -> it.concurrency(7), load(), new Load.Closed(7)),
                both(
                        "Closed --stagger 50ms",
                        it -> it.stagger(Duration.ofMillis(50)),
                        load(),
                        new Load.Closed(4, Duration.ofMillis(50))),
                both(
                        "Talking --concurrency 7 --stagger 2s",
                        it -> it.concurrency(7).stagger(Duration.ofSeconds(2)),
                        load(),
                        new Load.Closed(7, Duration.ofSeconds(2))),
                both(
                        "Closed --rate 2 --burstiness 0.5",
                        it -> it.rate(2).burstiness(0.5),
                        load(),
                        new Load.Open(2, 0.5)),
                both(
                        "Closed --rate 2 --arrivals constant --max-in-flight 9",
                        it -> it.rate(2).arrivals(Arrivals.CONSTANT).maxInFlight(9),
                        load(),
                        new Load.Open(2, Arrivals.CONSTANT, 1, 9, Optional.empty())),
                both(
                        "Closed --rate 2 --arrivals vllm-rescaled",
                        it -> it.rate(2).arrivals(Arrivals.VLLM_RESCALED),
                        load(),
                        new Load.Open(2, Arrivals.VLLM_RESCALED)),
                both(
                        "Closed --ramp-up-strategy linear --ramp-up-start-rps 1 --ramp-up-end-rps 9",
                        it -> it.rampUpStrategy(Load.Ramp.Strategy.LINEAR)
                                .rampUpStartRps(1)
                                .rampUpEndRps(9),
                        trial -> ((Load.Open) trial.schedule().load()).ramp(),
                        Optional.of(new Load.Ramp(Load.Ramp.Strategy.LINEAR, 1, 9))),
                both(
                        "Closed --ramp-up-strategy exponential --ramp-up-start-rps 1 --ramp-up-end-rps 9",
                        it -> it.rampUpStrategy(Load.Ramp.Strategy.EXPONENTIAL)
                                .rampUpStartRps(1)
                                .rampUpEndRps(9),
                        trial -> ((Load.Open) trial.schedule().load()).ramp(),
                        Optional.of(new Load.Ramp(Load.Ramp.Strategy.EXPONENTIAL, 1, 9))),
                both(
                        "Closed --all-at-once --users 4 --spawn-rate 2.5",
                        it -> it.allAtOnce().users(4).spawnRate(2.5),
                        load(),
                        new Load.AtOnce(4, 2.5)),
                staged("Closed --stages", "4 30s, 4..64 60s", StagedLoad.Kind.CONCURRENCY),
                staged("Closed --stages", "2/s 30s, 2..20/s 60s", StagedLoad.Kind.RATE),
                both(
                        "Replayed --speed 2.5 --max-idle 10s",
                        it -> it.speed(2.5).maxIdle(Duration.ofSeconds(10)),
                        load(),
                        new Load.Replay(2.5, Duration.ofSeconds(10))),
                both(
                        "Replayed --time-unit us --skip-bad-lines",
                        it -> it.timeUnit(TimeUnit.MICROSECONDS).skipBadLines(),
                        trial -> trial.drawing().files(),
                        new FileReading(Optional.of(TimeUnit.MICROSECONDS), true, Optional.empty(), false)),
                both(
                        "Talking --answers recorded --steady-start",
                        it -> it.answers(Answers.RECORDED).steadyStart(),
                        trial -> trial.drawing().files(),
                        new FileReading(Optional.empty(), false, Optional.of(Answers.RECORDED), true)),
                both(
                        "Replayed --cache-marker trial",
                        it -> it.cacheMarker(CacheMarker.Scope.TRIAL),
                        trial -> trial.drawing().marker().scope(),
                        CacheMarker.Scope.TRIAL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theSamePlanComesOfBoth(
            List<String> words, UnaryOperator<Options.Builder> java, Function<Trial, Object> part, Object expected) {
        Options asked = java.apply(Options.of(words.get(0))).build();

        List<Trial> byWords = trials(RunCommandTest.options(words.toArray(String[]::new)));
        List<Trial> byJava = trials(asked);

        assertThat(byJava).hasSize(1).isEqualTo(byWords);
        assertThat(part.apply(byJava.get(0))).isEqualTo(expected);
    }

    private static List<Trial> trials(Options options) {
        List<FakeBinding> bindings = WORKLOADS.stream()
                .map(workload -> new FakeBinding(workload, workload.name().equals("Talking")))
                .toList();
        Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:11:12Z"), ZoneOffset.UTC);
        return new Planner(Providers.of(bindings), name -> null, clock)
                .plan(options)
                .trials();
    }

    private static Arguments both(
            String words, UnaryOperator<Options.Builder> java, Function<Trial, Object> part, Object expected) {
        return arguments(List.of(words.split(" ")), java, part, expected);
    }

    private static Arguments staged(String words, String stages, StagedLoad.Kind kind) {
        UnaryOperator<Options.Builder> java = it -> it.stages(stages);
        Function<Trial, Object> part = trial -> ((StagedLoad) trial.schedule().load()).kind();
        String[] given = words.split(" ");
        return arguments(List.of(given[0], given[1], stages), java, part, kind);
    }

    private static Function<Trial, Object> load() {
        return trial -> trial.schedule().load();
    }
}
