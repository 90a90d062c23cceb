package io.inferometer.report.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.plan.Plan.Verbosity;
import io.inferometer.report.ARun;
import io.inferometer.report.Scenarios;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.console.page.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    @TempDir
    Path directory;

    @Test
    void resultsAreWrittenAndNamedBeneathTheTables() throws IOException {
        ResultFile json = new ResultFile(ResultFormat.JSON, directory.resolve("out.json"));
        ResultFile summary = new ResultFile(ResultFormat.SUMMARY, directory.resolve("s.json"));

        Told told = tell(Scenarios.sweep(), json, summary);

        assertThat(told.problems()).isEmpty();
        assertThat(told.console())
                .startsWith(Scenarios.sweep().console(Verbosity.NORMAL))
                .endsWith("\n\n# Result: " + json.path() + " (json)\n"
                        + "# Result: " + summary.path().resolveSibling("s-c4.json") + " (summary)\n"
                        + "# Result: " + summary.path().resolveSibling("s-c8.json") + " (summary)\n"
                        + "# Result: " + summary.path().resolveSibling("s-c16.json") + " (summary)\n");
        assertThat(directory.resolve("s-c16.json")).exists();
    }

    @Test
    void aResultThatCantBeWrittenCostsNeitherTheTablesNorTheOtherResults() throws IOException {
        Path gone = directory.resolve("gone");
        ResultFile lost = new ResultFile(ResultFormat.JSON, gone.resolve("out.json"));
        ResultFile kept = new ResultFile(ResultFormat.SUMMARY, directory.resolve("out.json"));

        Told told = tell(Scenarios.closedLoop(), lost, kept);

        String problem = "cannot write " + lost.path() + ": no such directory";
        assertThat(told.problems()).containsExactly(problem);
        assertThat(told.console())
                .startsWith(Scenarios.closedLoop().console(Verbosity.NORMAL))
                .endsWith(problem + "\n\n# Result: " + kept.path() + " (summary)\n");
        assertThat(kept.path()).exists();
    }

    @Test
    void aCsvThatCantBeStartedIsToldOfOnceAndTheRunGoesOn() throws IOException {
        Path existing = Files.writeString(directory.resolve("out.csv"), "precious");

        Told told = tell(Scenarios.closedLoop(), new ResultFile(ResultFormat.CSV, existing));

        String problem = "cannot write " + existing + ": it exists";
        assertThat(told.problems()).containsExactly(problem);
        assertThat(told.console()).containsOnlyOnce(problem).contains("# Run complete.");
        assertThat(existing).hasContent("precious");
    }

    private static Told tell(ARun run, ResultFile... files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConsoleReport console = new ConsoleReport(
                Screen.of(new PrintStream(out, true, StandardCharsets.UTF_8)), Verbosity.NORMAL, List.of());
        Reports reports = new Reports(List.of(console), new ResultFiles(List.of(files), run.header(), false, false));
        run.tell(reports);
        return new Told(out.toString(StandardCharsets.UTF_8), reports.problems());
    }

    private record Told(String console, List<String> problems) {}
}
