package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs of the built jar whose load is shared by members on this machine, some of which are lost. */
@Execution(ExecutionMode.CONCURRENT)
class MembersIT {
    /** So many requests of a member have ended when it is lost: far from all of them. */
    private static final int EARLY = 5;

    @TempDir
    Path dir;

    private final List<ProcessHandle> seen = new ArrayList<>();
    private Jar jar;
    private Process run;

    @BeforeEach
    void setUp() {
        jar = new Jar(dir);
    }

    @AfterEach
    void end() {
        seen.forEach(ProcessHandle::destroyForcibly);
        if (run != null) {
            run.destroyForcibly();
        }
    }

    @Test
    void fourMembersOfAThousandStreamsEachSendEachRequestOnce() throws Exception {
        Jar.Result result =
                jar.run(words("--members", "4", "--concurrency", "4000", "--requests", "8000", "--journal", "m.jsonl"));

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        JsonNode trial = jar.json("m.json").at("/trials/0");
        assertThat(trial.at("/summary/requests/succeeded").asInt()).isEqualTo(8_000);
        assertThat(trial.at("/members"))
                .extracting(member -> member.path("requests").asInt())
                .containsExactly(2_000, 2_000, 2_000, 2_000);
        assertThat(indices(dir.resolve("m.jsonl")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 8_000).boxed().toList());
    }

    @Test
    void aMemberThatIsKilledEndsTheRunAndLosesNothingThatItHadFinished() throws Exception {
        start("--requests", "3000");
        List<Integer> finished = awaitRequestsOfTheSecond();
        kill("KILL");

        String err = awaitEnd(1);

        assertThat(err).contains("member 2 was killed by signal 9; the result has the ");
        assertThat(indices(dir.resolve("m.jsonl")))
                .doesNotHaveDuplicates()
                .containsAll(finished)
                .hasSizeLessThan(3_000);
        JsonNode trial = jar.json("m.json").at("/trials/0");
        assertLost(trial, "was killed by signal 9");
        assertThat(trial.at("/members/1/inFlightAtLoss").asInt()).isBetween(0, 2);
        assertThat(trial.at("/members/1/loadAfterLoss").isMissingNode()).isTrue();
        assertThat(flag(trial)).endsWith("; the others were told to send nothing more");
    }

    @Test
    void theOthersGoOnWithTheirPartsWhereThatIsAskedFor() throws Exception {
        start("--requests", "300", "--on-lost-agent", "continue");
        awaitRequestsOfTheSecond();
        kill("KILL");

        String err = awaitEnd(1);

        assertThat(err).contains("member 2 was killed by signal 9; the result has the ");
        JsonNode trial = jar.json("m.json").at("/trials/0");
        assertLost(trial, "was killed by signal 9");
        assertThat(trial.at("/members/0/requests").asInt()).isEqualTo(100);
        assertThat(trial.at("/members/2/requests").asInt()).isEqualTo(100);
        assertThat(trial.at("/members/1/loadAfterLoss/concurrency").asInt()).isEqualTo(4);
        assertThat(flag(trial)).endsWith("; from then on 4 of 6 slots sent");
    }

    @Test
    void aMemberThatHangsIsEndedByItsSilence() throws Exception {
        start("--requests", "300", "--on-lost-agent", "continue");
        awaitRequestsOfTheSecond();
        kill("STOP");

        String err = awaitEnd(1);

        assertThat(err).contains("member 2 hung, said nothing for 30 s and was ended; the result has the ");
        assertLost(jar.json("m.json").at("/trials/0"), "hung, said nothing for 30 s and was ended");
    }

    @Test
    void anInterruptEndsAllMembersInOrder() throws Exception {
        start("--requests", "3000");
        awaitRequestsOfTheSecond();
        Jar.interrupt(run);

        awaitEnd(130);

        JsonNode result = jar.json("m.json");
        assertThat(result.at("/complete").asBoolean()).isFalse();
        JsonNode trial = result.at("/trials/0");
        assertThat(trial.at("/summary/requests/censored").asInt()).isZero();
        assertThat(trial.at("/members")).hasSize(3).noneMatch(member -> member.has("lost"));
        assertThat(indices(dir.resolve("m.jsonl"))).doesNotHaveDuplicates();
        assertThat(jar.files("jsonl")).containsExactly("m.jsonl");
    }

    /** Three members of two slots each. */
    private void start(String... more) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("--members", "3", "--concurrency", "6", "--journal", "m.jsonl", "-o", "out.txt"));
        all.addAll(List.of(more));
        run = jar.start(Map.of(), dir.resolve("err.txt"), words(all.toArray(String[]::new)));
    }

    private static String[] words(String... more) {
        List<String> words = new ArrayList<>(List.of("Sample01", "-wi", "0", "--no-client-warmup", "-rff", "m.json"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** Those that it has finished by then. */
    private List<Integer> awaitRequestsOfTheSecond() throws Exception {
        Path journal = dir.resolve("m.jsonl.fork1.member2.journal.jsonl");
        for (int i = 0; i < 1_200 && Jar.measuredSoFar(journal) < EARLY; i++) {
            assertThat(run.isAlive()).as(() -> told()).isTrue();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        run.descendants().forEach(seen::add);
        return indices(journal);
    }

    private void kill(String signal) throws Exception {
        ProcessHandle second = seen.stream()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> String.join(" ", arguments).contains("fork1.member2."))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        new ProcessBuilder("kill", "-" + signal, Long.toString(second.pid()))
                .start()
                .waitFor();
    }

    /** What it complained of; nothing that it started is left. */
    private String awaitEnd(int status) throws Exception {
        assertThat(run.waitFor(90, TimeUnit.SECONDS)).as(() -> told()).isTrue();
        assertThat(run.exitValue()).as(() -> told()).isEqualTo(status);
        for (ProcessHandle process : seen) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        return told();
    }

    private String told() {
        try {
            return Files.readString(dir.resolve("err.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void assertLost(JsonNode trial, String why) {
        assertThat(trial.at("/members/1/name").asText()).isEqualTo("member 2");
        assertThat(trial.at("/members/1/lost").asText()).isEqualTo(why);
        assertThat(trial.at("/members/1/requests").asInt()).isGreaterThanOrEqualTo(EARLY);
        assertThat(List.of(trial.at("/members/0"), trial.at("/members/2"))).noneMatch(member -> member.has("lost"));
        assertThat(flag(trial)).startsWith("member 2 " + why + "; it had ");
    }

    private static String flag(JsonNode trial) {
        Optional<String> text = Optional.empty();
        for (JsonNode flag : trial.path("flags")) {
            if (flag.path("name").asText().equals("lost-member")) {
                text = Optional.of(flag.path("text").asText());
            }
        }
        return text.orElseThrow();
    }

    private static List<Integer> indices(Path journal) throws IOException {
        return Jar.measured(journal).stream()
                .map(request -> request.path("index").asInt())
                .toList();
    }
}
