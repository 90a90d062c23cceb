package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.plan.Plan;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Journal;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.RunHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final List<RequestRecord> REQUESTS =
            List.of(Requests.success(0), Requests.success(1), Requests.failure(2, "Unauthorized"));

    @TempDir
    Path directory;

    private final CommandLineRun line = new CommandLineRun();
    private Path journal;

    @BeforeEach
    void namesTheJournal() {
        journal = directory.resolve("run.journal.jsonl");
    }

    @Test
    void showsWhatTheRunShowed() throws IOException {
        CommandLineRun run = new CommandLineRun().requests(REQUESTS.toArray(RequestRecord[]::new));
        run.run("-p", "isl=1", "--no-journal");
        write(run.plan, true, "");

        int status = line.run("report", journal.toString());

        assertThat(status).isZero();
        assertThat(line.err()).isEmpty();
        assertThat(line.out()).isEqualTo(run.out());
    }

    @Test
    void writesTheResultsThatTheRunWouldHaveWritten() throws IOException {
        Path written = directory.resolve("run.json");
        Path again = directory.resolve("again.json");
        CommandLineRun run = new CommandLineRun().requests(REQUESTS.toArray(RequestRecord[]::new));
        run.run("-p", "isl=1", "--no-journal", "-rf", "vllm", "-rff", written.toString());
        write(run.plan, true, "");

        int status = line.run("report", journal.toString(), "-rf", "vllm", "-rff", again.toString());

        assertThat(status).isZero();
        assertThat(again).hasSameTextualContentAs(written);
    }

    @Test
    void refusesAResultThatExists() throws IOException {
        write(plan(), true, "");
        Path result = Files.writeString(directory.resolve("run.csv"), "precious");

        int status = line.run("report", journal.toString(), "-rff", result.toString());

        assertThat(status).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + result + " exists: give another -rff, or --force to replace it\n");
        assertThat(result).hasContent("precious");
    }

    @Test
    void saysThatARunWasCutOffAndItsLastLineTorn() throws IOException {
        write(plan(), null, "");
        Files.writeString(journal, "{\"type\":\"requ", StandardOpenOption.APPEND);

        int status = line.run("report", journal.toString());

        assertThat(status).isZero();
        assertThat(line.out()).contains("the journal was cut off: it has no closing line");
        assertThat(line.err()).isEqualTo("inferometer: " + journal + ": its last line was torn and is left out\n");
    }

    @Test
    void showsSeveralJournalsOneByOneAndThenBesideEachOther() throws IOException {
        write(plan(), true, "");

        assertThat(line.run("report", journal.toString(), journal.toString())).isZero();

        CommandLineRun once = new CommandLineRun();
        once.run("report", journal.toString());
        assertThat(line.out())
                .startsWith(once.out() + "\n" + once.out() + "\n# Comparison\n\nRun ")
                .contains("\nrun  ")
                .contains("\n" + journal + "  ");
    }

    @Test
    void drawsSeveralRunsButConvertsOne() throws IOException {
        write(plan(), true, "");
        Path drawing = directory.resolve("curve.svg");
        String twice = journal.toString();

        int drawn = line.run("report", twice, twice, "-rff", drawing.toString());
        CommandLineRun again = new CommandLineRun();
        int converted = again.run("report", twice, twice, "-rff", "run.csv");

        assertThat(drawn).isZero();
        assertThat(line.out()).endsWith("\n# Result: " + drawing + " (svg)\n");
        assertThat(drawing).content().startsWith("<svg ").contains(">run</text>");
        assertThat(converted).isEqualTo(2);
        assertThat(again.err())
                .isEqualTo("inferometer: a result file holds one run; several are drawn, with -rf svg, or converted one"
                        + " by one\n");
    }

    @Test
    void readsTheResultOfAServingBenchmark() throws IOException {
        Path result = directory.resolve("theirs.json");
        try (InputStream in = RunHeader.class.getResourceAsStream("serving-c4.json")) {
            Files.copy(in, result);
        }

        int status = line.run("report", result.toString(), "--gpus", "2");
        CommandLineRun again = new CommandLineRun();
        int converted = again.run("report", result.toString(), "-rff", "run.csv");

        assertThat(status).isZero();
        assertThat(line.out())
                .startsWith("# File: " + result + " (openai-chat, 20260105-101112)\n")
                .contains("Failed requests: 1 of 4\n  1 x http_error: Too Many Requests\n");
        assertThat(converted).isEqualTo(2);
        assertThat(again.err())
                .isEqualTo("inferometer: another tool's result can be drawn, with -rf svg, but is not converted\n");
    }

    @Test
    void tellsARunInOtherToolsWords() throws IOException {
        write(plan(), true, "");

        assertThat(line.run("report", journal.toString(), "--dialect", "vllm,aiperf"))
                .isZero();
        assertThat(line.out()).contains("\nIn other tools' words:\nFigure ").contains("  vllm  aiperf  ");

        CommandLineRun unknown = new CommandLineRun();
        assertThat(unknown.run("report", journal.toString(), "--dialect", "genai-perf"))
                .isEqualTo(2);
        assertThat(unknown.err())
                .isEqualTo("inferometer: --dialect genai-perf is none of vllm, bench_serving, guidellm, aiperf\n");
    }

    @Test
    void namesWhatAServingBenchmarksResultLacks() throws IOException {
        Path result = Files.writeString(
                directory.resolve("theirs.json"), "{\"model_id\": \"m\", \"num_prompts\": 4, \"duration\": 1}");

        assertThat(line.run("report", result.toString())).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo(
                        "inferometer: " + result + ": it has no input_lens, and nothing can be computed without: have"
                                + " the benchmark save its result in detail\n");
    }

    @Test
    void refusesAJournalOfSomethingElse() throws IOException {
        Journal.create(journal, Map.of("weather", "fine"), false).close(true, "");

        assertThat(line.run("report", journal.toString())).isEqualTo(2);
        assertThat(line.err())
                .startsWith("inferometer: " + journal + " is not the journal of a run: ")
                .hasLineCount(1);
    }

    @Test
    void refusesAJournalWithATrialThatItsHeaderDoesNotHave() throws IOException {
        write(plan(), null, "");
        Files.writeString(
                journal,
                "{\"type\":\"request\",\"trial\":7,\"index\":0,\"outcome\":\"success\"}\n",
                StandardOpenOption.APPEND);

        assertThat(line.run("report", journal.toString())).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + journal + " is not the journal of a run: it has no trial 7\n");
    }

    @Test
    void namesABadLine() throws IOException {
        write(plan(), null, "");
        Files.writeString(journal, "{\"type\":\"request\",\"index\":true}\n", StandardOpenOption.APPEND);

        assertThat(line.run("report", journal.toString())).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + journal + ", line 7: index is not a whole number of 64 bits: true\n");
    }

    private Plan plan() {
        CommandLineRun run = new CommandLineRun();
        run.run("-p", "isl=1", "--no-journal");
        return run.plan;
    }

    /** Writes the journal of a run, without a closing line where {@code complete} is null. */
    private void write(Plan plan, Boolean complete, String reason) throws IOException {
        try (Journal written = Journal.create(journal, RunHeader.of(plan).toMap(), false)) {
            written.iterationStarted(new IterationSpan(0, 0, false, 0, 0, RequestRecord.ABSENT));
            REQUESTS.forEach(written::append);
            written.iterationEnded(new IterationSpan(0, 0, false, 0, 0, 400), Map.of());
            if (complete != null) {
                written.close(complete, reason);
            }
        }
    }
}
