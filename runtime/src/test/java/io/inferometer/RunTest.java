package io.inferometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.harness.RunOutcome;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Flag;
import io.inferometer.report.Report;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that is on can be told and asked, and variables of its own. */
class RunTest {
    private static final String KEY = "sk-n0-b0dy-5ees-th15";

    @TempDir
    Path dir;

    @Test
    void aRunThatIsStoppedKeepsWhatWasMeasured() throws Exception {
        CountDownLatch measured = new CountDownLatch(20);
        Run run = Inferometer.start(
                options()
                        .requests(1_000_000)
                        .result(ResultFormat.JSON, dir.resolve("run.json"))
                        .build(),
                new Report() {
                    @Override
                    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                        measured.countDown();
                    }
                });

        measured.await();
        run.stop();
        RunResult result = run.result();

        assertThat(result.outcome()).isEqualTo(new RunOutcome.Interrupted());
        assertThat(result.complete()).isFalse();
        assertThat(result.trial().summary().outcomes().succeeded()).isBetween(20L, 999_999L);
        assertThat(result.files())
                .contains(dir.resolve("run.json"))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        run.stop();
        assertThat(run.result()).isSameAs(result);
    }

    @Test
    void whatIsInFlightHasTheGraceOfTheOptionsToEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        try (ScriptedServer server = new ScriptedServer((request, connection) -> asked.countDown())) {
            Run run = Inferometer.start(options()
                    .baseUrl(server.url())
                    .noPreflight()
                    .grace(Duration.ZERO)
                    .build());

            asked.await();
            run.stop();

            assertThat(run.result().outcome()).isEqualTo(new RunOutcome.Interrupted());
        }
    }

    @Test
    void aReportMayStopItsRun() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Run[] run = new Run[1];
        run[0] = Inferometer.start(options().requests(1_000_000).build(), new Report() {
            @Override
            public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) {
                try {
                    started.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                run[0].stop();
            }
        });
        started.countDown();

        assertThat(run[0].result().outcome()).isEqualTo(new RunOutcome.Interrupted());
    }

    @Test
    void aRunThatIsLeftAloneHasTheResultOfOneThatWasWaitedFor() throws Exception {
        RunResult result = Inferometer.start(options().build()).result();

        assertThat(result.outcome()).isEqualTo(new RunOutcome.Ok());
        assertThat(result.complete()).isTrue();
        assertThat(result.trial().summary().outcomes().succeeded()).isEqualTo(10);
    }

    @Test
    void whatCantBeDoneIsNotStartedAndWhatAReportThrowsComesOutOfTheResult() throws Exception {
        AssertionError error = new AssertionError("too slow");
        Path journal = Files.writeString(dir.resolve("journal.jsonl"), "another run's");

        assertThatThrownBy(() ->
                        Inferometer.start(options().baseUrl("sim:metronom").build()))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("sim:metronom: ");
        assertThatThrownBy(() -> Inferometer.start(
                                Options.of("Greeting").journal(journal).build())
                        .result())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(journal.toString());
        Run run = Inferometer.start(options().build(), new Report() {
            @Override
            public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                throw error;
            }
        });
        assertThatThrownBy(run::result).isSameAs(error);
    }

    @Test
    void aKeyOfTheOptionsReachesTheEndpointAndNothingElse() throws Exception {
        try (ScriptedServer server = echo()) {
            Options options = written(server).build();

            RunResult result = Inferometer.run(options);

            assertThat(server.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.headers()).containsValue("Bearer " + KEY));
            assertThat(result.trial().failures()).hasSize(1);
            assertNothingSaysTheKey(options, result);
        }
    }

    @Test
    void aForkHasTheVariablesOfTheOptionsToo() throws Exception {
        try (ScriptedServer server = echo()) {
            Options options = written(server).forks(1).build();

            RunResult result = Inferometer.run(options);

            assertThat(server.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.headers()).containsValue("Bearer " + KEY));
            assertThat(result.trial().header().forks().count()).isEqualTo(1);
            assertNothingSaysTheKey(options, result);
        }
    }

    @Test
    void aBrokenProviderIsAWarning() throws Exception {
        Path index = dir.resolve("META-INF/services/io.inferometer.workload.binding.WorkloadBinding");
        Files.createDirectories(index.getParent());
        Files.writeString(index, "demo.Gone_Workload\n");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);

            assertThat(Inferometer.run(options().build()).warnings())
                    .startsWith(new Flag("broken-provider", "demo.Gone_Workload is left out: there is no such class"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Fails each request, and repeats what it was authorised by. */
    private static ScriptedServer echo() throws Exception {
        return new ScriptedServer((request, connection) -> connection.write(ScriptedServer.response(
                500, "application/json", "{\"error\":{\"message\":\"no use for " + request.headers() + "\"}}")));
    }

    private Options.Builder written(ScriptedServer server) {
        return Options.of("Greeting")
                .noClientWarmup()
                .noPreflight()
                .baseUrl(server.url())
                .apiKeyEnv("GREETING_KEY")
                .env("GREETING_KEY", KEY)
                .verbosity(Plan.Verbosity.EXTRA)
                .output(dir.resolve("run.txt"))
                .result(ResultFormat.JSON, dir.resolve("run.json"))
                .result(ResultFormat.CSV, dir.resolve("run.csv"))
                .calibrate(Plan.Calibrate.OFF);
    }

    private void assertNothingSaysTheKey(Options options, RunResult result) throws Exception {
        assertThat(options.toString()).contains("[GREETING_KEY]").doesNotContain(KEY);
        assertThat(result.toString()).contains("no use for").doesNotContain(KEY);
        try (Stream<Path> files = Files.list(dir)) {
            List<Path> all = files.toList();
            assertThat(all)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(file).content().isNotEmpty().doesNotContain(KEY));
        }
    }

    private static Options.Builder options() {
        return Options.of("Greeting").noJournal().noClientWarmup();
    }
}
