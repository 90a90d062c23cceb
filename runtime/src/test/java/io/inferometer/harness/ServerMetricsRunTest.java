package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.server.Quantity;
import io.inferometer.report.Flag;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.journal.JournalTelling;
import io.inferometer.report.journal.Replay;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.stats.server.Growth;
import io.inferometer.stats.server.ReplicaCourse;
import io.inferometer.stats.server.ServerSummary;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose endpoint is asked for its metrics meanwhile. */
class ServerMetricsRunTest {
    @TempDir
    Path directory;

    private SimulatedEndpoint endpoint(String profile) throws Exception {
        return SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
    }

    private APlan plan(SimulatedEndpoint endpoint, Iterations measured, String... pages) {
        return APlan.of(
                directory.resolve("run.journal.jsonl"),
                new APlan.ATrial(new CountingBinding(), endpoint.url())
                        .load(new Load.Closed(4), Iterations.ofRequests(1, 7), measured)
                        .serverMetrics(List.of(pages)));
    }

    private static RunReport run(APlan plan) throws Exception {
        return new Harness(plan.plan(), name -> null, new Report() {}).run();
    }

    @Test
    void theSimulatedEndpointCountsWhatTheClientCounts() throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("metronome?ttft=20&itl=2")) {
            TrialReport trial = run(plan(endpoint, Iterations.ofRequests(3, 40), "auto"))
                    .trials()
                    .get(0);

            ServerSummary server = trial.server().orElseThrow();
            assertThat(trial.summary().outcomes().succeeded()).isEqualTo(120);
            assertThat(server.figures().growth(Quantity.OUTPUT_TOKENS))
                    .isEqualTo(new Growth(trial.summary().tokens().output(), 0));
            assertThat(server.figures().growth(Quantity.PROMPT_TOKENS))
                    .isEqualTo(new Growth(trial.summary().tokens().input(), 0));
            assertThat(server.figures().grown(Quantity.TTFT_COUNT)).isEqualTo(120);
            for (int i = 0; i < 3; i++) {
                assertThat(server.iterations().get(i).figures().growth(Quantity.OUTPUT_TOKENS))
                        .isEqualTo(new Growth(
                                trial.iterations().get(i).summary().tokens().output(), 0));
            }
            assertThat(server.replicas()).hasSize(1);
            assertThat(server.replicas().get(0).url()).isEqualTo(endpoint.url() + "/metrics");
            assertThat(server.replicas().get(0).engine()).isEqualTo("vLLM");
            assertThat(server.replicas().get(0).configuration()).containsKey("/v1/models");
            assertThat(server.misses()).isZero();
            assertThat(trial.flags()).extracting(Flag::name).noneMatch(name -> name.startsWith("server-"));
        }
    }

    @Test
    void itsPagesAreReadEachSecondAndAreTheSameWhenTheJournalIsReadAgain() throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("metronome?ttft=200&itl=2")) {
            long before = System.nanoTime();
            RunReport run = run(plan(endpoint, Iterations.ofTime(1, Duration.ofMillis(2_500)), "auto"));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before);

            ServerSummary server = run.trials().get(0).server().orElseThrow();
            assertThat(server.scrapes()).isBetween(4L, seconds + 3);
            assertThat(server.figures().peak(Quantity.RUNNING)).isEqualTo(4);
            assertThat(server.figures().peak(Quantity.QUEUED)).isZero();
            ServerSummary again = again().trials().get(0).server().orElseThrow();
            assertThat(again.figures()).isEqualTo(server.figures());
            assertThat(again.replicas().get(0).configuration())
                    .isEqualTo(server.replicas().get(0).configuration());
        }
    }

    private RunReport again() throws Exception {
        Path journal = directory.resolve("run.journal.jsonl");
        RunHeader header = RunHeader.ofMap(JournalReader.header(journal));
        Replay replay = new Replay(header, new RunReportBuilder(header, TokenCounting::of), new Report() {});
        JournalReader.read(
                journal,
                new JournalTelling(replay, (trial, fork) -> true, (trial, request, answer) -> Optional.empty()));
        return replay.end(RunEnd.COMPLETE);
    }

    @Test
    void aReplicaIsCountedBesideTheEndpointsOwn() throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("metronome?ttft=5&itl=1");
                SimulatedEndpoint idle = endpoint("metronome?ttft=5&itl=1")) {
            ServerSummary server = run(plan(endpoint, Iterations.ofRequests(1, 20), "auto", idle.url() + "/metrics"))
                    .trials()
                    .get(0)
                    .server()
                    .orElseThrow();

            assertThat(server.replicas())
                    .extracting(replica -> replica.figures().grown(Quantity.TTFT_COUNT))
                    .containsExactly(20.0, 0.0);
            assertThat(server.figures().grown(Quantity.TTFT_COUNT)).isEqualTo(20);
        }
    }

    @Test
    void aForksServerIsReadWhenItBeginsAndWhenItHasEnded() throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("metronome?ttft=5&itl=1")) {
            Plan plan = plan(endpoint, Iterations.ofRequests(1, 20), "auto")
                    .forks(1)
                    .plan();
            ReplicaCourse read = new Harness(plan, name -> null, new Report() {}, ForkInThisJvm.of(plan))
                    .run()
                    .trials()
                    .get(0)
                    .server()
                    .orElseThrow()
                    .replicas()
                    .get(0)
                    .course();

            assertThat(read.size()).isGreaterThanOrEqualTo(2);
            assertThat(read.value(read.size() - 1, Quantity.TTFT_COUNT)).isEqualTo(7 + 20);
        }
    }

    @Test
    void whatMayBeAKeyInTheUrlOfAPageIsToldNowhere() throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("metronome?ttft=5&itl=1");
                ScriptedServer none =
                        new ScriptedServer((request, connection) -> connection.write(ScriptedServer.response(
                                request.line().startsWith("GET /metrics?token=hunter2 ") ? 404 : 500,
                                "text/plain",
                                "")))) {
            run(plan(endpoint, Iterations.ofRequests(1, 3), endpoint.url() + "/metrics?token=hunter2"));

            assertThat(Files.readString(directory.resolve("run.journal.jsonl")))
                    .contains("\"serverMetrics\":[\"" + endpoint.url() + "/metrics?token=...\"]")
                    .doesNotContain("hunter2");
            Files.delete(directory.resolve("run.journal.jsonl"));
            assertThatThrownBy(() ->
                            run(plan(endpoint, Iterations.ofRequests(1, 1), none.url() + "/metrics?token=hunter2")))
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "--server-metrics " + none.url() + "/metrics?token=... is no page of metrics: HTTP 404");
        }
    }

    @Test
    void aPageThatIsNamedAndIsNoneEndsTheRunBeforeAnythingIsSent() throws Exception {
        try (SimulatedEndpoint endpoint = endpoint("metronome");
                ScriptedServer other = new ScriptedServer((request, connection) ->
                        connection.write(ScriptedServer.response(200, "text/html", "<html>\n")))) {
            APlan plan = plan(endpoint, Iterations.ofRequests(1, 1), other.url() + "/metrics");

            assertThatThrownBy(() -> run(plan))
                    .isInstanceOf(UsageException.class)
                    .hasMessage("--server-metrics " + other.url() + "/metrics is no page of metrics: what came is no"
                            + " page of metrics: line 1 is no metric: <html>");
            assertThat(Files.exists(directory.resolve("run.journal.jsonl"))).isFalse();
        }
    }

    @Test
    void anEndpointWithoutAPageIsMeasuredAllTheSame() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(
                request.line().startsWith("GET")
                        ? ScriptedServer.response(404, "text/plain", "")
                        : ScriptedServer.streamHead()
                                + ScriptedServer.chunk(ScriptedServer.content("a") + ScriptedServer.DONE)
                                + ScriptedServer.lastChunk()))) {
            APlan plan = APlan.of(
                    directory.resolve("run.journal.jsonl"),
                    new APlan.ATrial(new CountingBinding(), server.url()).serverMetrics(List.of("auto")));

            RunReport report = run(plan);

            assertThat(report.trials().get(0).server()).isEmpty();
            assertThat(report.notes())
                    .containsExactly("--server-metrics auto: the endpoint has no page of metrics, " + server.url()
                            + "/metrics: HTTP 404: it is left out");
        }
    }
}
