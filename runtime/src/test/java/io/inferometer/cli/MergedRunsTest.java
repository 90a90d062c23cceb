package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.plan.Plan;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.header.RunClock;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.ARequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of 8 slots at 10 tokens/s each, 20 s long, that ran at the same time or one after the other. */
class MergedRunsTest {
    private static final long SECOND = 1_000_000_000;
    private static final String BOOT = "2f1c";

    @TempDir
    Path directory;

    private final CommandLineRun line = new CommandLineRun();

    @Test
    void runsAtTheSameTimeAreMembersWhoseRatesAddUpOnOneClock() throws IOException {
        Path one = journal("one.jsonl", 1, clock(BOOT, 0, 100 * SECOND));
        Path other = journal("other.jsonl", 2, clock(BOOT, 777, 100 * SECOND + 250_000_000));

        JsonNode trial = merged(one, other);

        JsonNode throughput = trial.at("/summary/throughput");
        assertThat(trial.at("/trial/load/concurrency").asInt()).isEqualTo(16);
        assertThat(throughput.at("/durationMs").asDouble()).isEqualTo(20_250);
        assertThat(throughput.at("/outputTokensPerSecond").asDouble()).isCloseTo(3_200 / 20.25, within(1e-9));
        assertThat(throughput.at("/steadyOutputTokensPerSecond").asDouble()).isCloseTo(160, within(4.0));
        assertThat(throughput.at("/peakOutputTokensPerSecond").asDouble()).isEqualTo(160);
        assertThat(throughput.at("/peakInFlight").asInt()).isEqualTo(16);
        assertThat(trial.at("/summary/requests/total").asInt()).isEqualTo(320);
        assertThat(trial.at("/iterations")).hasSize(1);
        assertThat(trial.at("/intervals").isNull()).isTrue();
        assertThat(line.err())
                .isEqualTo("inferometer: " + one + " and " + other
                        + " ran at the same time: they are members of one run, whose rates are added on one clock\n");
    }

    @Test
    void runsOnOtherMachinesAreToldTogetherByTheirWallClocks() throws IOException {
        Path one = journal("one.jsonl", 1, clock("a", 5_000 * SECOND, 0));
        Path other = journal("other.jsonl", 2, clock("b", 5_001 * SECOND, 900 * SECOND));

        assertThat(merged(one, other).at("/summary/throughput/durationMs").asDouble())
                .isEqualTo(21_000);
    }

    @Test
    void runsOneAfterTheOtherStayForks() throws IOException {
        Path one = journal("one.jsonl", 1, clock(BOOT, 0, 100 * SECOND));
        Path other = journal("other.jsonl", 2, clock(BOOT, 0, 121 * SECOND));

        JsonNode trial = merged(one, other);

        assertThat(trial.at("/trial/load/concurrency").asInt()).isEqualTo(8);
        assertThat(trial.at("/summary/throughput/outputTokensPerSecond").asDouble())
                .isEqualTo(80);
        assertThat(trial.at("/summary/throughput/peakInFlight").asInt()).isEqualTo(8);
        assertThat(trial.at("/intervals/basis").asText()).isEqualTo("forks");
        assertThat(line.err()).isEmpty();
    }

    @Test
    void runsOfWhichItIsNotKnownWhenTheyRanAreForks() throws IOException {
        Path one = journal("one.jsonl", 1, RunClock.UNKNOWN);
        Path other = journal("other.jsonl", 2, clock(BOOT, 0, 100 * SECOND));

        assertThat(merged(one, other).at("/trial/forks/count").asInt()).isEqualTo(2);
    }

    @Test
    void aMergeChangesNoFigureOfAForkButTheIntervals() throws IOException {
        Path one = journal("one.jsonl", 1, clock(BOOT, 0, 100 * SECOND));
        Path later = journal("later.jsonl", 2, clock(BOOT, 0, 100 * SECOND + 33_333_333_333L));
        Path alone = directory.resolve("alone.json");
        new CommandLineRun().run("report", later.toString(), "-rff", alone.toString());

        JsonNode merged = merged(one, later);

        JsonNode fork = merged.at("/iterations/1/summary");
        assertThat(fork).isEqualTo(new ObjectMapper().readTree(alone.toFile()).at("/trials/0/iterations/0/summary"));
    }

