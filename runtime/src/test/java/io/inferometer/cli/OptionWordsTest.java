package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.cli.options.OptionWords;
import io.inferometer.plan.CacheMarker;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.workload.Answers;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** The typed options, their settings and the options of the command line are the same, and each leads to the other. */
class OptionWordsTest {
    /** Options of the command line that no variable gives, and why. */
    private static final Map<String, String> NO_SETTING = Map.of(
            "-e", "it says which workloads run, and variables are those of one workload",
            "-p", "each parameter has a variable of its own",
            "--resume", "it names one run, once",
            "-l", "it runs nothing",
            "-lp", "it runs nothing",
            "-lrf", "it runs nothing",
            "--check", "it runs nothing",
            "--help", "it runs nothing",
            "--version", "it runs nothing");

    @Test
    void everyOptionHasASettingUnlessThereIsAReason() {
        Set<String> settings =
                Arrays.stream(Setting.values()).map(Options::name).collect(Collectors.toSet());

        Set<String> without =
                Main.commandLine(new RunCommand((plan, report, forked) -> null)).getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .filter(option -> Arrays.stream(option.names()).noneMatch(settings::contains))
                        .map(OptionSpec::longestName)
                        .collect(Collectors.toSet());

        assertThat(without).isEqualTo(NO_SETTING.keySet());
    }

    static List<UnaryOperator<Options.Builder>> readAgainTheyAreTheSame() {
        return List.of(
                it -> it,
                it -> it.workload("Other$").exclude("a b").exclude("-x"),
                it -> it.workload("-odd"),
                it -> it.param("isl", 128, 1024)
                        .param("text", "a,b", "c=\\", "", "\\,\"'")
                        .param("d", -1.5),
                it -> it.resume(Path.of("run 1.journal.jsonl")),
                it -> it.baseUrl("http://a:1/v1").path("/x").protocol(Protocol.MESSAGES),
                it -> it.url("https://a/b?c=d&e=f"),
                it -> it.apiKeyEnv("").auth("api-key-scheme"),
                it -> it.header("X-A", "1: ${B}").header("X-C", "--rate"),
                it -> it.model("--odd").tokenizer("gpt2"),
                it -> it.extraBody("{\"a\": \"b c\"}"),
                it -> it.omit("a", "b,c").lengthField("max_tokens").traceparent(),
                it -> it.streaming(true),
                it -> it.streaming(false),
                it -> it.timeout(Duration.ofNanos(1_500_000_001)).readyTimeout(Duration.ofMinutes(5)),
                it -> it.gpus(8).transport(Plan.Transport.Choice.NIO).resolve(Plan.Transport.Resolve.ALL),
                it -> it.serverMetrics("http://a:1/metrics", "auto"),
                it -> it.noPreflight().insecure().noClientWarmup().samePrompts(),
                it -> it.concurrency(4, 8),
                it -> it.rate(0.5, 1e7).arrivals(Arrivals.CONSTANT).maxInFlight(64),
                it -> it.rate(2).arrivals(Arrivals.VLLM_RESCALED).burstiness(0.5),
                it -> it.rampUpStrategy(Load.Ramp.Strategy.EXPONENTIAL)
                        .rampUpStartRps(1)
                        .rampUpEndRps(9.5),
                it -> it.stages("2/s 30s, 2..20/s 1m"),
                it -> it.concurrency(4).stagger(Duration.ofMillis(50)),
                it -> it.allAtOnce().users(4).spawnRate(2.5),
                it -> it.speed(1, 2.5).maxIdle(Duration.ofSeconds(10)),
                it -> it.cacheMarker(CacheMarker.Scope.TRIAL),
                it -> it.timeUnit(TimeUnit.MILLISECONDS).skipBadLines(),
                it -> it.answers(Answers.RECORDED).steadyStart(),
                it -> it.iterations(3).time(Duration.ofSeconds(10)),
                it -> it.until("ttft.p99 5%, tpot.mean 2%").atMost(Duration.ofMinutes(3)),
                it -> it.requests(100).warmupRequests(5).warmupIterations(0),
                it -> it.requestsPerSlot(10).warmupRequestsPerSlot(2),
                it -> it.sessions(100).warmupSessions(5).maxTurns(7).onFailedTurn(Trial.OnFailedTurn.SKIP),
                it -> it.warmupTime(Duration.ofMillis(1)).runTime(Duration.ofHours(1)),
                it -> it.grace(Duration.ZERO).pause(Duration.ofSeconds(30)),
                it -> it.agents("10.0.0.1:7800", "dns:agents").agentsExpected(2).listen("10.0.0.9:0"),
                it -> it.forks(2).jvm("/opt/a b/java").jvmArgs("-Xmx1g", "-Da=b"),
                it -> it.members(4).onLostAgent(Plan.OnLost.CONTINUE),
                it -> it.slo(new Objective(200, 20.5, 0)).maxFailures(1).percentiles(50, 99.9),
                it -> it.require("ttft.p99 <= 200ms, goodput >= 95%"),
                it -> it.failOnError().strict().seed(-6).calibrate(Plan.Calibrate.OFF),
                it -> it.result(ResultFormat.JSON, Path.of("{timestamp}.json"))
                        .result(ResultFormat.CSV, Path.of("b c.csv")),
                it -> it.saveDetailed().force().journal(Path.of("j.jsonl")),
                it -> it.noJournal()
                        .output(Path.of("out.txt"))
                        .verbosity(Plan.Verbosity.EXTRA)
                        .dialect("vllm", "aiperf"),
                it -> it.live(8089).liveOpen(),
                it -> it.live(),
                it -> it.headless(),
                it -> it.set(Setting.STRICT, "false")
                        .set(Setting.FAIL_ON_ERROR, "false")
                        .set(Setting.NO_JOURNAL, "false"));
    }

    @ParameterizedTest
    @MethodSource
    void readAgainTheyAreTheSame(UnaryOperator<Options.Builder> change) {
        Options options = change.apply(Options.of("Hello")).build();

        assertThat(RunCommandTest.options(OptionWords.of(options).toArray(String[]::new)))
                .isEqualTo(options);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "TRUE, true", "0, false", "False, false"})
    void aFlagIsReadAgainAsWhatItsTextMeans(String text, String flag) {
        Options options = Options.of("Hello")
                .set(Setting.STREAMING, text)
                .set(Setting.STRICT, text)
                .build();

        Options again = RunCommandTest.options(OptionWords.of(options).toArray(String[]::new));

        assertThat(again.texts(Setting.STREAMING)).containsExactly(flag);
        assertThat(again.texts(Setting.STRICT)).containsExactly(flag);
    }

    @Test
    void everySettingIsAmongThem() {
        Set<Setting> seen = new HashSet<>();
        readAgainTheyAreTheSame()
                .forEach(change -> seen.addAll(
                        change.apply(Options.of()).build().settings().keySet()));

        assertThat(seen).containsExactlyInAnyOrder(Setting.values());
    }
}
