package io.inferometer.harness.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.GreetingBinding;
import io.inferometer.Inferometer;
import io.inferometer.JobResult;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.record.batch.JobState;
import io.inferometer.record.batch.JobTokens;
import io.inferometer.report.JobListener;
import io.inferometer.report.JobReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.journal.JobJournal;
import io.inferometer.service.Providers;
import io.inferometer.stats.batch.JobFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("JOB_KEY", "sk-very-secret-key");

    @TempDir
    Path dir;

    private BatchEndpoint endpoint;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        endpoint = new BatchEndpoint();
    }

    @AfterEach
    void stop() throws IOException {
        endpoint.close();
    }

    private JobOptions options(UnaryOperator<Options.Builder> more) {
        Options.Builder options = Options.of("Greeting")
                .baseUrl(endpoint.url())
                .apiKeyEnv("JOB_KEY")
                .requests(20);
        return JobOptions.of(more.apply(options).build()).poll(Duration.ofMillis(20));
    }

    private JobOptions options() {
        return options(it -> it.journal(journal()));
    }

    private JobOptions resuming() {
        return options(it -> it.resume(journal()));
    }

    private Path journal() {
        return dir.resolve("job.journal.jsonl");
    }

    private static JobPlan plan(JobOptions options) {
        return new JobPlanner(Providers.of(List.of(new GreetingBinding())), ENVIRONMENT::get, Clock.systemDefaultZone())
                .plan(options);
    }

    private JobRun job(JobOptions options) {
        JobListener listener = new JobListener() {
            @Override
            public void told(String line) {
                told.add(line);
            }
        };
        return new JobRun(plan(options), ENVIRONMENT::get, listener, new Report() {});
    }

    private JobReport run(JobOptions options) throws Exception {
        return job(options).run();
    }

    private static JobOutcome outcome(JobReport report) {
        return JobOutcome.of(report, 0);
    }

    @Test
    void makesAJobOfAWorkloadsRequestsAndTellsWhatCameOfIt() throws Exception {
        JobReport report = run(options());

        JobFigures figures = report.figures();
        assertThat(report.end()).isEqualTo(RunEnd.COMPLETE);
        assertThat(outcome(report)).isEqualTo(new JobOutcome(ExitCode.OK, ""));
        assertThat(figures.id()).isEqualTo("batch_1");
        assertThat(figures.status()).isEqualTo("completed");
        assertThat(figures.times().queueSeconds()).hasValue(2);
        assertThat(figures.times().runSeconds()).hasValue(10);
        assertThat(figures.times().finalisingSeconds()).hasValue(1);
        assertThat(figures.times().makespanSeconds()).hasValue(13);
        assertThat(figures.times().boundSeconds()).isEqualTo(1);
        assertThat(figures.requests())
                .isEqualTo(new JobFigures.Requests(20, 20, 0, 0, 0, 0, new JobState.Counts(20, 20, 0)));
        assertThat(figures.tokens()).isEqualTo(new JobTokens(200, 60, 80));
        assertThat(figures.outputRate()).contains(new JobFigures.Rate(80 / 13.0, 80 / 14.0, 80 / 12.0));
        assertThat(figures.tails()).containsOnlyKeys(5);
        assertThat(figures.control().looks()).isEqualTo(8);
        assertThat(figures.control().retries()).isZero();
    }

    @Test
    void sendsWhatTheBatchApiWants() throws Exception {
        run(options().completionWindow("7d"));

        ScriptedServer.Request upload = endpoint.requests("POST /v1/files").get(0);
        assertThat(upload.headers())
                .containsEntry("Authorization", "Bearer sk-very-secret-key")
                .hasEntrySatisfying(
                        "Content-Type",
                        type -> assertThat(type).startsWith("multipart/form-data; boundary=inferometer-"));
        assertThat(upload.body())
                .contains("Content-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n")
                .contains("Content-Disposition: form-data; name=\"file\"; filename=\"Greeting.jsonl\"\r\n"
                        + "Content-Type: application/jsonl\r\n\r\n"
                        + "{\"custom_id\":\"request-0\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                        + "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello 0\"}],")
                .doesNotContain("\"stream\"");
        JsonNode created = BatchEndpoint.JSON.readTree(
                endpoint.requests("POST /v1/batches").get(0).body());
        assertThat(created.path("input_file_id").asText()).isEqualTo("file-1");
        assertThat(created.path("endpoint").asText()).isEqualTo("/v1/chat/completions");
        assertThat(created.path("completion_window").asText()).isEqualTo("7d");
        assertThat(created.at("/metadata/inferometer_job").asText()).startsWith("inferometer-");
        assertThat(Files.readString(dir.resolve("job.requests.jsonl")).lines()).hasSize(20);
        assertThat(Files.readString(dir.resolve("job.output.jsonl")).lines()).hasSize(20);
        assertThat(dir.resolve("job.errors.jsonl")).doesNotExist();
    }

    @Test
    void isRunFromJavaAsFromTheCommandLine() throws Exception {
        JobResult result = Inferometer.batchJob(options(
                it -> it.journal(journal()).env("JOB_KEY", "sk-of-the-program").output(dir.resolve("out.txt"))));

        assertThat(result.outcome().ok()).isTrue();
        assertThat(result.report().orElseThrow().figures().requests().completed())
                .isEqualTo(20);
        assertThat(Files.readString(dir.resolve("out.txt"))).contains("\nJob batch_1: completed\n");
        assertThat(endpoint.requests("POST /v1/files").get(0).headers())
                .containsEntry("Authorization", "Bearer sk-of-the-program");
    }

    @Test
    void takesAFileOfTheUsersAsItIs() throws Exception {
        Path file = dir.resolve("mine.jsonl");
        Files.writeString(
                file,
                "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":{\"model\":\"x\"}}\n"
                        + "{\"custom_id\":\"b\",\"method\":\"POST\",\"url\":\"/v1/responses\",\"body\":{\"model\":\"x\"}}");

        JobReport report = run(new JobOptions(
                Options.of()
                        .baseUrl(endpoint.url() + "/v1")
                        .journal(dir.resolve("job.journal.jsonl"))
                        .build(),
                Optional.of(file),
                "24h",
                Duration.ofMillis(10),
                "",
                false));

        assertThat(outcome(report).ok()).isTrue();
        assertThat(report.header().trials().get(0).model()).isEqualTo("x");
        assertThat(endpoint.batches().get("batch_1").path("endpoint").asText()).isEqualTo("/v1/responses");
        assertThat(dir.resolve("job.requests.jsonl")).doesNotExist();
    }

    @Test
    void tellsInTheEndpointsWordsThatAJobFailed() throws Exception {
        endpoint.said = batch -> {
            ObjectNode failed = batch.put("status", "failed").put("failed_at", 1_800_000_001);
            failed.putObject("errors")
                    .putArray("data")
                    .addObject()
                    .put("code", "model_not_found")
                    .put("message", "The model m is not known to sk-very-secret-key")
                    .put("line", 3);
            failed.remove("output_file_id");
            failed.putObject("request_counts")
                    .put("total", 0)
                    .put("completed", 0)
                    .put("failed", 0);
            return failed;
        };

        JobReport report = run(options());

        assertThat(outcome(report))
                .isEqualTo(new JobOutcome(
                        ExitCode.TOO_MANY_FAILURES,
                        "the job batch_1 ended as failed: line 3: The model m is not known to ***; 0 of 20 requests were"
                                + " answered"));
        assertThat(report.figures().times().queueSeconds()).isEmpty();
        assertThat(report.figures().outputRate()).isEmpty();
        assertThat(Files.readString(dir.resolve("job.journal.jsonl"))).doesNotContain("sk-very");
    }

    @Test
    void tellsWhatAnExpiredJobDidFinish() throws Exception {
        AtomicInteger lines = new AtomicInteger();
        endpoint.line = line -> lines.incrementAndGet() <= 15 ? line : null;
        endpoint.file(
                "late",
                "{\"custom_id\":\"request-15\",\"response\":null,\"error\":{\"code\":\"batch_expired\",\"message\":\"too late\"}}\n"
                        + "{\"custom_id\":\"request-16\",\"response\":null,\"error\":{\"code\":\"batch_expired\",\"message\":\"too late\"}}\n");
        endpoint.said = batch -> batch.path("status").asText().equals("completed")
                ? batch.put("status", "expired")
                        .put("expired_at", 1_800_086_400)
                        .put("error_file_id", "late")
                : batch;

        JobReport report = run(options());

        JobFigures figures = report.figures();
        assertThat(outcome(report).code()).isEqualTo(ExitCode.TOO_MANY_FAILURES);
        assertThat(outcome(report).text())
                .isEqualTo("the job batch_1 ended as expired; 15 of 20 requests were answered");
        assertThat(figures.times().makespanSeconds()).hasValue(86_400);
        assertThat(figures.requests().completed()).isEqualTo(15);
        assertThat(figures.requests().failed()).isEqualTo(5);
        assertThat(figures.requests().silent()).isEqualTo(3);
        assertThat(figures.failures().get(0).code()).isEqualTo("batch_expired");
        assertThat(figures.failures().get(0).requests()).isEqualTo(2);
        assertThat(report.files()).containsExactly(dir.resolve("job.output.jsonl"), dir.resolve("job.errors.jsonl"));
    }

    @Test
    void countsWhatIsNoAnswerAsFailedWhateverTheEndpointCounts() throws Exception {
        AtomicInteger lines = new AtomicInteger();
        endpoint.line = line -> {
            ObjectNode response = (ObjectNode) line.path("response");
            switch (lines.incrementAndGet()) {
                case 1 -> response.put("status_code", 500);
                case 2 -> response.putObject("body").putObject("error").put("message", "no room");
                case 3 -> response.putNull("body");
                case 4 -> line.putNull("response");
                case 5 -> line.put("custom_id", "request-0");
                case 6 -> line.put("custom_id", "nobody's");
                default -> {}
            }
            return line;
        };

        JobReport report = run(options());

        JobFigures.Requests requests = report.figures().requests();
        assertThat(requests.completed()).isEqualTo(14);
        assertThat(requests.failed()).isEqualTo(6);
        assertThat(requests.odd()).isEqualTo(2);
        assertThat(requests.silent()).isEqualTo(2);
        assertThat(requests.disagree()).isTrue();
        assertThat(report.figures().failures())
                .extracting(failure -> failure.code() + "/" + failure.message())
                .containsExactly(
                        "200 without an answer/no room",
                        "500/{\"choices\":[{\"message\":{\"content\":\"yes\"}}],\"usage\":{\"prompt_tokens\":10,"
                                + "\"completion_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":3}}}",
                        "no answer/");
        assertThat(outcome(report).text()).startsWith("6 of 20 requests of the job batch_1 failed");
        assertThat(JobOutcome.of(report, 0.3).ok()).isTrue();
    }

    @Test
    void asksAgainWhereThatMayHelpAndCountsIt() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        endpoint.oddity = (line, connection) -> {
            switch (calls.incrementAndGet()) {
                case 1 -> connection.write(ScriptedServer.response(500, "text/plain", "down"));
                case 5, 6 ->
                    connection.write(ScriptedServer.response(
                            429, "application/json", "{\"error\":{\"message\":\"slow down\"}}"));
                case 2 -> connection.reset();
                default -> {
                    return false;
                }
            }
            return true;
        };

        JobReport report = run(options());

        assertThat(outcome(report).ok()).isTrue();
        assertThat(report.figures().control().retries()).isEqualTo(4);
        assertThat(told)
                .hasSize(4)
                .contains(
                        "sending the file failed: /v1/files answered 500: down; again in 0.020 s",
                        "looking at the job failed: /v1/batches/batch_1 answered 429: slow down; again in 0.020 s");
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        endpoint.oddity = (line, connection) -> {
            if (calls.incrementAndGet() != 3) {
                return false;
            }
            connection.write("HTTP/1.1 503 X\r\nRetry-After: 0.3\r\nContent-Length: 0\r\n\r\n");
            return true;
        };

        run(options());

        assertThat(told).singleElement().asString().endsWith("again in 0.300 s");
    }

    @Test
    void goesOnWithAJobWhoseCreationWasNotHeardOf() throws Exception {
        AtomicInteger creations = new AtomicInteger();
        endpoint.oddity = (line, connection) -> {
            if (line.startsWith("POST /v1/batches ") && creations.incrementAndGet() == 1) {
                endpoint.createUnheard(BatchEndpoint.JSON.readTree(
                        endpoint.requests("POST /v1/batches ").get(0).body()));
                connection.reset();
                return true;
            }
            return false;
        };

        JobReport report = run(options());

        assertThat(outcome(report).ok()).isTrue();
        assertThat(endpoint.batches()).hasSize(1);
        assertThat(told).contains("the endpoint has the job already, as batch_1");
    }

    @Test
    void isTheSameJobWhereverItsProcessWasKilled() throws Exception {
        JobReport whole = run(options());
        List<String> lines = Files.readAllLines(journal());
        int creating = 1
                + lines.indexOf(lines.stream()
                        .filter(line -> line.contains("\"creating\""))
                        .findFirst()
                        .orElseThrow());

        for (int kept = creating; kept < lines.size(); kept++) {
            Files.write(journal(), lines.subList(0, kept));
            JobReport again = run(resuming());

            assertThat(endpoint.batches()).as("kept " + kept).hasSize(1);
            assertThat(again.figures().id()).isEqualTo("batch_1");
            assertThat(again.figures().times()).isEqualTo(whole.figures().times());
            assertThat(again.figures().requests()).isEqualTo(whole.figures().requests());
            assertThat(again.figures().tokens()).isEqualTo(whole.figures().tokens());
            assertThat(again.figures().outputRate()).isEqualTo(whole.figures().outputRate());
            assertThat(outcome(again).ok()).isTrue();
        }
    }

    @Test
    void isNotMadeTwiceWhereTheEndpointDoesNotTellWhichJobsItHas() throws Exception {
        run(options());
        List<String> lines = Files.readAllLines(journal());
        Files.write(journal(), lines.subList(0, 4));
        assertThat(lines.get(3)).contains("creating");
        endpoint.oddity = (line, connection) -> {
            if (line.startsWith("GET /v1/batches?")) {
                connection.write(
                        ScriptedServer.response(404, "application/json", "{\"error\":{\"message\":\"no list\"}}"));
                return true;
            }
            return false;
        };

        JobReport report = run(resuming());

        assertThat(outcome(report).code()).isEqualTo(ExitCode.TOO_MANY_FAILURES);
        assertThat(outcome(report).text())
                .startsWith("it can't be told whether the job was created, and it is not created twice: look at the"
                        + " endpoint for a batch whose metadata has inferometer_job inferometer-")
                .endsWith("(/v1/batches answered 404: no list)");
        assertThat(endpoint.batches()).hasSize(1);
    }

    @Test
    void goesOnAtItsEndpointWhereTheWatchOverItIsInterrupted() throws Exception {
        endpoint.furthest = 2;

        JobReport left = interrupted(options());

        assertThat(left.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(outcome(left)).isEqualTo(new JobOutcome(ExitCode.INTERRUPTED, ""));
        assertThat(endpoint.cancelled()).isEmpty();
        assertThat(words)
                .isEqualTo("the job batch_1 goes on at the endpoint; --resume " + journal() + " goes on with it");
        endpoint.furthest = Integer.MAX_VALUE;
        JobReport whole = run(resuming());
        assertThat(outcome(whole).ok()).isTrue();
        assertThat(whole.figures().times().makespanSeconds()).hasValue(13);
        assertThat(endpoint.batches()).hasSize(1);
    }

    @Test
    void isCancelledWhereThatIsAskedFor() throws Exception {
        endpoint.furthest = 2;

        JobReport left = interrupted(options().cancelledOnInterrupt());

        assertThat(endpoint.cancelled()).containsExactly("batch_1");
        assertThat(left.figures().status()).isEqualTo("cancelling");
        assertThat(words).isEqualTo("the job batch_1 is being cancelled");
        assertThat(told).contains("the job batch_1 is cancelling as asked");
    }

    private String words;

    /** Interrupts a job when it is first seen running. */
    private JobReport interrupted(JobOptions options) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        JobListener listener = new JobListener() {
            @Override
            public void told(String line) {
                told.add(line);
            }

            @Override
            public void looked(JobState state, Duration elapsed) {
                if (state.running()) {
                    running.countDown();
                }
            }
        };
        JobRun run = new JobRun(plan(options), ENVIRONMENT::get, listener, new Report() {});
        Thread interrupter = new Thread(() -> {
            try {
                running.await();
                words = run.lastWords().orElseThrow();
                run.interrupt(Duration.ZERO, Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                // Told by what the job came to.
            }
        });
        interrupter.start();
        JobReport report = run.run();
        interrupter.join();
        return report;
    }

    @Test
    void runsAWorkloadBeforeDuringAndAfterIt() throws Exception {
        endpoint.said = batch -> {
            besideAt.add(batch.path("status").asText());
            return batch;
        };
        JobOptions options = JobOptions.of(Options.of("Greeting")
                        .baseUrl(endpoint.url())
                        .requests(20)
                        .concurrency(1)
                        .requestsPerSlot(5)
                        .noClientWarmup()
                        .noPreflight()
                        .journal(journal())
                        .result(ResultFormat.JSON, dir.resolve("job.json"))
                        .build())
                .poll(Duration.ofMillis(20))
                .beside("Greeting");

        JobReport report = run(options);

        assertThat(outcome(report).ok()).isTrue();
        assertThat(report.beside().orElseThrow().trials())
                .extracting(
                        trial -> trial.header().params(),
                        trial -> trial.summary().outcomes().succeeded())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Map.of("job", "before"), 5L),
                        org.assertj.core.groups.Tuple.tuple(Map.of("job", "during"), 5L),
                        org.assertj.core.groups.Tuple.tuple(Map.of("job", "after"), 5L));
        assertThat(report.figures().coverage()).containsOnlyKeys("before", "during", "after");
        assertThat(report.figures().coverage()).contains(entry("before", 0.0), entry("after", 0.0));
        JsonNode result = BatchEndpoint.JSON.readTree(dir.resolve("job.json").toFile());
        assertThat(result.path("trials")).hasSize(3);
        assertThat(result.at("/batchJob/makespanSeconds").asDouble()).isEqualTo(13);
        assertThat(dir.resolve("job.beside.journal.jsonl")).exists();
    }

    private final List<String> besideAt = new ArrayList<>();

    @Test
    void aJobThatWasTooShortForTheLoadBesideItIsAJobThatEndedWell() throws Exception {
        endpoint.said =
                batch -> batch.path("status").asText().equals("completed") ? batch : batch.put("status", "validating");
        JobOptions options = JobOptions.of(Options.of("Greeting")
                        .baseUrl(endpoint.url())
                        .requests(20)
                        .concurrency(1)
                        .requestsPerSlot(2)
                        .noClientWarmup()
                        .noPreflight()
                        .journal(journal())
                        .build())
                .poll(Duration.ofMillis(20))
                .beside("Greeting");

        assertThat(outcome(run(options)))
                .isEqualTo(new JobOutcome(
                        ExitCode.OK, "the job was over before the load beside it could begin, or go on"));
    }

    @Test
    void doesNotRunTheLoadDuringAJobThatIsOver() throws Exception {
        endpoint.said = batch -> batch.put("status", "failed");
        JobOptions options = JobOptions.of(Options.of("Greeting")
                        .baseUrl(endpoint.url())
                        .requests(20)
                        .concurrency(1)
                        .requestsPerSlot(2)
                        .noClientWarmup()
                        .noPreflight()
                        .journal(journal())
                        .build())
                .poll(Duration.ofMillis(20))
                .beside("Greeting");

        JobReport report = run(options);

        assertThat(report.beside().orElseThrow().trials())
                .extracting(trial -> trial.header().params().get("job"))
                .containsExactly("before", "after");
        assertThat(report.beside().orElseThrow().end().text())
                .isEqualTo("the job was over before the load beside it could begin, or go on");
        assertThat(outcome(report).text()).startsWith("the job batch_1 ended as failed");
    }

    @Test
    void tellsAnEndpointThatTellsNothing() throws Exception {
        endpoint.said = batch -> {
            List.of("created_at", "in_progress_at", "finalizing_at", "completed_at", "request_counts")
                    .forEach(batch::remove);
            return batch;
        };
        endpoint.line = line -> {
            ((ObjectNode) line.at("/response/body")).remove("usage");
            return line;
        };

        JobFigures figures = run(options()).figures();

        assertThat(figures.times().makespanSeconds()).isEmpty();
        assertThat(figures.tokens()).isEqualTo(JobTokens.NONE);
        assertThat(figures.outputRate()).isEmpty();
        assertThat(figures.tails()).isEmpty();
        assertThat(figures.requests().completed()).isEqualTo(20);
        assertThat(figures.requests().withoutUsage()).isEqualTo(20);
        assertThat(figures.requests().disagree()).isFalse();
    }

    @Test
    void tellsAnEndpointThatHasNoBatchApiAndLeavesNothing() throws Exception {
        endpoint.oddity = (line, connection) -> {
            connection.write(
                    ScriptedServer.response(404, "application/json", "{\"error\":{\"message\":\"no such path\"}}"));
            return true;
        };

        JobReport report = run(options());

        assertThat(outcome(report))
                .isEqualTo(new JobOutcome(ExitCode.TOO_MANY_FAILURES, "/v1/files answered 404: no such path"));
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void refusesToReplaceWhatThereIs() throws Exception {
        Files.writeString(dir.resolve("job.output.jsonl"), "mine");

        assertThatThrownBy(() -> run(options()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        dir.resolve("job.output.jsonl") + " exists; --force replaces it, --journal FILE names others");
        assertThat(Files.readString(dir.resolve("job.output.jsonl"))).isEqualTo("mine");
    }

    @Test
    void refusesToGoOnWithAnotherJobOrOneThatHasEnded() throws Exception {
        run(options());

        assertThatThrownBy(() -> run(resuming()))
                .hasMessage(journal() + " is of a job that has ended: there is nothing to resume");
        List<String> lines = Files.readAllLines(journal());
        Files.write(journal(), lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> run(resuming().completionWindow("1h")))
                .hasMessage(journal() + " is of another job: completionWindow is 24h and 1h; resume it with the options"
                        + " and variables that it was begun with");
        Files.writeString(
                dir.resolve("job.requests.jsonl"),
                Files.readString(dir.resolve("job.requests.jsonl")).replaceFirst("Hello 0", "Hello zero"));
        assertThatThrownBy(() -> run(resuming()))
                .hasMessage(dir.resolve("job.requests.jsonl") + " has changed since the job was made of it");
    }

    @Test
    void isToldAgainByItsJournal() throws Exception {
        JobReport report = run(options());

        JobReport again = JobJournal.read(journal()).report();

        assertThat(again.figures()).isEqualTo(report.figures());
        assertThat(again.end()).isEqualTo(report.end());
        assertThat(again.header()).isEqualTo(report.header());
    }

    @Test
    void aWorkloadThatFailsLeavesNothing() {
        JobOptions options = options();
        JobPlanner planner = new JobPlanner(
                Providers.of(List.of(new FailingBinding())), ENVIRONMENT::get, Clock.systemDefaultZone());

        assertThatThrownBy(
                        () -> new JobRun(planner.plan(options), ENVIRONMENT::get, new JobListener() {}, new Report() {})
                                .run())
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining(
                        "Greeting: no request could be made: IllegalStateException in FailingBinding.request: no more words");
        assertThat(dir).isEmptyDirectory();
        assertThat(endpoint.requests("POST")).isEmpty();
    }
}
