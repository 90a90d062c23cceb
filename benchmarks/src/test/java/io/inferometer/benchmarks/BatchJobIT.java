package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job of the Batch API by the built jar, at the simulated endpoint in a process of its own. */
class BatchJobIT {
    private static final List<String> TOTALS =
            List.of("status", "total", "completed", "failed", "inputTokens", "outputTokens", "failures");

    @TempDir
    Path dir;

    private Jar jar;
    private Jar.Served served;

    @BeforeEach
    void serve() throws IOException {
        jar = new Jar(dir);
        served = jar.new Served("metronome?ttft=40&itl=5&batch_running=10&batch_queue=1000&batch_finalize=500");
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    private String[] job(String... more) {
        return Stream.concat(
                        Stream.of(
                                "batch-job",
                                "Sample01",
                                "--base-url",
                                served.url(),
                                "--model",
                                "m",
                                "--requests",
                                "500",
                                "--poll",
                                "200ms"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static String[] beside(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--beside",
                                "Sample01",
                                "--requests-per-slot",
                                "5",
                                "-i",
                                "1",
                                "-wi",
                                "0",
                                "--no-client-warmup",
                                "--calibrate",
                                "off"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private JsonNode result(String file) throws IOException {
        return new ObjectMapper().readTree(dir.resolve(file).toFile());
    }

    @Test
    void ofWhichItsProcessWasKilledComesToTheSame() throws Exception {
        Jar.Result whole = jar.run(job(beside("-rff", "whole.json")));
        Path journal = dir.resolve("killed.json.journal.jsonl");
        Process killed = jar.start(job(beside("-rff", "killed.json")));
        awaitLine(journal, "\"status\":\"in_progress\"");
        killed.destroyForcibly().waitFor();
        Jar.Result again = jar.run(job(beside("-rff", "killed.json", "--resume", journal.toString())));

        assertThat(whole.err()).isEmpty();
        assertThat(whole.status()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(again.status()).isZero();
        JsonNode one = result("whole.json");
        JsonNode other = result("killed.json");
        for (String name : TOTALS) {
            assertThat(other.path("batchJob").path(name))
                    .as(name)
                    .isEqualTo(one.path("batchJob").path(name));
        }
        assertThat(other.path("complete").asBoolean()).isTrue();
        assertThat(one.at("/batchJob/completed").asInt()).isEqualTo(500);
        assertThat(one.path("trials").findValuesAsText("job")).containsExactly("before", "during", "after");
        assertThat(other.path("trials").findValuesAsText("job")).containsExactly("before", "during", "after");
        assertThat(jobs()).as("created once each").hasSize(2);
    }

    /** The names of all jobs that were ever asked for. */
    private List<String> jobs() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.toString().endsWith(".journal.jsonl"))
                    .flatMap(BatchJobIT::lines)
                    .filter(line -> line.contains("\"what\":\"creating\""))
                    .distinct()
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void goesOnAtItsEndpointAfterCtrlCAndIsToldHow() throws Exception {
        Path journal = dir.resolve("r.journal.jsonl");
        Process process = jar.start(job("--journal", "r.journal.jsonl"));
        awaitLine(journal, "\"status\":\"in_progress\"");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        int status = process.waitFor();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        Jar.Result again = jar.run(job("--resume", "r.journal.jsonl"));

        assertThat(status).isEqualTo(130);
        assertThat(err)
                .matches(
                        "inferometer: interrupted; the job batch_\\w+ goes on at the endpoint; --resume r.journal.jsonl goes on with it\n");
        assertThat(again.status()).isZero();
        assertThat(again.out()).contains("  requests    500, 500 answered\n");
        assertThat(jar.run("report", "r.journal.jsonl").out()).contains("  requests    500, 500 answered\n");
    }

    @Test
    void isCancelledWhereThatIsAskedFor() throws Exception {
        Process process = jar.start(job("--journal", "r.journal.jsonl", "--cancel-on-interrupt"));
        awaitLine(dir.resolve("r.journal.jsonl"), "\"status\":\"in_progress\"");
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        int status = process.waitFor();
        Jar.Result again = jar.run(job("--resume", "r.journal.jsonl"));

        assertThat(status).isEqualTo(130);
        assertThat(again.status()).isEqualTo(3);
        assertThat(again.err())
                .matches("inferometer: the job batch_\\w+ ended as cancelled; \\d+ of 500 requests were answered\n");
    }

    @Test
    void tellsWhichOfItsRequestsFailedAndNoKey() throws Exception {
        try (Jar.Served failing =
                jar.new Served("metronome?ttft=5&itl=1&batch_fail=0.1", "--api-key-env", "SERVED_KEY")) {
            Jar.Result run = jar.run(
                    Map.of("KEY", "right-key"),
                    "batch-job",
                    "Sample01",
                    "--base-url",
                    failing.url(),
                    "--model",
                    "m",
                    "--requests",
                    "100",
                    "--poll",
                    "100ms",
                    "--api-key-env",
                    "KEY",
                    "-rff",
                    "f.json");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err())
                    .matches("inferometer: \\d+ of 100 requests of the job batch_\\w+ failed, most frequently .*\n");
            JsonNode job = result("f.json").path("batchJob");
            assertThat(job.path("completed").asInt() + job.path("failed").asInt())
                    .isEqualTo(100);
            assertThat(job.path("failed").asInt()).isPositive();
            for (String file :
                    List.of("f.json", "f.json.journal.jsonl", "f.json.errors.jsonl", "f.json.requests.jsonl")) {
                assertThat(Files.readString(dir.resolve(file))).doesNotContain("right-key");
            }
            assertThat(run.out() + run.err()).doesNotContain("right-key");
        }
    }

    private static void awaitLine(Path journal, String part) throws Exception {
        for (int i = 0; i < 1_200; i++) {
            if (Files.exists(journal) && Files.readString(journal).contains(part)) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no line with " + part + " in " + journal);
    }
}
