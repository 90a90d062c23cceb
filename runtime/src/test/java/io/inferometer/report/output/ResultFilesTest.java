package io.inferometer.report.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.ARun;
import io.inferometer.report.Scenarios;
import io.inferometer.report.file.ResultFileException;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.workload.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
    @TempDir
    Path directory;

    @Test
    void aNewFileInADirectoryThatIsMadePassesAndLeavesNoFileBehind() throws IOException {
        Path file = directory.resolve("out/deeper/result.json");

        check(false, Scenarios.closedLoop(), result(ResultFormat.JSON, file));

        assertThat(file.getParent()).isEmptyDirectory();
    }

    @Test
    void aFileThatExistsIsNotReplacedUnlessForced() throws IOException {
        Path file = Files.writeString(directory.resolve("out.json"), "precious");
        ResultFile result = result(ResultFormat.JSON, file);

        assertRefused(file + " exists: give another -rff, or --force to replace it", Scenarios.closedLoop(), result);
        check(true, Scenarios.closedLoop(), result);

        assertThat(file).hasContent("precious");
    }

    @Test
    void theFileOfEachTrialIsLookedAt() throws IOException {
        Path file = Files.writeString(directory.resolve("out-c8.json"), "precious");

        assertRefused(
                file + " exists: give another -rff, or --force to replace it",
                Scenarios.sweep(),
                result(ResultFormat.SUMMARY, directory.resolve("out.json")));
    }

    @Test
    void aDirectoryIsNoFile() {
        assertRefused(
                directory + " is a directory: give -rff a file",
                Scenarios.closedLoop(),
                result(ResultFormat.CSV, directory));
    }

    @Test
    void aPathBelowAFileCantBeWritten() throws IOException {
        Path blocker = Files.writeString(directory.resolve("blocker"), "");
        Path file = blocker.resolve("out.json");

        assertRefused(
                "cannot write " + file + ": " + blocker + " exists: give another -rff",
                Scenarios.closedLoop(),
                result(ResultFormat.JSON, file));
    }

    @Test
    void somethingThatIsNoRegularFileIsNotReplaced() {
        assertThatThrownBy(() -> check(true, Scenarios.closedLoop(), result(ResultFormat.JSON, Path.of("/dev/null"))))
                .isInstanceOf(ResultFileException.class)
                .hasMessage("/dev/null is not a regular file: give another -rff");
    }

    @Test
    void oneFileIsNotForTwoResults() {
        Path file = directory.resolve("out.json");

        assertRefused(
                directory.resolve("x/../out.json") + " is asked for twice: give each -rff a path of its own",
                Scenarios.closedLoop(),
                result(ResultFormat.JSON, file),
                result(ResultFormat.VLLM, directory.resolve("x/../out.json")));
    }

    @Test
    void filesOfSeveralTrialsSayWhatVaries() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial().load(new Load.Closed(8)).param("isl", "256").param("osl", "64"))
                .with(ARun.trial()
                        .load(new Load.Open(2.5, Arrivals.POISSON))
                        .param("isl", "256")
                        .param("osl", "64"))
                .with(ARun.trial().load(new Load.AtOnce()).param("isl", "a b/c").param("osl", "64"));
        TrialNames names = TrialNames.of(run.header());

        assertThat(run.header().trials())
                .extracting(
                        trial -> names.sibling(Path.of("dir.d/out.json"), trial).toString())
                .containsExactly(
                        "dir.d/out-c8-isl256.json", "dir.d/out-r2.5-isl256.json", "dir.d/out-all-isla_b_c.json");
        assertThat(run.header().trials())
                .extracting(names::label)
                .containsExactly("concurrency 8, isl = 256", "2.5 requests/s, isl = 256", "all at once, isl = a b/c");
        assertThat(names.sibling(Path.of("result"), run.header().trial(0))).hasToString("result-c8-isl256");
        assertThat(names.sibling(Path.of(".hidden"), run.header().trial(0))).hasToString(".hidden-c8-isl256");
    }

    @Test
    void filesOfTrialsThatCantBeToldApartAreNumbered() {
        ARun run = new ARun().with(ARun.trial()).with(ARun.trial());
        TrialNames names = TrialNames.of(run.header());

        assertThat(run.header().trials())
                .extracting(trial -> names.sibling(Path.of("out.json"), trial).toString())
                .containsExactly("out-t0.json", "out-t1.json");
    }

    @Test
    void theFileOfTheOnlyTrialIsTheOneAskedFor() {
        RunHeader header = Scenarios.closedLoop().header();

        assertThat(TrialNames.of(header).sibling(Path.of("out.json"), header.trial(0)))
                .hasToString("out.json");
    }

    @Test
    void aFileThatComesToExistDuringTheRunIsKeptAndTheResultToo() throws IOException {
        Path file = directory.resolve("out.json");

        List<String> problems;
        Files.writeString(file, "precious");
        problems = Scenarios.closedLoop().write(false, false, result(ResultFormat.JSON, file));

        assertThat(file).hasContent("precious");
        try (Stream<Path> others = Files.list(directory).filter(path -> !path.equals(file))) {
            Path kept = others.findFirst().orElseThrow();
            assertThat(problems).containsExactly(file + " came to exist during the run: the result is in " + kept);
            assertThat(kept).content().startsWith("{\n  \"format\": \"inferometer\"");
        }
    }

    @Test
    void aForcedResultReplacesWhatWasThere() throws IOException {
        Path json = Files.writeString(directory.resolve("out.json"), "old");
        Path csv = Files.writeString(directory.resolve("out.csv"), "old\n".repeat(10_000));

        List<String> problems = Scenarios.closedLoop()
                .write(true, false, result(ResultFormat.JSON, json), result(ResultFormat.CSV, csv));

        assertThat(problems).isEmpty();
        assertThat(json).content().contains("\"schemaVersion\": 2");
        assertThat(csv).content().startsWith("index,prompt_tokens,").doesNotContain("old");
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
    }

    private void assertRefused(String message, ARun run, ResultFile... results) {
        assertThatThrownBy(() -> check(false, run, results))
                .isInstanceOf(ResultFileException.class)
                .hasMessage(message);
    }

    private static void check(boolean force, ARun run, ResultFile... results) throws ResultFileException {
        new ResultFiles(List.of(results), run.header(), force, false).check();
    }

    private static ResultFile result(ResultFormat format, Path path) {
        return new ResultFile(format, path);
    }
}
