package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        capped("--max-in-flight", "1", "--requests", "100", "--run-time", "5s");

        Jar.Result other =
                capped("--max-in-flight", "2", "--requests", "100", "--resume", "a.json.journal.jsonl", "--force");
        Jar.Result same =
                capped("--max-in-flight", "1", "--requests", "100", "--resume", "a.json.journal.jsonl", "--force");

        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err()).contains("mostInFlight");
        assertThat(same.err()).isEmpty();
        assertThat(same.status()).isZero();
        assertThat(result().at("/trials/0/summary/requests/total").asInt()).isBetween(100, 101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "nio"})
    void withoutDescriptorsItEndsWithOneAndKeepsWhatHasEnded(String transport) throws Exception {
        try (Jar.Served served = jar.new Served("metronome?ttft=3000&itl=1")) {
            Jar.Result run = jar.runAfter(
                    List.of("/bin/sh", "-c", "ulimit -n 140; exec \"$@\"", "sh"), open(transport, served.url()));

            endsInOrder(run, "this process may open no more files and sockets; raise that with ulimit -n");
        }
    }

    /** A network of its own has as few ports as one likes, where the system lets a user have one. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "nio"})
    void withoutPortsItEndsWithOneAndKeepsWhatHasEnded(String transport) throws Exception {
        List<String> alone = List.of(
                "unshare",
                "-rn",
                "/bin/sh",
                "-c",
                "ip link set lo up && echo 40000 40030 > /proc/sys/net/ipv4/ip_local_port_range && exec \"$@\"",
                "sh");
        assumeTrue(runs(alone), "no network of its own can be had here");

        Jar.Result run = jar.runAfter(alone, open(transport, "sim:metronome?ttft=1000&itl=1"));

        endsInOrder(run, "no local port is left for it; get more with sysctl -w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "nio"})
    void anAddressThatCantBeReachedFromHereIsNoLackOfPorts(String transport) throws Exception {
        List<String> alone = List.of(
                "unshare",
                "-rn",
                "/bin/sh",
                "-c",
                "ip link set lo up && ip link add v0 type veth peer name v1 && ip link set v0 up"
                        + " && ip addr add fd00::7/64 dev v0 && echo 1 > /proc/sys/net/ipv6/conf/lo/disable_ipv6"
                        + " && exec \"$@\"",
                "sh");
        assumeTrue(runs(alone), "no network of its own can be had here");

        Jar.Result run = jar.runAfter(alone, open(transport, "http://[::1]:9000"));

        assertThat(run.err())
                .isEqualTo(
                        "inferometer: the pre-flight of Sample01HelloEndpoint failed: no connection to [::1]:9000: this"
                                + " machine has no address from which 0:0:0:0:0:0:0:1 can be reached\n");
        assertThat(run.status()).isEqualTo(3);
    }

    private static boolean runs(List<String> command) {
        try {
            List<String> all = new ArrayList<>(command);
            all.add("true");
            return new ProcessBuilder(all).start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static String[] open(String transport, String url) {
        return new String[] {
            "Sample01",
            "--base-url",
            url,
            "--model",
            "m",
            "--rate",
            "100",
            "--requests",
            "400",
            "-wi",
            "0",
            "--no-client-warmup",
            "--calibrate",
            "off",
            "--transport",
            transport,
            "-rff",
            "a.json"
        };
    }

    private void endsInOrder(Jar.Result run, String why) throws IOException {
        assertThat(run.err())
                .startsWith("inferometer: no connection to 127.0.0.1:")
                .contains(why);
        assertThat(run.err()).hasLineCount(1);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("client_error: no connection to").contains("Failed requests: 0 of ");
        JsonNode result = result();
        assertThat(result.get("complete").asBoolean()).isFalse();
        JsonNode requests = result.at("/trials/0/summary/requests");
        assertThat(requests.get("failed").asInt()).isZero();
        assertThat(requests.get("succeeded").asInt()).isPositive();
        assertThat(requests.at("/outcomes/client_error").asInt()).isPositive();
        assertThat(result.at("/trials/0/summary/metrics/e2elMs/count").asInt())
                .isEqualTo(requests.get("succeeded").asInt());
        assertThat(Files.readAllLines(dir.resolve("a.json.journal.jsonl")))
                .filteredOn(line -> line.contains("\"type\":\"request\""))
                .hasSize(requests.get("total").asInt());
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
