package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs of members that are killed in the middle, and gone on with, as the built jar runs them. */
class ResumedMembersIT {
    private static final int REQUESTS = 120;
    private static final int EARLY = 20;
    private static final Map<String, String> SECRET = Map.of("INFEROMETER_CLUSTER_SECRET", "sixteen or more of them");

    @TempDir
    Path dir;

    private Jar jar;
    private Path journal;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
        journal = dir.resolve("k.jsonl");
    }

    /** Who is killed. */
    enum Killed {
        THE_RUN {
            @Override
            void kill(Process run) throws Exception {
                run.destroyForcibly().waitFor();
            }
        },
        ALL {
            @Override
            void kill(Process run) throws Exception {
                List<ProcessHandle> members = run.descendants().toList();
                run.destroyForcibly().waitFor();
                members.forEach(ProcessHandle::destroyForcibly);
            }
        },
        ONE_MEMBER {
            @Override
            void kill(Process run) throws Exception {
                member(run).destroyForcibly();
                assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(run.exitValue()).isEqualTo(1);
            }
        };

        abstract void kill(Process run) throws Exception;

        private static ProcessHandle member(Process run) {
            return run.descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains("--forked-member 1"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String[] words(String... more) {
        return Stream.concat(
                        Stream.of(
                                "Sample01",
                                "--base-url",
                                "sim:metronome?ttft=100&itl=2",
                                "--concurrency",
                                "6",
                                "--requests",
                                Integer.toString(REQUESTS),
                                "-i",
                                "1",
                                "-wi",
                                "0",
                                "--no-client-warmup"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsKilledAnotherNumberOfMembersGoesOn(Killed killed) throws Exception {
        Process run = jar.start(words("--members", "3", "--journal", "k.jsonl"));
        await(run);
        killed.kill(run);
        List<Integer> done = finished();

        Jar.Result resumed = jar.run(words("--members", "2", "--resume", "k.jsonl", "-rf", "json", "-rff", "k.json"));

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out())
                .contains("# Iteration   1: interrupted, and gone on with\n")
                .contains("gone on with by 2 members; begun by 3\n")
                .contains("# Run complete.");
        List<Integer> all = finished();
        assertThat(done).hasSizeBetween(EARLY, REQUESTS - 1);
        assertThat(all)
                .startsWith(done.toArray(Integer[]::new))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, REQUESTS).boxed().toList());
        JsonNode result = jar.json("k.json");
        assertThat(result.at("/trials/0/summary/requests/succeeded").asInt()).isEqualTo(REQUESTS);
        assertThat(result.at("/trials/0/iterations/0/complete").asBoolean()).isTrue();
        assertThat(jar.files(".journal.jsonl")).isEmpty();
        Jar.Result report = jar.run("report", "k.jsonl", "-rf", "json", "-rff", "again.json");
        assertThat(report.err()).isEmpty();
        assertThat(jar.json("again.json")).isEqualTo(result);
    }

    @Test
    void whatAMemberHadLeftOfAnIterationThatEndedWithoutItIsNotSentAndTheRunSaysSo() throws Exception {
        Process run = jar.start(words("--members", "3", "--on-lost-agent", "continue", "--journal", "k.jsonl"));
        await(run);
        Killed.ONE_MEMBER.kill(run);
        List<Integer> done = finished();

        Jar.Result resumed = jar.run(words("--members", "3", "--resume", "k.jsonl"));

        assertThat(resumed.status()).isEqualTo(1);
        assertThat(resumed.complaints())
                .containsExactly(
                        "inferometer: the run is not complete: iterations ended without member 2, which was lost;"
                                + " what it had left of them is not sent any more");
        assertThat(finished()).isEqualTo(done);
    }

    @Test
    void aRunOnAgentsIsGoneOnWithWhenItsMachineWasLostByAnotherNumberOfThem() throws Exception {
        try (Agent one = new Agent();
                Agent other = new Agent();
                Agent third = new Agent()) {
            Process run =
                    jar.start(SECRET, words("--agents", one.address + "," + other.address, "--journal", "k.jsonl"));
            await(run);
            run.destroyForcibly().waitFor();
            one.awaitTold("the run has ended");
            other.awaitTold("the run has ended");
            List<Integer> done = finished();

            Jar.Result merged = jar.run(
                    "report",
                    "--merge",
                    one.kept().toString(),
                    other.kept().toString(),
                    "-rf",
                    "json",
                    "-rff",
                    "m.json");
            Jar.Result resumed = jar.run(
                    SECRET,
                    words(
                            "--agents",
                            one.address + "," + other.address + "," + third.address,
                            "--resume",
                            "k.jsonl",
                            "-rf",
                            "json",
                            "-rff",
                            "k.json"));

            assertThat(one.told()).contains("which stays");
            assertThat(merged.err())
                    .endsWith(
                            " ran at the same time: they are members of one run, whose rates are added on one clock\n")
                    .hasLineCount(1);
            assertThat(jar.json("m.json")
                            .at("/trials/0/summary/requests/succeeded")
                            .asInt())
                    .isBetween(done.size(), REQUESTS - 1);
            assertThat(jar.json("m.json").at("/trials/0/trial/load/concurrency").asInt())
                    .isEqualTo(6);
            assertThat(jar.json("m.json").at("/trials/0/members"))
                    .extracting(member -> member.path("name").asText())
                    .containsExactlyElementsOf(
                            Stream.of(one.address, other.address).sorted().toList());
            assertThat(jar.json("m.json").at("/trials/0/members")).allSatisfy(member -> {
                assertThat(member.path("requests").asInt()).isPositive();
                assertThat(member.has("startSkewMs")).isTrue();
                assertThat(member.has("clockOffsetMs")).isFalse();
                assertThat(member.has("lost")).isFalse();
            });
            assertThat(resumed.err()).isEmpty();
            assertThat(resumed.status()).isZero();
            assertThat(finished())
                    .startsWith(done.toArray(Integer[]::new))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, REQUESTS).boxed().toList());
            assertThat(jar.json("k.json").at("/trials/0/iterations/0/complete").asBoolean())
                    .isTrue();
            assertThat(new Jar(one.home).files(".earlier")).isEmpty();
        }
    }

    /** An agent in a directory of its own. */
    private final class Agent implements AutoCloseable {
        private final Path home = Files.createTempDirectory(dir, "agent");
        private final Path err = home.resolve("err.txt");
        private final Process process;
        private final String address;

        Agent() throws IOException {
            process = new Jar(home).start(SECRET, err, "agent", "--listen", "127.0.0.1:0");
            String line = String.valueOf(process.inputReader().readLine());
            address = line.substring(line.lastIndexOf(' ') + 1);
        }

        String told() throws IOException {
            return Files.readString(err);
        }

        void awaitTold(String text) throws Exception {
            for (int i = 0; i < 600 && !told().contains(text); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(told()).contains(text);
        }

        /** The journal that it has kept. */
        Path kept() throws IOException {
            return home.resolve(new Jar(home).files(".journal.jsonl").get(0));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private void await(Process run) throws Exception {
        while (run.isAlive() && Jar.measuredSoFar(journal) < EARLY) {
            run.waitFor(50, TimeUnit.MILLISECONDS);
        }
        assertThat(run.isAlive()).as("it ended before it was killed").isTrue();
    }

    /** The indices of the requests that were not given up, in the order of the journal. */
    private List<Integer> finished() throws Exception {
        return Jar.measured(journal).stream()
                .filter(request -> !request.path("outcome").asText().equals("cancelled"))
                .map(request -> request.path("index").asInt())
                .toList();
    }
}