    @Test
    void runsThatOverlapInPartAreRefusedByName() throws IOException {
        Path one = journal("one.jsonl", 1, clock(BOOT, 0, 100 * SECOND));
        Path other = journal("other.jsonl", 2, clock(BOOT, 0, 112 * SECOND));

        assertThat(line.run("report", "--merge", one.toString(), other.toString()))
                .isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + one + " and " + other + " can't be merged: they ran at the same time for"
                        + " 8.00 s of 20.0 s, neither together nor one after the other\n");
    }

    @Test
    void pairsOfMembersThatCameOneAfterTheOtherAreForks() throws IOException {
        List<Path> journals = List.of(
                journal("a.jsonl", 1, clock(BOOT, 0, 0)),
                journal("b.jsonl", 2, clock(BOOT, 0, SECOND)),
                journal("c.jsonl", 3, clock(BOOT, 0, 60 * SECOND)),
                journal("d.jsonl", 4, clock(BOOT, 0, 60 * SECOND)));

        JsonNode trial = merged(journals.toArray(Path[]::new));

        assertThat(trial.at("/trial/forks/count").asInt()).isEqualTo(2);
        assertThat(trial.at("/trial/load/concurrency").asInt()).isEqualTo(16);
        assertThat(trial.at("/summary/throughput/durationMs").asDouble()).isEqualTo(41_000);
        assertThat(trial.at("/intervals/count").asInt()).isEqualTo(2);
    }

    @Test
    void membersOfOneForkAndAForkAloneAreRefused() throws IOException {
        Path one = journal("one.jsonl", 1, clock(BOOT, 0, 0));
        Path other = journal("other.jsonl", 2, clock(BOOT, 0, SECOND));
        Path alone = journal("alone.jsonl", 3, clock(BOOT, 0, 60 * SECOND));

        assertThat(line.run("report", "--merge", one.toString(), other.toString(), alone.toString()))
                .isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + one + " and " + alone + " can't be merged: 2 ran at the time of the one,"
                        + " and 1 of the other\n");
    }

    @Test
    void aJournalOfAnEarlierDefinitionIsReadAndSaysSoAndIsMergedWithNoOther() throws IOException {
        Path journal = journal("new.jsonl", 1, clock(BOOT, 0, 0));
        Path old = Files.writeString(
                directory.resolve("old.jsonl"),
                Files.readString(journal)
                        .replace("\"definitions\":2,", "")
                        .replaceFirst("\"clock\":\\{[^}]*},", "")
                        .replace("\"seed\":1,", "\"seed\":9,"));
        CommandLineRun merge = new CommandLineRun();

        assertThat(line.run("report", old.toString())).isZero();
        assertThat(line.out().replaceAll("\n +", " "))
                .contains(
                        "the journal was kept under version 1 of the metrics' definitions; its figures are computed anew,"
                                + " by version 2");
        assertThat(merge.run("report", "--merge", journal.toString(), old.toString()))
                .isEqualTo(2);
        assertThat(merge.err())
                .isEqualTo("inferometer: " + journal + " and " + old + " can't be merged: definitions is 2 and 1\n");
    }

    private JsonNode merged(Path... journals) throws IOException {
        Path json = directory.resolve("merged.json");
        String[] words = new String[journals.length + 4];
        words[0] = "report";
        words[1] = "--merge";
        for (int i = 0; i < journals.length; i++) {
            words[i + 2] = journals[i].toString();
        }
        words[journals.length + 2] = "-rff";
        words[journals.length + 3] = json.toString();
        assertThat(line.run(words)).as(line.err()).isZero();
        return new ObjectMapper().readTree(json.toFile()).at("/trials/0");
    }

    private static RunClock clock(String boot, long wallNanos, long nanoTime) {
        return new RunClock(boot, OptionalLong.of(wallNanos), OptionalLong.of(nanoTime));
    }

    private Path journal(String name, long seed, RunClock clock) throws IOException {
        CommandLineRun run = new CommandLineRun();
        run.run("-p", "isl=1", "--no-journal", "--concurrency", "8", "--requests", "160", "--seed", "" + seed);
        Plan plan = run.plan;
        Path path = directory.resolve(name);
        try (Journal written =
                Journal.create(path, RunHeader.of(plan).startedAt(clock).toMap(), false)) {
            written.iterationStarted(new IterationSpan(0, 0, false, 0, 0, RequestRecord.ABSENT));
            for (int i = 0; i < 160; i++) {
                double sent = i / 8 * 1_000;
                written.append(ARequest.metronome(sent, 50, 100, 10)
                        .index(i)
                        .slot(i % 8)
                        .end(sent + 1_000)
                        .record());
            }
            written.iterationEnded(new IterationSpan(0, 0, false, 0, 0, 20 * SECOND), Map.of());
            written.close(true, "");
        }
        return path;
    }
}
