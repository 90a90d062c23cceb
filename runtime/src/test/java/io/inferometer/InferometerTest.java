package io.inferometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.harness.RunOutcome;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Findings;
import io.inferometer.report.finding.Subject;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferometerTest {
    @TempDir
    Path dir;

    @Test
    void aWorkloadOfTheTestsOwnIsRunAndItsResultReturned() throws Exception {
        RunResult result = Inferometer.run(options().build());

        TrialReport trial = result.trial();
        assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(trial.header().workload()).isEqualTo("Greeting");
        assertThat(trial.summary().outcomes().succeeded()).isEqualTo(10);
        assertThat(trial.millis(Metric.TTFT, 99))
                .isEqualTo(trial.summary().metric(Metric.TTFT).percentile(99) / 1e6)
                .isPositive();
        assertThat(trial.millis(Metric.TTFT, 12.34)).isNaN();
        assertThat(result.files()).isEmpty();
    }

    @Test
    void twoRunsInOneJvmWriteTwoResults() throws Exception {
        RunResult first = Inferometer.run(writing("first.json").build());
        RunResult second = Inferometer.run(writing("second.json").build());

        assertThat(first.files()).containsExactly(dir.resolve("first.json"), dir.resolve("first.json.journal.jsonl"));
        assertThat(second.files())
                .containsExactly(dir.resolve("second.json"), dir.resolve("second.json.journal.jsonl"));
        assertThat(first.files()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(second.files()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void runsMayBeOnAtOneTime() {
        CompletableFuture<RunResult> other = CompletableFuture.supplyAsync(() -> result(writing("other.json")));

        RunResult one = result(writing("one.json"));

        assertThat(one.outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(other.join().outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(other.join().files()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void runsOfOneSecondHaveTimestampsOfTheirOwn() {
        CompletableFuture<RunResult> other = CompletableFuture.supplyAsync(() -> result(writing("{timestamp}.json")));
        RunResult one = result(writing("{timestamp}.json"));
        RunResult next = result(writing("{timestamp}.json"));

        assertThat(List.of(one, next, other.join()))
                .extracting(RunResult::outcome)
                .containsOnly(new RunOutcome.Ok());
        List<Path> files = Stream.of(one, next, other.join())
                .flatMap(run -> run.files().stream())
                .toList();

        assertThat(files)
                .hasSize(6)
                .doesNotHaveDuplicates()
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void theConsolesTextGoesToTheFileThatIsAskedForAlone() throws Exception {
        Path output = dir.resolve("run.txt");

        RunResult result = Inferometer.run(options()
                .output(output)
                .dialect("vllm")
                .verbosity(Plan.Verbosity.EXTRA)
                .build());

        assertThat(result.files()).containsExactly(output);
        assertThat(output).content().contains("# Workload: Greeting", "In other tools' words:", "Warnings:");
        assertThatThrownBy(() -> Inferometer.run(options().output(output).build()))
                .isInstanceOf(UsageException.class)
                .hasMessage("-o " + output + " exists; --force replaces it");
        assertThatThrownBy(() -> Inferometer.run(options().dialect("vlm").build()))
                .isInstanceOf(UsageException.class)
                .hasMessage("--dialect vlm is none of vllm, bench_serving, guidellm, aiperf");
    }

    @Test
    void theNotesOfThePlanAreTold() throws Exception {
        RunResult result = Inferometer.run(options().rate(200).build());

        assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(result.notes())
                .containsExactly(
                        "@Measurement of Greeting: 5 a slot becomes 10 requests under --rate 200, as many as for its 2 slots");
    }

    @Test
    void whatAProtocolHasNoPlaceForIsNotedInResultConsoleAndFiles() throws Exception {
        String note = "messages has no seed: it is left out, unless --extra-body puts it in";
        String answer = "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],"
                + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";
        try (ScriptedServer server = new ScriptedServer(
                (request, connection) -> connection.write(ScriptedServer.response(200, "application/json", answer)))) {
            RunResult result = Inferometer.run(writing("run.json")
                    .baseUrl(server.url() + "/v1/messages")
                    .streaming(false)
                    .calibrate(Plan.Calibrate.OFF)
                    .output(dir.resolve("run.txt"))
                    .build());

            assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
            assertThat(result.notes())
                    .containsExactly("requests are messages, as --base-url ends in the path of that", note);
            assertThat(dir.resolve("run.txt")).content().containsOnlyOnce("# Note: " + note);
            assertThat(dir.resolve("run.json")).content().contains("\"notes\"", note);
            assertThat(dir.resolve("run.json.journal.jsonl"))
                    .content()
                    .containsOnlyOnce("{\"type\":\"note\",\"trial\":0,\"fork\":0,\"text\":\"" + note);
            assertThat(server.requests())
                    .allSatisfy(
                            request -> assertThat(request.headers()).containsEntry("anthropic-version", "2023-06-01"));
        }
    }

    @Test
    void whoListensIsToldOfTheRunAndOfItsFiles() throws Exception {
        List<String> told = new ArrayList<>();

        Inferometer.run(writing("run.json").build(), new Report() {
            @Override
            public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                told.add("request");
            }

            @Override
            public void iterationEnded(IterationReport iteration) {
                told.add("iteration " + iteration.iteration());
            }

            @Override
            public void written(ResultFormat format, Path file) {
                told.add(format + " " + file.getFileName());
            }

            @Override
            public void close() {
                told.add("end");
            }
        });

        assertThat(told).hasSize(13).startsWith("request").endsWith("iteration 0", "JSON run.json", "end");
    }

    @Test
    void failedRequestsAreAnOutcome() throws Exception {
        RunResult result = Inferometer.run(
                options().baseUrl("sim:metronome?ttft=5&itl=1&fault=500").build());

        assertThat(result.outcome()).isInstanceOfSatisfying(RunOutcome.TooManyFailures.class, failures -> {
            RunOutcome.FailedTrial trial = failures.trials().get(0);
            assertThat(trial.trial().workload()).isEqualTo("Greeting");
            assertThat(trial.failed()).isEqualTo(10);
            assertThat(trial.total()).isEqualTo(10);
            assertThat(failures.ok()).isFalse();
            assertThat(failures.text())
                    .startsWith("10 of 10 requests of Greeting failed: 500: ")
                    .doesNotContain("\n");
            assertThat(trial.mostFrequent())
                    .get()
                    .satisfies(failure -> assertThat(failure.status()).isEqualTo(500));
        });
        assertThat(result.trials()).hasSize(1);
    }

    @Test
    void anEndpointThatRefusesToBeAskedIsAnOutcome() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(
                ScriptedServer.response(401, "application/json", "{\"error\":{\"message\":\"who are you\"}}")))) {
            RunResult result = Inferometer.run(options().baseUrl(server.url()).build());

            assertThat(result.outcome())
                    .isInstanceOfSatisfying(
                            RunOutcome.Refused.class,
                            refused -> assertThat(refused.trial().workload()).isEqualTo("Greeting"));
            assertThat(result.outcome().text()).isEqualTo("the pre-flight of Greeting failed: 401: who are you");
            assertThat(result.complete()).isFalse();
            assertThat(result.trials()).isEmpty();
            assertThatThrownBy(result::trial)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the run has 0 results, not one: the pre-flight of Greeting failed: 401: who are you");
        }
    }

    @Test
    void whatCantBeDoneIsAUsageExceptionBeforeAnythingIsSent() throws Exception {
        Files.writeString(dir.resolve("there.json"), "{}");

        assertThatThrownBy(() ->
                        Inferometer.run(options().set(Setting.CONCURRENCY, "0").build()))
                .isInstanceOf(UsageException.class)
                .hasMessage("--concurrency 0: 0 is not a whole number of at least 1");
        assertThatThrownBy(
                        () -> Inferometer.run(options().baseUrl("sim:metronom").build()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("sim:metronom: ");
        assertThatThrownBy(() -> Inferometer.run(writing("there.json").build()))
                .isInstanceOf(UsageException.class)
                .hasMessage(dir.resolve("there.json") + " exists: give another -rff, or --force to replace it");
        assertThat(dir.resolve("there.json")).hasContent("{}");
    }

    @Test
    void forksDoWhatTheOptionsAskFor() throws InterruptedException {
        RunResult result = Inferometer.run(Options.of("Greeting")
                .journal(dir.resolve("forked.jsonl"))
                .noClientWarmup()
                .forks(2)
                .concurrency(3)
                .requests(6)
                .build());

        assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(result.trials()).hasSize(1);
        assertThat(result.trials().get(0).header().load()).isEqualTo(new Load.Closed(3));
        assertThat(result.trials().get(0).summary().outcomes().total()).isEqualTo(12);
    }

    @Test
    void anAssertionOfAListenerFailsAsItselfWhereverItStands() {
        AssertionError error = new AssertionError("too slow");

        assertThatThrownBy(() -> Inferometer.run(options().build(), new Report() {
                    @Override
                    public void trialStarted(TrialHeader trial) {
                        throw error;
                    }
                }))
                .isSameAs(error);
        assertThatThrownBy(() -> Inferometer.run(options().build(), new Report() {
                    @Override
                    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                        throw error;
                    }
                }))
                .isSameAs(error);
        assertThatThrownBy(() -> Inferometer.run(options().build(), new Report() {
                    @Override
                    public void iterationEnded(IterationReport iteration) {
                        throw error;
                    }
                }))
                .isSameAs(error);
        assertThatThrownBy(() -> Inferometer.run(options().build(), new Report() {
                    @Override
                    public void runEnded(RunReport run) {
                        throw error;
                    }
                }))
                .isSameAs(error);
    }

    @Test
    void aListenerThatCantWriteIsAnOutcome() throws Exception {
        RunResult silent = Inferometer.run(options().build(), new Report() {
            @Override
            public void iterationEnded(IterationReport iteration) throws IOException {
                throw new IOException();
            }
        });
        RunResult telling = Inferometer.run(options().build(), new Report() {
            @Override
            public void runEnded(RunReport run) throws IOException {
                throw new IOException("the disk is full");
            }
        });

        assertThat(silent.outcome()).isEqualTo(new RunOutcome.Failed("java.io.IOException"));
        assertThat(telling.outcome()).isEqualTo(new RunOutcome.Failed("the disk is full"));
    }

    @Test
    void aRunWhoseTimeWasOverIsOkAndNotComplete() throws Exception {
        String answer =
                "{\"choices\":[{\"message\":{\"content\":\"hi\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}";
        try (ScriptedServer server = new ScriptedServer(
                (request, connection) -> connection.write(ScriptedServer.response(200, "application/json", answer)))) {
            RunResult result = Inferometer.run(options()
                    .baseUrl(server.url())
                    .streaming(false)
                    .calibrate(Plan.Calibrate.OFF)
                    .requests(1_000_000)
                    .runTime(Duration.ofSeconds(2))
                    .build());

            assertThat(result.outcome().text()).isEmpty();
            assertThat(result.outcome().ok()).isTrue();
            assertThat(result.complete()).isFalse();
        }
    }

    @Test
    void severalResultsAreNamedWhereOneIsAskedFor() throws Exception {
        RunResult result = Inferometer.run(options().concurrency(1, 2).build());

        assertThat(result.complete()).isTrue();
        assertThatThrownBy(result::trial)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the run has 2 results, not one: Greeting, closed loop, concurrency 1; Greeting, closed loop,"
                                + " concurrency 2");
    }

    private static Options.Builder options() {
        return Options.of("Greeting").noJournal().noClientWarmup();
    }

    private Options.Builder writing(String result) {
        return Options.of("Greeting").noClientWarmup().result(ResultFormat.JSON, dir.resolve(result));
    }

    private static RunResult result(Options.Builder options) {
        try {
            return Inferometer.run(options.build());
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void whatStandsInTheWayIsFoundWithoutARun() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) ->
                connection.write(ScriptedServer.response(401, "application/json", "{\"error\":\"Unauthorized\"}")))) {
            Findings findings = Inferometer.doctor(
                    Options.of().baseUrl(server.url()).model("m").build());

            assertThat(findings.ready()).isFalse();
            assertThat(findings.requests()).isEqualTo(1);
            assertThat(findings.all()).anyMatch(finding -> finding.subject() == Subject.DESCRIPTORS);
            assertThat(findings.inTheWay())
                    .contains(Finding.inTheWay(
                            Subject.ANSWER,
                            "401: Unauthorized",
                            "no key was sent: name the variable that holds it with --api-key-env"));
        }
    }

    @Test
    void whatTheCommandLineHasNoWordForIsNotPassedOver() {
        assertThatThrownBy(() -> Inferometer.doctor(Options.of().rate(5).build()))
                .isInstanceOf(UsageException.class)
                .hasMessage("doctor takes the options of an endpoint alone, and not --rate");
        assertThatThrownBy(() -> Inferometer.doctor(options().build())).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> Inferometer.doctor(Options.of("Greeting").build()))
                .isInstanceOf(UsageException.class)
                .hasMessage("doctor takes the options of an endpoint alone: no workload, no parameter, no journal");
    }
}
