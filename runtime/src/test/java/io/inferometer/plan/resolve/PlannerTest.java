package io.inferometer.plan.resolve;

import static io.inferometer.plan.resolve.Planning.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.judge.precision.Until;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.KeyHeader;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Extent;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {
    /** For each setting: a text for the variable and for the command line, and what the trial says of it. */
    private static final Map<Setting, Row> TABLE = new EnumMap<>(Map.ofEntries(
            row(
                    Setting.BASE_URL,
                    "http://env:1",
                    "http://cli:1",
                    trial -> trial.endpoint().url()),
            row(
                    Setting.URL,
                    "http://env:1/x",
                    "http://cli:1/x",
                    trial -> trial.endpoint().url()),
            row(Setting.PATH, "/env", "/cli", trial -> trial.endpoint().path()),
            row(
                    Setting.API_KEY_ENV,
                    "ENV_KEY",
                    "CLI_KEY",
                    trial -> trial.endpoint().apiKeyEnv()),
            row(
                    Setting.AUTH,
                    "Env",
                    "Cli",
                    trial -> trial.endpoint().keyHeader().name()),
            row(
                    Setting.HEADER,
                    "X-Env: 1",
                    "X-Cli: 2",
                    trial -> trial.everyRequest().headers().entrySet().stream()
                            .map(header -> header.getKey() + ": " + header.getValue())
                            .collect(Collectors.joining())),
            row(Setting.ALL_AT_ONCE, "true", "false", trial -> trial.schedule().load() instanceof Load.AtOnce),
            row(Setting.SAME_PROMPTS, "true", "false", trial -> trial.drawing().samePrompts()),
            row(
                    Setting.PROTOCOL,
                    "responses",
                    "messages",
                    trial -> trial.endpoint().protocol().name().toLowerCase()),
            row(Setting.MODEL, "env", "cli", trial -> trial.everyRequest().model()),
            row(Setting.TOKENIZER, "env", "cli", trial -> trial.figures().tokenizer()),
            row(
                    Setting.CONCURRENCY,
                    "5",
                    "6",
                    trial -> trial.schedule().load() instanceof Load.Closed loop ? loop.concurrency() : ""),
            row(
                    Setting.RATE,
                    "5",
                    "6",
                    trial -> trial.schedule().load() instanceof Load.Open loop ? (long) loop.rate() : ""),
            row(
                    Setting.ARRIVALS,
                    "constant",
                    "poisson",
                    trial -> trial.schedule().load() instanceof Load.Open loop
                            ? loop.arrivals().name().toLowerCase()
                            : ""),
            row(
                    Setting.BURSTINESS,
                    "0.5",
                    "2.5",
                    trial -> trial.schedule().load() instanceof Load.Open loop ? loop.burstiness() : ""),
            row(
                    Setting.MAX_IN_FLIGHT,
                    "5",
                    "6",
                    trial -> trial.schedule().load() instanceof Load.Open loop ? loop.mostInFlight() : ""),
            row(
                    Setting.SPEED,
                    "5.5",
                    "6.5",
                    trial -> trial.schedule().load() instanceof Load.Replay replay ? replay.speed() : ""),
            row(
                    Setting.MAX_IDLE,
                    "5s",
                    "6s",
                    trial -> ((Load.Replay) trial.schedule().load())
                            .maxIdle()
                            .map(gap -> gap.toSeconds() + "s")
                            .orElse("")),
            row(
                    Setting.CACHE_MARKER,
                    "trial",
                    "none",
                    trial -> trial.drawing().marker().scope().name().toLowerCase()),
            row(
                    Setting.TIME_UNIT,
                    "us",
                    "s",
                    trial -> FileReading.word(trial.drawing().files().timeUnit().orElseThrow())),
            row(
                    Setting.SKIP_BAD_LINES,
                    "true",
                    "false",
                    trial -> trial.drawing().files().skipBadLines()),
            row(
                    Setting.ANSWERS,
                    "recorded",
                    "server",
                    trial -> trial.drawing()
                            .files()
                            .answers()
                            .orElseThrow()
                            .name()
                            .toLowerCase()),
            row(
                    Setting.STEADY_START,
                    "true",
                    "false",
                    trial -> trial.drawing().files().steadyStart()),
            row(Setting.REQUESTS, "5", "6", trial -> count(trial.schedule().measurement())),
            row(
                    Setting.REQUESTS_PER_SLOT,
                    "5",
                    "6",
                    trial -> count(trial.schedule().measurement())),
            row(Setting.SESSIONS, "5", "6", trial -> count(trial.schedule().measurement())),
            row(
                    Setting.WARMUP_SESSIONS,
                    "5",
                    "6",
                    trial -> count(trial.schedule().warmup())),
            row(
                    Setting.MAX_TURNS,
                    "5",
                    "6",
                    trial -> trial.schedule().sessions().orElseThrow().mostTurns()),
            row(
                    Setting.ON_FAILED_TURN,
                    "skip",
                    "retry-none",
                    trial -> trial.schedule()
                            .sessions()
                            .orElseThrow()
                            .onFailedTurn()
                            .name()
                            .toLowerCase()
                            .replace('_', '-')),
            row(Setting.TIME, "5s", "6s", trial -> count(trial.schedule().measurement())),
            row(
                    Setting.ITERATIONS,
                    "5",
                    "6",
                    trial -> trial.schedule().measurement().count()),
            row(
                    Setting.UNTIL,
                    "e2el.mean 5%",
                    "e2el.mean 6%",
                    trial -> trial.schedule()
                            .until()
                            .map(until -> until.goals().get(0).toString())
                            .orElse("")),
            row(
                    Setting.WARMUP_REQUESTS,
                    "5",
                    "6",
                    trial -> count(trial.schedule().warmup())),
            row(
                    Setting.WARMUP_REQUESTS_PER_SLOT,
                    "5",
                    "6",
                    trial -> count(trial.schedule().warmup())),
            row(Setting.WARMUP_TIME, "5s", "6s", trial -> count(trial.schedule().warmup())),
            row(
                    Setting.WARMUP_ITERATIONS,
                    "5",
                    "6",
                    trial -> trial.schedule().warmup().count()),
            row(
                    Setting.TIMEOUT,
                    "5s",
                    "6s",
                    trial -> trial.everyRequest().timeout().toSeconds() + "s"),
            row(Setting.GPUS, "5", "6", trial -> trial.figures().gpus()),
            row(
                    Setting.SERVER_METRICS,
                    "auto",
                    "http://a/metrics",
                    trial -> String.join(",", trial.figures().serverMetrics())),
            row(Setting.FORKS, "5", "6", trial -> trial.forks().count()),
            row(Setting.SEED, "5", "-6", trial -> trial.drawing().seed()),
            row(
                    Setting.SLO,
                    "ttft=5",
                    "ttft=6",
                    trial -> "ttft="
                            + (long) trial.figures().objective().orElseThrow().ttftMillis()),
            row(
                    Setting.USERS,
                    "5",
                    "6",
                    trial -> ((Load.AtOnce) trial.schedule().load()).slots()),
            row(
                    Setting.STAGGER,
                    "5s",
                    "6s",
                    trial -> ((Load.Closed) trial.schedule().load()).stagger().toSeconds() + "s"),
            row(
                    Setting.SPAWN_RATE,
                    "5.5",
                    "6.5",
                    trial -> ((Load.AtOnce) trial.schedule().load()).slotsPerSecond()),
            row(
                    Setting.TRACEPARENT,
                    "true",
                    "false",
                    trial -> trial.everyRequest().traceparent()),
            row(
                    Setting.STREAMING,
                    "false",
                    "true",
                    trial -> trial.everyRequest().streaming().orElseThrow()),
            row(
                    Setting.EXTRA_BODY,
                    "{\"a\":5}",
                    "{\"a\":6}",
                    trial -> trial.everyRequest().extraBody()),
            row(
                    Setting.OMIT,
                    "a",
                    "b,c",
                    trial -> trial.everyRequest().extraBody().replaceAll("[{}:\"]|null", "")),
            row(
                    Setting.LENGTH_FIELD,
                    "max_tokens",
                    "max_new_tokens",
                    trial -> trial.everyRequest().lengthField())));

    private record Row(String variable, String option, Function<Trial, Object> value) {}

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "RESULT_FILE",
                "RESULT_FORMAT",
                "MAX_FAILURES",
                "TRANSPORT",
                "RESOLVE",
                "PAUSE",
                "RUN_TIME",
                "GRACE",
                "READY_TIMEOUT",
                "CALIBRATE",
                "PERCENTILES",
                "REQUIRE",
                "AT_MOST",
                "JVM",
                "JVM_ARGS",
                "INSECURE",
                "NO_PREFLIGHT",
                "NO_CLIENT_WARMUP",
                "STAGES",
                "RAMP_UP_STRATEGY",
                "RAMP_UP_START_RPS",
                "RAMP_UP_END_RPS",
                "FAIL_ON_ERROR",
                "STRICT",
                "SAVE_DETAILED",
                "FORCE",
                "JOURNAL",
                "NO_JOURNAL",
                "OUTPUT",
                "VERBOSITY",
                "DIALECT",
                "LIVE",
                "LIVE_OPEN",
                "HEADLESS",
                "MEMBERS",
                "ON_LOST_AGENT",
                "AGENTS",
                "AGENTS_EXPECTED",
                "LISTEN"
            })
    void takesTheCommandLineOverTheEnvironmentOverTheAnnotations(Setting setting) {
        Row row = TABLE.get(setting);
        WorkloadDescriptor.Builder workload = WorkloadDescriptor.of("Hello", "demo.Hello")
                .endpoint("http://declared:1")
                .model("declared")
                .load(
                        switch (setting) {
                            case ARRIVALS, BURSTINESS, MAX_IN_FLIGHT -> new Load.Open(1, Arrivals.POISSON);
                            case USERS, SPAWN_RATE -> new Load.AtOnce();
                            case SPEED, MAX_IDLE -> new Load.Replay(1);
                            default -> new Load.Closed(1);
                        })
                .warmup(Iterations.ofRequests(1, 1))
                .measurement(Iterations.ofRequests(1, 1))
                .env("FIRST", setting)
                .env("SECOND", setting);

        Planning annotations = planning(setting, workload);
        Planning empty = planning(setting, workload).env("FIRST", "").env("SECOND", " ");
        Planning second = planning(setting, workload).env("FIRST", "").env("SECOND", row.variable);
        Planning first = planning(setting, workload).env("FIRST", row.variable).env("SECOND", "nonsense");
        Planning commandLine =
                planning(setting, workload).env("FIRST", "nonsense").set(setting, row.option);

        assertThat(empty.trial()).isEqualTo(annotations.trial());
        assertThat(row.value.apply(second.trial())).hasToString(row.variable);
        assertThat(row.value.apply(first.trial())).hasToString(row.variable);
        assertThat(row.value.apply(commandLine.trial())).hasToString(row.option);
    }

    private static Planning planning(Setting setting, WorkloadDescriptor.Builder workload) {
        return switch (setting) {
            case SESSIONS, WARMUP_SESSIONS, MAX_TURNS, ON_FAILED_TURN, ANSWERS, STEADY_START ->
                Planning.ofTurns(workload);
            default -> Planning.of(workload);
        };
    }

    static Stream<Arguments> takesAFlagOfTheRunFromAVariable() {
        return Stream.<Map.Entry<Setting, Function<Plan, Boolean>>>of(
                        Map.entry(
                                Setting.INSECURE,
                                plan -> plan.client().transport().insecure()),
                        Map.entry(
                                Setting.NO_PREFLIGHT,
                                plan -> plan.client().preFlight().isEmpty()),
                        Map.entry(
                                Setting.NO_CLIENT_WARMUP, plan -> !plan.client().warmup()),
                        Map.entry(Setting.FAIL_ON_ERROR, plan -> plan.course().failOnError()),
                        Map.entry(Setting.STRICT, plan -> plan.judgement().strict()),
                        Map.entry(Setting.SAVE_DETAILED, plan -> plan.files().saveDetailed()),
                        Map.entry(Setting.FORCE, plan -> plan.files().force()),
                        Map.entry(
                                Setting.NO_JOURNAL,
                                plan -> plan.files().journal().isEmpty()))
                .map(row -> Arguments.of(row.getKey(), row.getValue()));
    }

    @ParameterizedTest
    @MethodSource
    void takesAFlagOfTheRunFromAVariable(Setting flag, Function<Plan, Boolean> value) {
        WorkloadDescriptor.Builder workload = declared().env("FLAG", flag);

        assertThat(value.apply(Planning.of(workload).plan())).isFalse();
        assertThat(value.apply(Planning.of(workload).env("FLAG", "1").plan())).isTrue();
        assertThat(value.apply(Planning.of(workload).env("FLAG", "true").plan()))
                .isTrue();
        assertThat(value.apply(Planning.of(workload).env("FLAG", "0").plan())).isFalse();
        assertThat(value.apply(Planning.of(workload)
                        .env("FLAG", "1")
                        .set(flag, "false")
                        .plan()))
                .isFalse();
        assertThatThrownBy(() -> Planning.of(workload).env("FLAG", "on").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("FLAG=on: on is none of true, false, 1, 0");
    }

    @Test
    void takesWhatIsToldAndTheJournalFromVariables() {
        Planning planning = Planning.of(declared()
                        .env("QUIET", Setting.VERBOSITY)
                        .env("WORDS", Setting.DIALECT)
                        .env("TEXT", Setting.OUTPUT)
                        .env("KEEP", Setting.JOURNAL))
                .env("QUIET", "Silent")
                .env("WORDS", "vllm, aiperf")
                .env("TEXT", "out.txt")
                .env("KEEP", "kept.jsonl");

        assertThat(planning.plan().console())
                .isEqualTo(new Plan.Console(
                        Plan.Verbosity.SILENT,
                        List.of("vllm", "aiperf"),
                        Optional.of(Path.of("out.txt")),
                        Optional.empty()));
        assertThat(planning.plan().files().journal()).contains(Path.of("kept.jsonl"));
        planning.options.noJournal();
        assertThat(planning.plan().files().journal()).isEmpty();
    }

    @Test
    void takesWhoSharesTheLoadFromVariablesUnlessTheCommandLineSaysIt() {
        Planning planning = Planning.of(declared()
                        .env("CLIENTS", Setting.MEMBERS)
                        .env("LOST", Setting.ON_LOST_AGENT)
                        .env("HOSTS", Setting.AGENTS)
                        .env("COUNT", Setting.AGENTS_EXPECTED)
                        .env("ADDRESS", Setting.LISTEN))
                .env("CLIENTS", "2")
                .env("LOST", "continue");

        assertThat(planning.plan().course().crew()).isEqualTo(new Plan.Crew(2, Plan.OnLost.CONTINUE));
        planning.set(Setting.MEMBERS, "3").set(Setting.ON_LOST_AGENT, "end");
        assertThat(planning.plan().course().crew()).isEqualTo(new Plan.Crew(3, Plan.OnLost.END));

        Planning elsewhere = Planning.of(declared()
                        .env("HOSTS", Setting.AGENTS)
                        .env("COUNT", Setting.AGENTS_EXPECTED)
                        .env("ADDRESS", Setting.LISTEN))
                .env("HOSTS", "a:1, b:2")
                .env("COUNT", "2,5s")
                .env("ADDRESS", "c:3");

        assertThat(elsewhere.plan().course().agents())
                .contains(new Plan.Agents(
                        List.of("a:1", "b:2"), OptionalInt.of(2), Duration.ofSeconds(5), Optional.of("c:3")));
        assertThat(elsewhere
                        .set(Setting.AGENTS, "d:4")
                        .plan()
                        .course()
                        .agents()
                        .orElseThrow()
                        .hosts())
                .containsExactly("d:4");
    }

    @Test
    void thePageOfARunThatIsOnIsAskedForAndTheHigherLayerSaysWhetherThereIsOne() {
        Planning planning = Planning.of(declared()
                .env("LIVE", Setting.LIVE)
                .env("OPEN", Setting.LIVE_OPEN)
                .env("HEADLESS", Setting.HEADLESS));
        assertThat(planning.plan().console().live()).isEmpty();

        planning.env("LIVE", "8089").env("OPEN", "true");
        assertThat(planning.plan().console().live()).contains(new Plan.Live(8089, true));
        planning.options.headless();
        assertThat(planning.plan().console().live()).isEmpty();

        planning = Planning.of(declared().env("LIVE", Setting.LIVE).env("HEADLESS", Setting.HEADLESS))
                .env("HEADLESS", "true");
        assertThat(planning.plan().console().live()).isEmpty();
        planning.options.live();
        assertThat(planning.plan().console().live()).contains(new Plan.Live(0, false));
        planning.options.live(80);
        assertThat(planning.plan().console().live()).contains(new Plan.Live(80, false));
        assertThatThrownBy(() -> Options.of().live(0)).hasMessage("a port must be from 1 to 65535, not 0");

        planning = Planning.of(declared().env("LIVE", Setting.LIVE)).env("LIVE", "yes");
        assertThatThrownBy(planning::plan)
                .hasMessage(
                        "LIVE=yes: yes is not a port from 1 to 65535, nor true, which is any that is free, nor false");
    }

    @Test
    void pausesAsLongAsTheMostPatientOfItsWorkloads() {
        Planning planning = Planning.of(
                declared().env("BREATHE", Setting.PAUSE),
                WorkloadDescriptor.of("Other", "demo.Other")
                        .endpoint("http://other:1")
                        .model("m")
                        .load(new Load.Closed(1))
                        .measurement(Iterations.ofRequests(1, 1))
                        .env("REST", Setting.PAUSE));
        planning.options.workload("Hello").workload("Other");

        assertThat(planning.plan().course().pause()).isZero();
        assertThat(planning.env("BREATHE", "1s")
                        .env("REST", "30s")
                        .plan()
                        .course()
                        .pause())
                .hasSeconds(30);
        assertThat(planning.set(Setting.PAUSE, "2s").plan().course().pause()).hasSeconds(2);
    }

    @Test
    void showsFourPercentilesUnlessToldOtherwise() {
        Planning planning = Planning.of(WorkloadDescriptor.of("Hello", "demo.Hello")
                .endpoint("sim:fast")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1))
                .env("PERCENTILES", Setting.PERCENTILES));

        assertThat(planning.plan().judgement().percentiles()).containsExactly(50.0, 90.0, 95.0, 99.0);
        assertThat(planning.env("PERCENTILES", "99, 50").plan().judgement().percentiles())
                .containsExactly(50.0, 99.0);
        assertThat(planning.set(Setting.PERCENTILES, "99.9").plan().judgement().percentiles())
                .containsExactly(99.9);
    }

    @Test
    void whatIsRequiredIsTakenFromTheCommandLineOverAVariable() {
        Planning planning = Planning.of(WorkloadDescriptor.of("Hello", "demo.Hello")
                .endpoint("http://declared:1")
                .model("declared")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(3, 1))
                .env("REQUIRED", Setting.REQUIRE));

        assertThat(planning.plan().judgement().required()).isEmpty();
        assertThat(planning.env("REQUIRED", "ttft.mean <= 1s")
                        .plan()
                        .judgement()
                        .required())
                .hasToString("[ttft.mean <= 1000ms]");
        assertThat(planning.set(Setting.REQUIRE, "failures <= 1%, tpot.mean <= 20ms")
                        .plan()
                        .judgement()
                        .required())
                .hasToString("[failures <= 1%, tpot.mean <= 20ms]");
    }

    @Test
    void calibratesAfterATrialUnlessToldOtherwise() {
        Planning planning = Planning.of(declared().env("CALIBRATION", Setting.CALIBRATE));

        assertThat(planning.plan().client().calibrate()).isEqualTo(Plan.Calibrate.AFTER);
        assertThat(planning.env("CALIBRATION", "before").plan().client().calibrate())
                .isEqualTo(Plan.Calibrate.BEFORE);
        assertThat(planning.set(Setting.CALIBRATE, "off").plan().client().calibrate())
                .isEqualTo(Plan.Calibrate.OFF);
        assertThatThrownBy(() -> planning.set(Setting.CALIBRATE, "never").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("--calibrate never: never is none of after, before, off");
    }

    @Test
    void asksBeforeTheRunAndWaitsAsLongAsItIsTold() {
        assertThat(Planning.of(declared()).plan().client().preFlight()).hasValue(Duration.ZERO);
        assertThat(Planning.of(declared().env("LOADS", Setting.READY_TIMEOUT))
                        .env("LOADS", "5m")
                        .plan()
                        .client()
                        .preFlight())
                .hasValue(Duration.ofMinutes(5));
        Planning none = Planning.of(declared());
        none.options.noPreflight();
        assertThat(none.plan().client().preFlight()).isEmpty();
    }

    @Test
    void tellsThatATokenizerIsThatOfAnotherModel() {
        WorkloadDescriptor.Builder workload = declared().tokenizer("gpt-oss");

        assertThat(Planning.of(workload).set(Setting.MODEL, "llama-8b").plan().notes())
                .containsExactly(
                        "the tokenizer gpt-oss is that of declared-model, and is applied to the texts of llama-8b too,"
                                + " whose own can be named with --tokenizer");
        assertThat(Planning.of(workload)
                        .set(Setting.MODEL, "openai/GPT-OSS-20b")
                        .plan()
                        .notes())
                .isEmpty();
        assertThat(Planning.of(workload)
                        .set(Setting.MODEL, "llama-8b")
                        .set(Setting.TOKENIZER, "gpt2")
                        .plan()
                        .notes())
                .isEmpty();
        assertThat(Planning.of(workload).plan().notes()).isEmpty();
    }

    @Test
    void fallsBackToTheAnnotations() {
        WorkloadDescriptor.Builder workload = declared()
                .path("/declared")
                .tokenizer("gpt2")
                .timeout(Duration.ofSeconds(9))
                .objective(200, 20, 0)
                .results(io.inferometer.annotations.ResultFormat.SUMMARY, "declared.json");

        Plan plan = Planning.of(workload).plan();
        Trial trial = plan.trials().get(0);

        assertThat(trial.endpoint())
                .isEqualTo(new EndpointAddress(
                        "http://declared:1", false, "/declared", "KEY", false, KeyHeader.BEARER, Protocol.CHAT));
        assertThat(trial.everyRequest().model()).isEqualTo("declared-model");
        assertThat(trial.figures().tokenizer()).isEqualTo("gpt2");
        assertThat(trial.schedule().load()).isEqualTo(new Load.Closed(4));
        assertThat(trial.schedule().warmup()).isEqualTo(Iterations.ofRequestsPerSlot(1, 2));
        assertThat(trial.schedule().measurement()).isEqualTo(Iterations.ofRequestsPerSlot(1, 10));
        assertThat(trial.everyRequest().timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(trial.figures().objective()).contains(new Objective(200, 20, 0));
        assertThat(plan.files().results())
                .containsExactly(new Plan.ResultFile(ResultFormat.SUMMARY, Path.of("declared.json")));
    }

    @Test
    void fallsBackToTheDefaults() {
        Plan plan = Planning.of(declared()).plan();
        Trial trial = plan.trials().get(0);

        assertThat(trial.everyRequest().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(trial.drawing().seed()).isZero();
        assertThat(trial.figures().objective()).isEmpty();
        assertThat(trial.everyRequest().streaming()).isEmpty();
        assertThat(trial.everyRequest().extraBody()).isEmpty();
        assertThat(trial.everyRequest().headers()).isEmpty();
        assertThat(plan.startedAt()).isEqualTo(Planning.NOW);
        assertThat(plan.judgement().maxFailures()).isZero();
        assertThat(plan.course().failOnError()).isFalse();
        assertThat(plan.files().force()).isFalse();
        assertThat(plan.files().saveDetailed()).isFalse();
        assertThat(plan.console().verbosity()).isEqualTo(Plan.Verbosity.NORMAL);
        assertThat(plan.files().results()).isEmpty();
        assertThat(plan.files().journal()).contains(Path.of("inferometer-20261121-101112.journal.jsonl"));
    }

    @Test
    void doesWhatTheVariablesOfABenchmarkScriptSay() {
        Planning planning = Planning.of(declared())
                .env("CONC", "8")
                .env("NUM_PROMPTS", "24")
                .env("BASE", "http://127.0.0.1:8000")
                .env("RESULT_FILENAME", "r.json");

        Trial trial = planning.trial();

        assertThat(trial.schedule().load()).isEqualTo(new Load.Closed(8));
        assertThat(trial.schedule().requests(false)).hasValue(24);
        assertThat(trial.endpoint().url()).isEqualTo("http://127.0.0.1:8000");
        assertThat(planning.plan().files().results())
                .extracting(Plan.ResultFile::path)
                .containsExactly(Path.of("r.json"));
    }

    @Test
    void takesTheOptionsThatAreOfTheRun() {
        Planning planning = Planning.of(declared());
        planning.options
                .force()
                .saveDetailed()
                .failOnError()
                .verbosity(Plan.Verbosity.EXTRA)
                .auth("api-key-scheme")
                .set(Setting.MAX_FAILURES, "5%");

        Plan plan = planning.plan();

        assertThat(plan.files().force()).isTrue();
        assertThat(plan.files().saveDetailed()).isTrue();
        assertThat(plan.course().failOnError()).isTrue();
        assertThat(plan.console().verbosity()).isEqualTo(Plan.Verbosity.EXTRA);
        assertThat(plan.judgement().maxFailures()).isEqualTo(0.05);
        assertThat(plan.trials().get(0).endpoint().keyHeader()).isEqualTo(KeyHeader.API_KEY_SCHEME);
    }

    @Test
    void takesTheStricterShareOfFailuresOfTwoWorkloads() {
        Planning planning = Planning.of(
                        declared().env("LAX", Setting.MAX_FAILURES),
                        WorkloadDescriptor.of("Other", "demo.Other")
                                .endpoint("http://other:1")
                                .model("m")
                                .load(new Load.Closed(1))
                                .measurement(Iterations.ofRequests(1, 1))
                                .env("STRICT", Setting.MAX_FAILURES))
                .env("LAX", "0.5")
                .env("STRICT", "10%");
        planning.options.workload("Hello").workload("Other");

        assertThat(planning.plan().judgement().maxFailures()).isEqualTo(0.1);
    }

    @Test
    void takesTheTransportAndRefusesTwoOfThem() {
        Planning planning = Planning.of(
                        declared().env("MOVES", Setting.TRANSPORT),
                        WorkloadDescriptor.of("Other", "demo.Other")
                                .endpoint("http://other:1")
                                .model("m")
                                .load(new Load.Closed(1))
                                .measurement(Iterations.ofRequests(1, 1)))
                .env("MOVES", "nio");
        planning.options.insecure();

        assertThat(planning.plan().client().transport())
                .isEqualTo(new Plan.Transport(Plan.Transport.Kind.NIO, "", true, Plan.Transport.Resolve.FIRST));
        planning.options.workload("Hello").workload("Other");
        assertThatThrownBy(planning::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "the workloads of a run share one transport, and theirs differ; give --transport auto, jdk or"
                                + " nio");
        assertThat(planning.set(Setting.TRANSPORT, "jdk")
                        .plan()
                        .client()
                        .transport()
                        .kind())
                .isEqualTo(Plan.Transport.Kind.JDK);
    }

    @Test
    void takesTheLeanTransportButWhereAProxyIsOnTheWay() {
        assertThat(planned().reason()).isEqualTo("the leaner one, and no proxy is on the way");
        assertThat(planned().kind()).isEqualTo(Plan.Transport.Kind.NIO);
        ProxySelector usual = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", 3128)));
        try {
            assertThat(planned())
                    .isEqualTo(new Plan.Transport(
                            Plan.Transport.Kind.JDK,
                            "this JVM is told to reach the endpoint through a proxy",
                            false,
                            Plan.Transport.Resolve.FIRST));
            assertThatThrownBy(() ->
                            Planning.of(declared()).set(Setting.RESOLVE, "all").plan())
                    .hasMessage(
                            "--resolve all: only the nio transport can, and it can't here: this JVM is told to reach"
                                    + " the endpoint through a proxy");
        } finally {
            ProxySelector.setDefault(usual);
        }
        assertThatThrownBy(() -> Planning.of(declared())
                        .set(Setting.TRANSPORT, "jdk")
                        .set(Setting.RESOLVE, "all")
                        .plan())
                .hasMessage("--resolve all: java.net.http asks one address of a host alone; give --transport nio");
    }

    private static Plan.Transport planned() {
        return Planning.of(declared()).plan().client().transport();
    }

    @Test
    void replacesALoadWhole() {
        WorkloadDescriptor.Builder open = WorkloadDescriptor.of("Open", "demo.Open")
                .endpoint("http://declared:1")
                .model("m")
                .load(new Load.Open(2, Arrivals.CONSTANT))
                .measurement(Iterations.ofRequests(1, 100))
                .env("RATE", Setting.RATE)
                .env("ARRIVALS", Setting.ARRIVALS);

        assertThat(Planning.of(open).trial().schedule().load()).isEqualTo(new Load.Open(2, Arrivals.CONSTANT));
        assertThat(Planning.of(open).set(Setting.RATE, "7").trial().schedule().load())
                .isEqualTo(new Load.Open(7, Arrivals.CONSTANT));
        assertThat(Planning.of(open).env("RATE", "7").trial().schedule().load())
                .isEqualTo(new Load.Open(7, Arrivals.CONSTANT));
        assertThat(Planning.of(open)
                        .set(Setting.ARRIVALS, "poisson")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(2, Arrivals.POISSON));
        assertThat(Planning.of(open)
                        .env("RATE", "7")
                        .env("ARRIVALS", "constant")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(7, Arrivals.CONSTANT));
        assertThat(Planning.of(open)
                        .env("RATE", "7")
                        .env("ARRIVALS", "constant")
                        .set(Setting.CONCURRENCY, "8")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Closed(8));
        assertThat(Planning.of(open)
                        .set(Setting.MAX_IN_FLIGHT, "64")
                        .trial()
                        .schedule()
                        .load())
                .isEqualTo(new Load.Open(2, Arrivals.CONSTANT, 64));
        Planning atOnce = Planning.of(open).env("RATE", "7").env("ARRIVALS", "constant");
        atOnce.options.allAtOnce();
        assertThat(atOnce.trial().schedule().load()).isEqualTo(new Load.AtOnce());
    }

    @Test
    void takesTheFirstVariableOfALoad() {
        Planning planning = Planning.of(declared()).env("CONC", "8").env("RATE", "5");

        assertThat(planning.trial().schedule().load()).isEqualTo(new Load.Closed(8));
    }

    @Test
    void replacesAnExtentWholeAndKeepsTheCount() {
        WorkloadDescriptor.Builder timed = WorkloadDescriptor.of("Timed", "demo.Timed")
                .endpoint("http://declared:1")
                .model("m")
                .load(new Load.Closed(2))
                .warmup(Iterations.ofTime(2, Duration.ofSeconds(1)))
                .measurement(Iterations.ofTime(3, Duration.ofSeconds(10)))
                .env("NUM_PROMPTS", Setting.REQUESTS);

        assertThat(Planning.of(timed)
                        .set(Setting.REQUESTS, "6")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofRequests(3, 6));
        assertThat(Planning.of(timed).env("NUM_PROMPTS", "6").trial().schedule().measurement())
                .isEqualTo(Iterations.ofRequests(3, 6));
        assertThat(Planning.of(timed)
                        .env("NUM_PROMPTS", "6")
                        .set(Setting.TIME, "5s")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofTime(3, Duration.ofSeconds(5)));
        assertThat(Planning.of(timed)
                        .set(Setting.ITERATIONS, "7")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofTime(7, Duration.ofSeconds(10)));
        assertThat(Planning.of(timed)
                        .set(Setting.WARMUP_REQUESTS_PER_SLOT, "1")
                        .trial()
                        .schedule()
                        .warmup())
                .isEqualTo(Iterations.ofRequestsPerSlot(2, 1));
        assertThat(Planning.of(timed)
                        .set(Setting.WARMUP_ITERATIONS, "0")
                        .trial()
                        .schedule()
                        .warmup())
                .isEqualTo(Iterations.NONE);
    }

    @Test
    void warmsUpOnceWhereOnlyTheExtentIsGiven() {
        WorkloadDescriptor.Builder cold = WorkloadDescriptor.of("Cold", "demo.Cold")
                .endpoint("http://declared:1")
                .model("m")
                .load(new Load.Closed(2))
                .measurement(Iterations.ofRequests(1, 1));

        assertThat(Planning.of(cold)
                        .set(Setting.WARMUP_REQUESTS, "6")
                        .trial()
                        .schedule()
                        .warmup())
                .isEqualTo(Iterations.ofRequests(1, 6));
    }

    @Test
    void takesBaseUrlAndUrlAsOneSetting() {
        assertThat(Planning.of(declared())
                        .env("WHOLE", "http://env:1/whole")
                        .set(Setting.BASE_URL, "http://cli:1")
                        .trial()
                        .endpoint()
                        .whole())
                .isFalse();
        assertThat(Planning.of(declared())
                        .env("WHOLE", "https://env:1/whole")
                        .trial()
                        .endpoint())
                .isEqualTo(new EndpointAddress(
                        "https://env:1/whole", true, "", "KEY", false, KeyHeader.BEARER, Protocol.CHAT));
        assertThat(Planning.of(declared())
                        .env("BASE", "http://first:1")
                        .env("WHOLE", "http://env:1/whole")
                        .trial()
                        .endpoint()
                        .url())
                .isEqualTo("http://first:1");
    }

    @Test
    void sweepsParametersThenLoadsInDeclaredOrder() {
        Planning planning = Planning.of(declared()
                .param("isl", new ParamType.Int(), "ISL", "128", "256")
                .param("name", new ParamType.Text(), "", "a"));
        planning.set(Setting.CONCURRENCY, "8,4");
        planning.options.param("name", "x", "y");

        List<Trial> trials = planning.plan().trials();

        assertThat(trials)
                .extracting(trial -> trial.params().text("isl")
                        + trial.params().text("name")
                        + ((Load.Closed) trial.schedule().load()).concurrency())
                .containsExactly("128x8", "128x4", "128y8", "128y4", "256x8", "256x4", "256y8", "256y4");
        assertThat(trials).extracting(Trial::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void takesAParameterFromTheCommandLineOverItsVariableOverItsValues() {
        WorkloadDescriptor.Builder workload = declared().param("isl", new ParamType.Int(), "ISL", "128");

        assertThat(Planning.of(workload).trial().params().text("isl")).isEqualTo("128");
        assertThat(Planning.of(workload).env("ISL", "").trial().params().text("isl"))
                .isEqualTo("128");
        assertThat(Planning.of(workload).env("ISL", "64").trial().params().text("isl"))
                .isEqualTo("64");
        Planning both = Planning.of(workload).env("ISL", "nonsense");
        both.options.param("isl", "32");
        assertThat(both.trial().params().text("isl")).isEqualTo("32");
    }

    @Test
    void numbersTheTrialsOfSeveralWorkloadsThroughAndMergesTheirResults() {
        Planning planning = Planning.of(
                declared().results(ResultFormat.SUMMARY, "a-{timestamp}.json"),
                WorkloadDescriptor.of("Other", "demo.Other")
                        .endpoint("http://other:1")
                        .model("m")
                        .load(new Load.Closed(1))
                        .load(new Load.Closed(2))
                        .measurement(Iterations.ofRequests(1, 1))
                        .results(ResultFormat.CSV, "b.csv"));
        planning.options.workload("Hello|Other");

        Plan plan = planning.plan();

        assertThat(plan.trials())
                .extracting(
                        trial -> trial.index() + trial.binding().descriptor().name())
                .containsExactly("0Hello", "1Other", "2Other");
        assertThat(plan.files().results())
                .containsExactly(
                        new Plan.ResultFile(ResultFormat.SUMMARY, Path.of("a-20261121-101112.json")),
                        new Plan.ResultFile(ResultFormat.CSV, Path.of("b.csv")));
        assertThat(plan.files().journal()).contains(Path.of("a-20261121-101112.json.journal.jsonl"));
    }

    @Test
    void allAtOnceMayLeaveItsExtentToTheWorkload() {
        WorkloadDescriptor.Builder batch = WorkloadDescriptor.of("Batch", "demo.Batch")
                .endpoint("sim:x")
                .load(new Load.AtOnce())
                .measurement(new Iterations(1, null));

        assertThat(Planning.of(batch).trial().schedule().measurement()).isEqualTo(new Iterations(1, null));
        assertThat(Planning.of(batch)
                        .set(Setting.REQUESTS, "3")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofRequests(1, 3));
        assertThat(Planning.of(batch)
                        .set(Setting.CONCURRENCY, "8")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(new Iterations(1, null));
        assertThat(Planning.of(batch)
                        .set(Setting.ITERATIONS, "2")
                        .set(Setting.REQUESTS, "3")
                        .trial()
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofRequests(2, 3));
        assertThatThrownBy(() -> Planning.of(batch).set(Setting.ITERATIONS, "2").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("-i 2: the first iteration sends all requests of Batch, and leaves none for another;"
                        + " give --requests N too");
        assertThatThrownBy(() -> Planning.of(batch).set(Setting.TIME, "8s").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("-r 8s is a time, and under @AllAtOnce of Batch all requests start at one instant;"
                        + " give --requests N, or --run-time TIME to end the run");
    }

    @Test
    void allAtOnceOfAHigherLayerForgetsTheUsersOfALowerOne() {
        WorkloadDescriptor.Builder batch = WorkloadDescriptor.of("Batch", "demo.Batch")
                .endpoint("sim:x")
                .load(new Load.AtOnce())
                .measurement(Iterations.ofRequests(1, 1))
                .env("USERS", Setting.USERS);

        Planning annotated = Planning.of(batch).env("USERS", "5");
        Planning higher = Planning.of(batch).env("USERS", "5");
        higher.options.allAtOnce();
        Planning closed = Planning.of(batch).env("USERS", "5").set(Setting.CONCURRENCY, "3");

        assertThat(annotated.trial().schedule().load()).isEqualTo(new Load.AtOnce(5, Load.AtOnce.INSTANT));
        assertThat(higher.trial().schedule().load()).isEqualTo(new Load.AtOnce());
        assertThat(closed.trial().schedule().load()).isEqualTo(new Load.Closed(3));
    }

    @Test
    void onlySlotsThatSendAgainAreStaggered() {
        WorkloadDescriptor.Builder closed = WorkloadDescriptor.of("Hello", "demo.Hello")
                .endpoint("sim:x")
                .load(new Load.Closed(4))
                .measurement(Iterations.ofRequests(1, 1));

        assertThatThrownBy(Planning.of(closed).set(Setting.RATE, "3").set(Setting.STAGGER, "50ms")::plan)
                .hasMessage("--stagger 50ms: only the slots of a closed loop begin one after the other by it; give"
                        + " --concurrency N too, or in its place --spawn-rate N for requests that are sent at once");
        assertThat(Planning.of(closed)
                        .set(Setting.CONCURRENCY, "2,8")
                        .set(Setting.STAGGER, "50ms")
                        .plan()
                        .trials()
                        .get(1)
                        .schedule()
                        .load())
                .isEqualTo(new Load.Closed(8, Duration.ofMillis(50)));
    }

    @Test
    void declaredUsersHoldAsFarAsNothingElseIsAskedFor() {
        WorkloadDescriptor.Builder batch = WorkloadDescriptor.of("Batch", "demo.Batch")
                .endpoint("sim:x")
                .load(new Load.AtOnce(8, 4))
                .measurement(Iterations.ofRequests(1, 1));
        Planning higher = Planning.of(batch);
        higher.options.allAtOnce();

        assertThat(Planning.of(batch).trial().schedule().load()).isEqualTo(new Load.AtOnce(8, 4));
        assertThat(Planning.of(batch).set(Setting.USERS, "2").trial().schedule().load())
                .isEqualTo(new Load.AtOnce(2, 4));
        assertThat(higher.trial().schedule().load()).isEqualTo(new Load.AtOnce());
    }

    @Test
    void goesOnForTenMinutesUntilFiguresArePreciseUnlessAnotherTimeIsGiven() {
        Planning planning = Planning.of(declared().env("MOST", Setting.AT_MOST)).set(Setting.UNTIL, "e2el.mean 5%");

        assertThat(until(planning).atMost()).isEqualTo(Duration.ofMinutes(10));
        assertThat(until(planning.env("MOST", "20m")).atMost()).isEqualTo(Duration.ofMinutes(20));
        assertThat(until(planning.set(Setting.AT_MOST, "30m")).atMost()).isEqualTo(Duration.ofMinutes(30));
    }

    private static Until until(Planning planning) {
        return planning.plan().trials().get(0).schedule().until().orElseThrow();
    }

    @Test
    void takesTheShortestRunTime() {
        WorkloadDescriptor.Builder first = declared().env("LIMIT", Setting.RUN_TIME);
        WorkloadDescriptor.Builder second = WorkloadDescriptor.of("Other", "demo.Other")
                .endpoint("sim:x")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1))
                .env("OTHER_LIMIT", Setting.RUN_TIME);

        Planning planning = Planning.of(first, second).env("LIMIT", "20s").env("OTHER_LIMIT", "10s");
        planning.options.workload("Hello").workload("Other");

        assertThat(Planning.of(first).plan().course().runTime()).isEmpty();
        assertThat(planning.plan().course().runTime()).contains(Duration.ofSeconds(10));
        assertThat(planning.set(Setting.RUN_TIME, "30s").plan().course().runTime())
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void takesTheLongestGraceOfWhichNoneIsOneToo() {
        WorkloadDescriptor.Builder first = declared().env("GRACE", Setting.GRACE);
        WorkloadDescriptor.Builder second = WorkloadDescriptor.of("Other", "demo.Other")
                .endpoint("sim:x")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1))
                .env("OTHER_GRACE", Setting.GRACE);

        Planning planning = Planning.of(first, second).env("GRACE", "2s").env("OTHER_GRACE", "500ms");
        planning.options.workload("Hello").workload("Other");

        assertThat(Planning.of(first).plan().course().grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(planning.plan().course().grace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(planning.set(Setting.GRACE, "0s").plan().course().grace()).isZero();
    }

    @Test
    void theVariableOfATextIsOneValueWithItsCommas() {
        WorkloadDescriptor.Builder texts = declared().param("system", new ParamType.Text(), "SYSTEM_PROMPT", "short");

        assertThat(Planning.of(texts)
                        .env("SYSTEM_PROMPT", "Be helpful, and brief.")
                        .trial()
                        .params()
                        .values())
                .containsEntry("system", "Be helpful, and brief.");
    }

    private static Object count(Iterations iterations) {
        if (iterations.extent() instanceof Extent.Sessions sessions) {
            return sessions.count();
        }
        if (iterations.extent() instanceof Extent.Requests requests) {
            return requests.count();
        }
        return iterations.extent() instanceof Extent.RequestsPerSlot perSlot
                ? perSlot.count()
                : ((Extent.Time) iterations.extent()).duration().toSeconds() + "s";
    }

    private static Map.Entry<Setting, Row> row(
            Setting setting, String variable, String option, Function<Trial, Object> value) {
        return Map.entry(setting, new Row(variable, option, value));
    }
}
