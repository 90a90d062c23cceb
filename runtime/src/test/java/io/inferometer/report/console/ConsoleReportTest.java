package io.inferometer.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.Verbosity;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenario;
import io.inferometer.report.Scenarios;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.dialect.Dialect;
import io.inferometer.workload.Load;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsoleReportTest {
    @ParameterizedTest
    @EnumSource
    void printsARunAsItsGoldenFileHasIt(Scenario scenario) throws IOException {
        String name = "console-" + scenario.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";

        Golden.check(name, scenario.run().console(Verbosity.NORMAL));
    }

    @ParameterizedTest
    @EnumSource
    void isPlainAsciiAndNoWiderThanTheScreen(Scenario scenario) throws IOException {
        for (int width : List.of(60, 80, 100, 120, 200)) {
            String text = scenario.run().console(Verbosity.NORMAL, width);

            assertThat(text.lines())
                    .allSatisfy(line -> assertThat(line)
                            .hasSizeLessThanOrEqualTo(width)
                            .matches("[ -~]*")
                            .doesNotEndWith(" "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNarrowScreenLosesNoNumber(Scenario scenario) throws IOException {
        List<String> wide = numbers(scenario.run().console(Verbosity.NORMAL, 1_000));

        assertThat(numbers(scenario.run().console(Verbosity.NORMAL, 60))).containsAll(wide);
    }

    /** Each number once; those of the columns that a narrow table leaves out stand in the header. */
    private static List<String> numbers(String text) {
        return Pattern.compile("[0-9][0-9,.]*")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void tellsThePlansNotesInTheHeader() throws IOException {
        String text = new ARun()
                .with(ARun.trial())
                .notes("2 a slot becomes 4 requests")
                .console(Verbosity.NORMAL);

        assertThat(text).contains("# Journal: out.journal.jsonl\n# Note: 2 a slot becomes 4 requests\n");
    }

    @Test
    void isTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            String arabic = Scenarios.sweep().console(Verbosity.NORMAL);
            Locale.setDefault(Locale.ENGLISH);

            assertThat(arabic).isEqualTo(Scenarios.sweep().console(Verbosity.NORMAL));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void silentSaysNothing() throws IOException {
        assertThat(Scenarios.sweep().console(Verbosity.SILENT)).isEmpty();
    }

    @Test
    void silentStillSaysWhatCouldNotBeWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        console(out, false, Verbosity.SILENT).problem("cannot write out.json: disk full");

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactly("cannot write out.json: disk full");
    }

    @Test
    void extraTellsEachFailedRequest() throws IOException {
        assertThat(Scenarios.sweep().console(Verbosity.EXTRA))
                .contains("# Request 7: http_error, Too Many Requests\n")
                .contains("# Request 67: http_error, Too Many Requests\n");
        assertThat(Scenarios.sweep().console(Verbosity.NORMAL)).doesNotContain("# Request 7");
    }

    @Test
    void tellsARunInOtherToolsWordsWhereAsked() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);

        Scenarios.closedLoop().tell(new ConsoleReport(Screen.of(text), Verbosity.NORMAL, List.of(Dialect.values())));

        Golden.check("console-dialects.txt", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTerminalShowsProgressInPlaceAndWipesIt() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConsoleReport console = started(out, true);

        console.progress(9, OptionalLong.of(40), Duration.ofSeconds(3));
        console.progress(10, OptionalLong.of(40), Duration.ofSeconds(5));
        console.written(ResultFormat.CSV, Path.of("out.csv"));

        String first = "Iteration   1: 9 of 40 requests, 00:00:03 elapsed, ETA 00:00:10";
        String second = "Iteration   1: 10 of 40 requests, 0.500/s, 00:00:05 elapsed, ETA 00:00:15";
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r" + first + "\r" + second + "\r" + " ".repeat(second.length()) + "\r"
                        + "\n# Result: out.csv (csv)\n");
    }

    @Test
    void elsewhereProgressIsALineEachTenSeconds() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConsoleReport console = started(out, false);

        for (int second = 1; second <= 25; second++) {
            console.progress(second, OptionalLong.of(40), Duration.ofSeconds(second));
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "# Iteration   1: 10 of 40 requests, 1.00/s, 00:00:10 elapsed, ETA 00:00:30",
                        "# Iteration   1: 20 of 40 requests, 1.00/s, 00:00:20 elapsed, ETA 00:00:20");
    }

    @Test
    void anIterationOfATimeHasNoEta() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        started(out, false).progress(1_234, OptionalLong.empty(), Duration.ofSeconds(70));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("# Iteration   1: 1,234 requests, 00:01:10 elapsed");
    }

    @Test
    void aReplayWithoutASuccessLeavesTheOverheadUnknown() throws IOException {
        ARun run = Scenarios.closedLoop()
                .overhead(new ClientOverhead.Builder(Percentiles.STANDARD).ofReplay(4, 0.31, List.of()));

        assertThat(run.console(Verbosity.NORMAL))
                .contains("# Client overhead: not known: no request of the local replay succeeded\n")
                .doesNotContain("client  ");
    }

    @Test
    void onlyAReplayOfABusyMachineInWhichNothingWasEasierIsCalledAnUpperBound() throws IOException {
        assertThat(replayed(0.85, true))
                .doesNotContain("upper bound")
                .contains("machine CPU 85 %\n# Replay: not as in");
        assertThat(replayed(0.5, false))
                .doesNotContain("upper bound")
                .contains("machine CPU 50 %\n# Replay: not as in");
        assertThat(unwrapped(replayed(0.85, false)))
                .contains(
                        "# Client overhead: rows \"client\", in a local replay of 4 streams; excludes the network and the"
                                + " workload's own code; machine CPU 85 %, and nothing was easier than in the run: an upper bound"
                                + " # Replay: not as in the run: so it was");
    }

    private static String replayed(double machineShare, boolean easier) throws IOException {
        ClientOverhead.Builder builder = new ClientOverhead.Builder(Percentiles.STANDARD);
        builder.add(ARequest.metronome(0, 50, 10, 5).late(1).record(), 4);
        List<ClientOverhead.Difference> differs = List.of(new ClientOverhead.Difference("length", easier, "so it was"));
        return Scenarios.closedLoop()
                .overhead(builder.ofReplay(4, machineShare, differs))
                .console(Verbosity.NORMAL);
    }

    private static String unwrapped(String text) {
        return text.replaceAll("\n# +(?=[a-z])", " ").replaceAll("\\s+", " ");
    }

    @Test
    void aRunWithoutAMeasuredIterationSaysSo() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial())
                .with(ARequest.metronome(0, 50, 10, 5).of(0, true, 0).record())
                .incomplete("interrupted");

        assertThat(run.console(Verbosity.NORMAL))
                .endsWith("\n# Run NOT complete: interrupted. What there is:\n\nNo measured iteration has run.\n");
    }

    @Test
    void aTrialWhoseWarmupFailsIsSaidToBeGivenUpWhereAnotherFollows() throws IOException {
        RequestRecord refused = ARequest.sent(0)
                .of(0, true, 0)
                .failed(Outcome.HTTP_ERROR, 429, "Too Many Requests")
                .end(10)
                .record();
        ARun alone = new ARun().with(ARun.trial()).with(refused);
        ARun swept = new ARun()
                .pause(Duration.ofSeconds(90))
                .with(ARun.trial().gpus(8))
                .with(ARun.trial().load(new Load.Closed(8)))
                .with(refused);

        assertThat(swept.console(Verbosity.NORMAL))
                .contains("\n# Pause: 90 s between trials\n")
                .contains("\n# GPUs: 8\n")
                .contains("\n#   No request succeeded: nothing is measured, and the next trial follows\n")
                .contains("\nNot measured: concurrency 4, because no request of its warm-up succeeded\n");
        assertThat(alone.console(Verbosity.NORMAL)).doesNotContain("the next trial follows");
    }

    private static ConsoleReport started(ByteArrayOutputStream out, boolean terminal) {
        ConsoleReport console = console(out, terminal, Verbosity.NORMAL);
        RunHeader header = new ARun().with(ARun.trial()).header();
        console.runStarted(header);
        console.trialStarted(header.trial(0));
        console.iterationStarted(header.trial(0), false, 0);
        out.reset();
        return console;
    }

    private static ConsoleReport console(ByteArrayOutputStream out, boolean terminal, Verbosity verbosity) {
        PrintStream text = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new ConsoleReport(new Screen(text, terminal, new Page(80)), verbosity, List.of());
    }
}
