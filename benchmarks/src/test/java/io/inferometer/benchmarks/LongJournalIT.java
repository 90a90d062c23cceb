package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that are longer than a heap has room for, told again by the built jar. */
class LongJournalIT {
    private static final int EACH = 250_000;

    @TempDir
    Path dir;

    private Jar jar;
    private LongJournal journals;

    @BeforeEach
    void makeAShortRun() throws Exception {
        jar = new Jar(dir);
        Jar.Result run = jar.run(
                "RandomLengths",
                "-p",
                "input=8",
                "-p",
                "output=3",
                "--host",
                "sim:metronome?ttft=5&itl=1",
                "--rate",
                "200",
                "--requests",
                "10",
                "-wi",
                "0",
                "--calibrate",
                "off",
                "--journal",
                "short.jsonl");
        assertThat(run.status()).as(run.err()).isZero();
        journals = new LongJournal(dir.resolve("short.jsonl"));
    }

    @Test
    void aMergeOfHalfAMillionRequestsTakesAHeapThatTheirFiguresWouldFillAsNumbers() throws Exception {
        journals.write(dir.resolve("one.jsonl"), EACH, 1, 0);
        journals.write(dir.resolve("other.jsonl"), EACH, 2, 50_000_000);
        assertThat(jar.files(".gz")).contains("one.jsonl.1.gz", "other.jsonl.1.gz");

        Jar.Result merged = report("120m", "--merge", "one.jsonl", "other.jsonl", "-rff", "merged.json");

        assertThat(merged.status()).as(merged.err()).isZero();
        JsonNode summary = jar.json("merged.json").at("/trials/0/summary");
        assertThat(summary.at("/requests/total").asInt()).isEqualTo(2 * EACH);
        assertThat(summary.at("/metrics/ttftMs/count").asInt())
                .isEqualTo(summary.at("/requests/succeeded").asInt())
                .isBetween(2 * EACH - 100, 2 * EACH - 1);
        assertThat(summary.at("/metrics/ttftMs/exact").asBoolean()).isTrue();
    }

    @Test
    void aReportThatRunsOutOfHeapSaysSoInOneLine() throws Exception {
        journals.write(dir.resolve("one.jsonl"), EACH, 1, 0);

        Jar.Result report = report("24m", "one.jsonl");

        assertThat(report.status()).isEqualTo(1);
        assertThat(report.complaints())
                .containsExactly("inferometer: the heap of 24 MB was full: give it more, as in java -Xmx4g -jar");
    }

    private Jar.Result report(String heap, String... arguments) throws Exception {
        return jar.runWith(
                List.of("-Xmx" + heap),
                Stream.concat(Stream.of("report"), Stream.of(arguments)).toArray(String[]::new));
    }
}
