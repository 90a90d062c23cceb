package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the built jar that come to an early end, whole ones and those of forks, and what goes on with them. */
class EndedRunsIT {
    private static final String FAST = "metronome?ttft=5&itl=1";

    @TempDir
    Path dir;

    private Jar jar;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
    }

    @Test
    void anInterruptedRunKeepsWhatItHas() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "10000",
                "-rf",
                "json",
                "-rff",
                "i.json");
        Path journal = dir.resolve("i.json.journal.jsonl");
        while (process.isAlive() && Jar.measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(jar.json("i.json").path("complete").asBoolean(true)).isFalse();
        assertThat(Jar.measured(journal))
                .hasSizeBetween(4, 9_999)
                .allMatch(r -> r.path("outcome").asText().equals("success"));
    }

    @Test
    void aSecondInterruptEndsARunAtOnceWhateverItsGrace() throws Exception {
        Process process = endless();

        Jar.interrupt(process);
        String line = process.errorReader().readLine();
        Jar.interrupt(process);

        assertThat(line)
                .isEqualTo(
                        "inferometer: interrupted; what is in flight has 3600 s to end, and a second Ctrl-C ends it at"
                                + " once");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.errorReader().readLine()).isNull();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(jar.json("e.json").path("incompleteReason").asText()).isEqualTo("interrupted");
        assertThat(Jar.measured(dir.resolve("e.json.journal.jsonl")))
                .isNotEmpty()
                .allMatch(r -> r.path("outcome").asText().equals("cancelled"));
    }

    @Test
    void aSecondInterruptEndsAForkAtOnce() throws Exception {
        Process process = endless("-f", "2");
        ProcessHandle fork = fork(process);

        Jar.interrupt(process);
        process.errorReader().readLine();
        Jar.interrupt(process);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(fork.isAlive()).isFalse();
        assertThat(Jar.measured(dir.resolve("e.json.journal.jsonl")))
                .isNotEmpty()
                .allMatch(r -> r.path("outcome").asText().equals("cancelled"));
    }

    /** A run whose answers do not come, when it has begun. */
    private Process endless(String... more) throws Exception {
        String[] arguments = {
            "HelloEndpoint",
            "--base-url",
            "sim:metronome?ttft=3600000&itl=5",
            "--timeout",
            "2h",
            "--grace",
            "1h",
            "-wi",
            "0",
            "--no-client-warmup",
            "-rf",
            "json",
            "-rff",
            "e.json"
        };
        Process process = jar.start(with(arguments, more));
        Path journal = dir.resolve("e.json.journal.jsonl");
        while (process.isAlive()
                && !(Files.exists(journal) && Files.readString(journal).contains("\"at\":\"start\""))) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return process;
    }

    @Test
    void aFullDiskEndsARunWhichIsGoneOnWithWhenThereIsRoom() throws Exception {
        String[] arguments = {"HelloEndpoint", "--base-url", "sim:" + FAST, "--requests", "300", "--no-client-warmup"};

        Jar.Result full = jar.runWithSmallFiles(160, with(arguments, "--journal", "d.jsonl"));
        List<Long> done = indices(Jar.measured(dir.resolve("d.jsonl")));
        Jar.Result report = jar.run("report", "d.jsonl");
        Jar.Result resumed = jar.run(with(arguments, "--resume", "d.jsonl"));

        JarIT.assertComplains(
                full,
                1,
                "can't write the journal d.jsonl: File too large; what was written so far stays: report d.jsonl shows it,"
                        + " --resume d.jsonl goes on with the run");
        assertThat(done).hasSizeBetween(10, 299);
        assertThat(report.out()).contains("NOT complete").contains("ttft");
        assertThat(resumed.status()).isZero();
        assertThat(indices(Jar.measured(dir.resolve("d.jsonl"))))
                .startsWith(done.toArray(Long[]::new))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 300).boxed().toList());
    }

    @Test
    void forksRunInJvmsOfTheirOwnAndGiveIntervals() throws Exception {
        try (Jar.Served served = jar.new Served(FAST, "--api-key-env", "SERVED_KEY")) {
            Jar.Result run = jar.run(
                    Map.of("MY_KEY", "right-key"),
                    "HelloEndpoint",
                    "-f",
                    "2",
                    "-i",
                    "2",
                    "--base-url",
                    served.url(),
                    "--api-key-env",
                    "MY_KEY",
                    "-jvmArgs",
                    "-Xmx200m",
                    "-rf",
                    "json",
                    "-rff",
                    "f.json",
                    "--no-client-warmup");

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .contains("# Forks: 2, each in a JVM of its own: java -Xmx200m\n")
                    .contains("# Fork: 2 of 2\n")
                    .contains("95 % intervals, Student's t over the means of 2 forks;");
            assertThat(jar.json("f.json").at("/trials/0/intervals/basis").asText())
                    .isEqualTo("forks");
            assertThat(jar.json("f.json").at("/trials/0/iterations")).hasSize(4);
            assertThat(Jar.measured(dir.resolve("f.json.journal.jsonl"))).hasSize(80);
            assertThat(jar.files(".fork1.journal.jsonl")).isEmpty();
            assertThat(run.out() + run.err() + jar.written()).doesNotContain("right-key");
            Jar.Result again = jar.run("report", "f.json.journal.jsonl", "-rf", "json", "-rff", "again.json");
            assertThat(again.err()).isEmpty();
            assertThat(jar.json("again.json")).isEqualTo(jar.json("f.json"));
        }
    }

    @Test
    void aKilledForkLosesNeitherItsFinishedRequestsNorTheOtherForks() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "-f",
                "2",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "60",
                "-rf",
                "json",
                "-rff",
                "k.json",
                "--no-client-warmup");
        Path journal = dir.resolve("k.json.journal.jsonl");
        while (process.isAlive() && Jar.measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        fork(process).destroyForcibly();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<JsonNode> records = Jar.measured(journal);
        long ofTheKilled =
                records.stream().filter(r -> r.path("fork").asInt() == 0).count();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(ofTheKilled).isBetween(4L, 59L);
        assertThat(records).hasSize((int) ofTheKilled + 60);
        assertThat(jar.json("k.json").path("complete").asBoolean(true)).isFalse();
        assertThat(jar.json("k.json").path("incompleteReason").asText())
                .isEqualTo("fork 1 of 2 was killed by signal 9; the result has the " + ofTheKilled
                        + " measured requests that it finished");
        assertThat(jar.json("k.json").at("/trials/0/summary/requests/total").asLong())
                .isEqualTo(ofTheKilled + 60);
        assertThat(process.errorReader().lines())
                .containsExactly("inferometer: the run is not complete: "
                        + jar.json("k.json").path("incompleteReason").asText());
    }

    @Test
    void anInterruptedRunEndsItsForkInGoodOrder() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "-f",
                "2",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "10000",
                "--journal",
                "i.jsonl",
                "--no-client-warmup");
        Path journal = dir.resolve("i.jsonl");
        while (process.isAlive() && Jar.measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        ProcessHandle fork = fork(process);

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(fork.isAlive()).isFalse();
        assertThat(Jar.measured(journal))
                .hasSizeBetween(4, 9_999)
                .allMatch(r -> r.path("outcome").asText().equals("success"));
    }

    @Test
    void aRunWithForksIsGoneOnWithHoweverItWasKilled() throws Exception {
        String[] arguments = {
            "HelloEndpoint",
            "-f",
            "3",
            "--base-url",
            "sim:metronome?ttft=50&itl=5",
            "--concurrency",
            "4",
            "--requests",
            "100",
            "--no-client-warmup"
        };
        Path journal = dir.resolve("f.jsonl");
        Process killed = jar.start(with(arguments, "--journal", "f.jsonl"));
        awaitOfSecondFork(killed, journal, 20);
        killed.destroyForcibly().waitFor();
        int done = Jar.measured(journal).size();

        Process again = jar.start(with(arguments, "--resume", "f.jsonl"));
        awaitOfSecondFork(again, journal, done - 100 + 5);
        fork(again).destroyForcibly();
        assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
        int later = Jar.measured(journal).size();
        Jar.Result resumed = jar.run(with(arguments, "--resume", "f.jsonl", "-rf", "json", "-rff", "f.json"));

        assertThat(done).isBetween(120, 199);
        assertThat(again.exitValue()).isEqualTo(1);
        assertThat(again.errorReader().lines())
                .containsExactly(
                        "inferometer: the run is not complete: fork 2 of 3 was killed by signal 9; the result has"
                                + " the " + (later - 200) + " measured requests that it finished");
        assertThat(later).isBetween(done + 100 + 5, 299);
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out()).contains("over the means of 3 forks");
        assertThat(jar.json("f.json").at("/trials/0/iterations")).hasSize(3);
        assertThat(jar.json("f.json").at("/trials/0/summary/requests/succeeded").asInt())
                .isEqualTo(300);
        Map<Integer, List<JsonNode>> forks = Jar.measured(journal).stream()
                .collect(Collectors.groupingBy(record -> record.path("fork").asInt()));
        assertThat(forks).containsOnlyKeys(0, 1, 2);
        assertThat(forks.values())
                .allSatisfy(records -> assertThat(indices(records))
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.range(0, 100).boxed().toList()));
        assertThat(jar.files(".fork2.journal.jsonl")).isEmpty();
        Jar.Result report = jar.run("report", "f.jsonl", "-rf", "json", "-rff", "again.json");
        assertThat(report.err()).isEmpty();
        assertThat(jar.json("again.json")).isEqualTo(jar.json("f.json"));
    }

    private static void awaitOfSecondFork(Process process, Path journal, int requests) throws Exception {
        long ended = 0;
        while (process.isAlive() && ended < requests) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
            ended = !Files.exists(journal)
                    ? 0
                    : Jar.measured(journal).stream()
                            .filter(record -> record.path("fork").asInt() == 1)
                            .count();
        }
    }

    private static ProcessHandle fork(Process process) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("--forked-number"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aKilledRunKeepsItsRecords() throws Exception {
        Process process = jar.start(
                "HelloEndpoint",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--requests",
                "10000",
                "--journal",
                "k.jsonl");
        Path journal = dir.resolve("k.jsonl");
        while (process.isAlive() && Jar.measuredSoFar(journal) < 4) {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }

        process.destroyForcibly().waitFor();
        Jar.Result report = jar.run("report", "k.jsonl");

        assertThat(report.status()).isZero();
        assertThat(report.out()).contains("NOT complete").contains("ttft");
    }

    @Test
    void aKilledRunIsGoneOnWithWithoutSendingAgainWhatWasDone() throws Exception {
        try (Jar.Served served = jar.new Served("metronome?ttft=50&itl=1")) {
            String[] arguments = {
                "HelloEndpoint",
                "--base-url",
                served.url(),
                "--concurrency",
                "4",
                "--requests",
                "60",
                "--no-client-warmup"
            };
            Process process = jar.start(with(arguments, "--journal", "k.jsonl"));
            Path journal = dir.resolve("k.jsonl");
            while (process.isAlive() && Jar.measuredSoFar(journal) < 10) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
            process.destroyForcibly().waitFor();
            List<Long> done = indices(Jar.measured(journal));

            Jar.Result resumed = jar.run(with(arguments, "--resume", "k.jsonl", "-rf", "csv", "-rff", "k.csv"));

            assertThat(resumed.err()).isEmpty();
            assertThat(resumed.status()).isZero();
            assertThat(resumed.out())
                    .contains("# Iteration   1: interrupted, and gone on with\n")
                    .contains("# Run complete.");
            assertThat(done).hasSizeBetween(10, 59);
            assertThat(indices(Jar.measured(journal)))
                    .startsWith(done.toArray(Long[]::new))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 60).boxed().toList());
            assertThat(Files.readAllLines(dir.resolve("k.csv"))).hasSize(61);
        }
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    private static List<Long> indices(List<JsonNode> records) {
        return records.stream().map(record -> record.path("index").asLong()).toList();
    }
}
