package io.inferometer.report.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.judge.Gate;
import io.inferometer.judge.Requirement;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.KeyHeader;
import io.inferometer.plan.Plan;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Trial;
import io.inferometer.report.ARun;
import io.inferometer.report.Scenario;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunHeaderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void comesBackFromJsonAsItWas(Scenario scenario) throws IOException {
        RunHeader header = scenario.run().header();

        assertThat(throughJson(header)).isEqualTo(header);
    }

    @Test
    void comesBackWithEveryLoadAndExtentAndOption() throws IOException {
        List<Load> loads = List.of(
                new Load.Closed(3),
                new Load.Closed(3, Duration.ofMillis(50)),
                new Load.Open(2.5, 0.5),
                new Load.Open(2.5, Arrivals.VLLM_RESCALED),
                new Load.Open(2, Arrivals.CONSTANT, 1, 8, Optional.of(new Load.Ramp(Load.Ramp.Strategy.LINEAR, 1, 4))),
                new Load.Open(2.5, Arrivals.POISSON),
                new Load.AtOnce(),
                new Load.AtOnce(8, 2.5));
        List<Iterations> extents = List.of(
                Iterations.ofRequests(2, 5_000_000_000L),
                Iterations.ofRequestsPerSlot(1, 7),
                Iterations.ofTime(3, Duration.ofMillis(1_500)),
                new Iterations(1, null),
                Iterations.NONE);
        for (Load load : loads) {
            for (Iterations extent : extents) {
                RunHeader header = RunHeader.of(plan(trial(load, extent, Optional.of(true))));

                assertThat(throughJson(header)).isEqualTo(header);
            }
        }
    }

    @Test
    void saysWhatRunsItAndWhatIsPlanned() {
        RunHeader header = RunHeader.of(plan(trial(new Load.Closed(3), Iterations.NONE, Optional.empty())));

        assertThat(header.runner().version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(header.runner().jdk()).startsWith(Runtime.version().toString());
        assertThat(header.runner().jdkFeature()).isEqualTo(Runtime.version().feature());
        assertThat(header.runner().cpus()).isPositive();
        assertThat(header.startedAt()).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(header.simulated()).isFalse();
        assertThat(header.pause()).hasSeconds(30);
        assertThat(header.trial(0).figures().gpus()).isEqualTo(8);
        TrialHeader trial = header.trial(0);
        assertThat(trial.workload()).isEqualTo("Hello");
        assertThat(trial.params()).isEqualTo(Map.of("isl", "256"));
        assertThat(trial.load()).isEqualTo(new Load.Closed(3));
        assertThat(trial.figures().objective()).contains(new Objective(200, 0, 0));
    }

    @Test
    void tellsThePlansNotesOnlyWhereThereAreSome() throws IOException {
        RunHeader header = new ARun().with(ARun.trial()).notes("one", "another").header();

        assertThat(header.toMap()).containsEntry("notes", List.of("one", "another"));
        assertThat(throughJson(header)).isEqualTo(header);
        assertThat(new ARun().with(ARun.trial()).header().toMap()).doesNotContainKey("notes");
    }

    @Test
    void tellsWhatWasSetAndByWhatOnlyWhereThatIsKnown() throws IOException {
        RunHeader header = new ARun()
                .with(ARun.trial())
                .settings(
                        new SettingSource("--rate", "2,4", "given"),
                        new SettingSource("--model", "m", "environment MODEL for Hello"))
                .header();

        assertThat(header.toMap())
                .containsEntry(
                        "settings",
                        List.of(
                                Map.of("name", "--rate", "value", "2,4", "from", "given"),
                                Map.of("name", "--model", "value", "m", "from", "environment MODEL for Hello")));
        assertThat(throughJson(header)).isEqualTo(header);
        RunHeader without = new ARun().with(ARun.trial()).header();
        assertThat(without.toMap()).doesNotContainKey("settings");
        assertThat(Likeness.differenceOfPlan(header, without)).isEmpty();
    }

    @Test
    void tellsWhereAllTrialsAndForksSendTheSamePrompts() throws IOException {
        TrialHeader own = ARun.trial().header(0);
        TrialHeader same = new TrialHeader(
                own.index(),
                own.fork(),
                own.work(),
                own.schedule(),
                own.endpoint(),
                own.everyRequest(),
                own.figures(),
                own.forks(),
                new Trial.Drawing(own.drawing().seed(), true),
                own.side());
        RunHeader one = new ARun().with(ARun.trial()).header();
        RunHeader other = one.withTrials(List.of(same));

        assertThat(throughJson(other)).isEqualTo(other);
        assertThat(Likeness.differenceOfPlan(one, other)).contains("samePrompts is not set and true");
    }

    @Test
    void tellsASideWithItsClientAndHowTheRunIsJudged() throws IOException {
        RunHeader header = new ARun()
                .with(ARun.trial().forks(3).side(Trial.Letter.A, "jdk"))
                .with(ARun.trial().forks(3).side(Trial.Letter.B, "nio"))
                .judged(new RunHeader.Judged(
                        0.01,
                        Requirement.parse("ttft.p99 <= 200ms, goodput >= 99.5%, outputTokensPerSecond >= 500"),
                        Optional.of(new Plan.Beside(
                                Gate.parse("tpot.p50 5%, failures 1%", OptionalDouble.empty()),
                                true,
                                false,
                                List.of("lengths"),
                                List.of("--transport: jdk in A, nio in B (--b)")))))
                .header();

        RunHeader read = throughJson(header);

        assertThat(read.toMap()).isEqualTo(header.toMap());
        assertThat(read.judged().required())
                .hasToString(header.judged().required().toString());
        assertThat(read.client(read.trial(0)).transport()).isEqualTo("jdk");
        assertThat(read.client(read.trial(1)).transport()).isEqualTo("nio");
        assertThat(read.trial(1).of(Trial.Letter.B)).isTrue();
        assertThat(read.judged().beside().orElseThrow().gates().get(1).margin()).isEqualTo(0.01);
    }

    @Test
    void holdsNamesOfVariablesAndHeadersButNoSecret() {
        RunHeader header = RunHeader.of(plan(trial(new Load.Closed(3), Iterations.NONE, Optional.empty())));

        assertThat(header.trial(0).endpoint().url()).isEqualTo("https://example.com/v1?key=...&version=...");
        assertThat(header.trial(0).endpoint().apiKeyEnv()).isEqualTo("EXAMPLE_API_KEY");
        assertThat(header.trial(0).everyRequest().headerNames()).containsExactly("X-Secret", "X-Team");
        assertThat(header.toString() + header.toMap()).doesNotContain("s3cr3t");
    }

    @Test
    void aTrialThatIsNotThereIsNamed() {
        RunHeader header = new ARun().with(ARun.trial()).header();

        assertThatThrownBy(() -> header.trial(1)).hasMessage("the run has no trial 1");
    }

    @Test
    void aMapThatLacksSomethingIsRefused() {
        Map<String, Object> map = new ARun().with(ARun.trial()).header().toMap();
        map.remove("jdk");

        assertThatThrownBy(() -> RunHeader.ofMap(map))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdk");
    }

    private static RunHeader throughJson(RunHeader header) throws IOException {
        String json = MAPPER.writeValueAsString(header.toMap());
        return RunHeader.ofMap(MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {}));
    }

    private static Plan plan(Trial trial) {
        return new Plan(
                Instant.parse("2026-11-21T12:00:00Z"),
                List.of(trial),
                new Plan.Files(List.of(), Optional.empty(), Plan.Earlier.NONE, false, false),
                new Plan.Client(
                        true,
                        Plan.Calibrate.OFF,
                        Optional.empty(),
                        new Plan.Transport(Plan.Transport.Kind.JDK, "", false, Plan.Transport.Resolve.FIRST)),
                new Plan.Course(Duration.ofSeconds(30), Optional.empty(), Duration.ofSeconds(5), false),
                new Plan.Judgement(0.05, List.of(50.0, 99.9), false, List.of(), Optional.empty()),
                new Plan.Console(Plan.Verbosity.NORMAL, List.of(), Optional.empty(), Optional.empty()),
                List.of(),
                List.of());
    }

    private static Trial trial(Load load, Iterations measurement, Optional<Boolean> streaming) {
        return new Trial(
                0,
                0,
                new HelloBinding(),
                new ParamValues(Map.of("isl", "256")),
                new Trial.Schedule(load, Iterations.NONE, measurement),
                new EndpointAddress(
                        "https://user:s3cr3t@example.com/v1?key=s3cr3t&version=2",
                        true,
                        "",
                        "EXAMPLE_API_KEY",
                        true,
                        KeyHeader.BEARER,
                        Protocol.CHAT),
                new Trial.EveryRequest(
                        "made-up-7b",
                        streaming,
                        "",
                        "{\"top_k\":1}",
                        Map.of("X-Team", "a", "X-Secret", "s3cr3t"),
                        Duration.ofSeconds(90)),
                new Trial.Figures("o200k_base", Optional.of(new Objective(200, 0, 0)), 8),
                new Forks(3, "/opt/jdk", List.of("-Xmx1g", "-Dkey=s3cr3t")),
                new Trial.Drawing(42, false),
                Optional.empty());
    }

    /** A workload that is only described. */
    private static final class HelloBinding implements WorkloadBinding<Object> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Hello", "example.Hello")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 1))
                    .build();
        }

        @Override
        public Object create(ParamValues values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InferenceRequest request(Object workload, RequestContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
