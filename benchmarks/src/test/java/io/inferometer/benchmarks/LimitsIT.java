package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar where it may not have as much in flight as its load asks for. */
class LimitsIT {
    @TempDir
    Path dir;

    private Jar jar;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
    }

    @Test
    void anOpenLoopHoldsBackWhatWouldBeBeyondItsBound() throws Exception {
        Jar.Result run = capped("--max-in-flight", "5", "--requests", "60");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("# Load: open loop, 100 requests/s, poisson arrivals, 5 in flight at most\n")
                .containsPattern("held-back +[0-9]+ of 60 requests were held back while 5 were in flight");
        JsonNode trial = result().at("/trials/0");
        assertThat(trial.at("/trial/load/mostInFlight").asInt()).isEqualTo(5);
        assertThat(trial.at("/summary/throughput/peakInFlight").asInt()).isEqualTo(5);
        assertThat(trial.at("/summary/arrivals/held/byCap").asInt()).isGreaterThan(40);
        assertThat(trial.at("/summary/arrivals/held/byRecorder").asInt()).isZero();
        assertThat(trial.at("/summary/metrics/ttftFromScheduleMs/p50").asDouble())
                .isGreaterThan(2 * trial.at("/summary/metrics/ttftMs/p50").asDouble());
    }

    @Test
    void aRunIsGoneOnWithUnderTheSameBoundOnly() throws Exception {
        capped("--max-in-flight", "1", "--requests", "60", "--run-time", "2s");

        Jar.Result other =
                capped("--max-in-flight", "2", "--requests", "60", "--resume", "a.json.journal.jsonl", "--force");
        Jar.Result same =
                capped("--max-in-flight", "1", "--requests", "60", "--resume", "a.json.journal.jsonl", "--force");

        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("mostInFlight");
        assertThat(same.err()).isEmpty();
        assertThat(same.status()).isZero();
        assertThat(result().at("/trials/0/summary/requests/total").asInt()).isBetween(60, 61);
    }

    private Jar.Result capped(String... more) throws IOException, InterruptedException {
        String[] fixed = {
            "Sample01",
            "--base-url",
            "sim:metronome?ttft=100&itl=1",
            "--rate",
            "100",
            "-wi",
            "0",
            "--no-client-warmup",
            "-rff",
            "a.json"
        };
        String[] all = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        return jar.run(all);
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(dir.resolve("a.json").toFile());
    }
}
