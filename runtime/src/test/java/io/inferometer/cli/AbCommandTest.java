package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.plan.Plan;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Trial;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.RunEnd;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of 8 slots whose requests take 50 ms to a first token and 100 ms for each of nine others, times a factor each. */
class AbCommandTest {
    private static final double[] ALIKE = {1, 1.001, 0.999};
    private static final double[] SLOWER = {1.081, 1.08, 1.079};

    @TempDir
    Path directory;

    private final CommandLineRun line = new CommandLineRun();

    @Test
    void bothSidesArePlannedBeforeAnythingIsSent() {
        line.requests(records(ALIKE, ALIKE));

        run("--concurrency", "8", "--a", "--transport jdk", "--b", "--transport nio --model other", "-f", "3");

        Plan plan = line.plan;
        assertThat(plan.trials()).extracting(Trial::index).containsExactly(0, 1);
        assertThat(plan.trials())
                .extracting(trial -> trial.side().orElseThrow().letter())
                .containsExactly(Trial.Letter.A, Trial.Letter.B);
        assertThat(plan.trials())
                .extracting(
                        trial -> trial.side().orElseThrow().client().transport().kind())
                .containsExactly(Plan.Transport.Kind.JDK, Plan.Transport.Kind.NIO);
        assertThat(plan.trials())
                .extracting(trial -> trial.everyRequest().model())
                .containsExactly("m", "other");
        assertThat(plan.trials()).extracting(trial -> trial.forks().count()).containsExactly(3, 3);
        assertThat(plan.judgement().beside().orElseThrow().differences())
                .containsExactly(
                        "--model: not given in A, other in B (--b)", "--transport: jdk in A (--a), nio in B (--b)");
    }

    @Test
    void aSideHasFiveForksWhereNobodySays() {
        run("--concurrency", "8");

        assertThat(line.plan.trials())
                .extracting(trial -> trial.forks().count())
                .containsExactly(5, 5);
    }

    @Test
    void whatASideIsGivenIsToldAsItsOwnAndTheUsualForksAsGivenByNobody() {
        run("--concurrency", "8", "--b", "--transport nio");

        assertThat(line.plan.settings())
                .contains(
                        new SettingSource("--concurrency", "8", "given"),
                        new SettingSource("--transport", "nio", "given for B"))
                .noneMatch(setting -> setting.name().equals("-f"));
    }

    @Test
    void whatIsGivenTwiceIsTheSides() {
        line.requests(records(ALIKE, ALIKE));

        run(
                "--concurrency",
                "8",
                "--header",
                "X-Team: a",
                "--header",
                "X-Of: both",
                "--b",
                "--rate 5 --header 'x-team: b'");

        assertThat(line.err()).doesNotContain("two values");
        assertThat(line.plan.trials().get(0).schedule().load()).isEqualTo(new Load.Closed(8));
        assertThat(line.plan.trials().get(1).schedule().load()).isInstanceOf(Load.Open.class);
        assertThat(line.plan.trials().get(0).everyRequest().headers()).containsEntry("X-Team", "a");
        assertThat(line.plan.trials().get(1).everyRequest().headers())
                .containsEntry("x-team", "b")
                .containsEntry("X-Of", "both")
                .doesNotContainKey("X-Team");
        assertThat(String.join(
                        "\n", line.plan.judgement().beside().orElseThrow().differences()))
                .contains("--header: X-Team: ..., X-Of: ... in A (for both), X-Of: ..., x-team: ... in B (--b)")
                .contains("--concurrency: 8 in A (for both), not given in B");
    }

    @Test
    void stagesOfASideTakeThePlaceOfTheLoadOfBoth() {
        run("--concurrency", "8", "--b", "--stages '4 30s, 8 30s'");

        assertThat(line.err()).doesNotContain("--stages");
        assertThat(line.plan.trials().get(0).schedule().load()).isEqualTo(new Load.Closed(8));
        assertThat(line.plan.trials().get(1).schedule().load()).isInstanceOf(StagedLoad.class);
    }

    @Test
    void eachLoadOfASweepIsJudged() {
        run("--concurrency", "4,8");

        assertThat(line.plan.trials())
                .extracting(trial ->
                        trial.index() + " " + trial.side().orElseThrow().letter() + " "
                                + ((Load.Closed) trial.schedule().load()).concurrency())
                .containsExactly("0 A 4", "1 B 4", "2 A 8", "3 B 8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "--model 'x; --a: a quote ' is not closed in --model 'x",
                "--modell x; --a: there is no option --modell; did you mean --model?",
                "-f 3; --a: -f can't differ between the sides; give it outside of --a and --b",
                "--seed 3; --a: --seed can't differ between the sides; give it outside of --a and --b",
                "--journal x; --a: --journal can't differ between the sides; give it outside of --a and --b",
                "-rf json -rff x; --a: -rff can't differ between the sides; give it outside of --a and --b",
                "--agents a:1; --a: --agents: ab has no agents; both sides are measured from this machine",
                "--resume x; --a: there is one journal, so --resume can't differ; give it outside of --a and --b",
                "Other; --a: Other is no option, and both sides run one workload; give it outside of --a and --b",
                "--help; --a: ab --help tells what there is",
                "--concurrency x; A: --concurrency x: x is not a whole number of at least 1",
                "--concurrency 4,8; A has 2 trials and B 1: each of A's is judged beside one of B's, so both have to have as"
                        + " many loads and values of parameters",
            })
    void whatASideCantHaveIsRefusedByName(String side, String message) {
        assertThat(run("--concurrency", "8", "--a", side)).isEqualTo(2);
        assertThat(line.err()).startsWith("inferometer: " + message);
        assertThat(line.plan).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "-f; 2; -f 2: 3 forks a side are the least that can be judged; 5 are usual",
                "--gate; ttft.p98; --gate ttft.p98: name this percentile in --percentiles too",
                "--gate; goodput; --gate goodput: Hello has no limits to meet; give --slo ttft=200,tpot=20",
                "--gate; ttft.p99; --gate ttft.p99: it takes 100 requests in an iteration, and Hello has 80; give --requests"
                        + " 100 or more, or another percentile",
                "--gate; itemsPerSecond; --gate itemsPerSecond: answers of Hello are text, and have no items",
                "--gate; x; --gate: x is no figure;",
                "--margin; x; --margin: x is not a margin above 0% and up to 100%, such as 5%",
                "--allow-unlike; colour; --allow-unlike colour is none of workload, params,",
            })
    void whatTheForksCouldNotTellIsRefusedBeforeThem(String option, String value, String message) {
        assertThat(run("--concurrency", "8", option, value)).isEqualTo(2);
        assertThat(line.err()).startsWith("inferometer: " + message);
        assertThat(line.plan).isNull();
    }

    @Test
    void aThingBesideItselfPasses() {
        line.requests(records(ALIKE, ALIKE));

        assertThat(run("--concurrency", "8", "--requests", "160", "-f", "3"))
                .as(line.err())
                .isZero();
        assertThat(line.out()).endsWith("""

                # Judged: B beside A

                  A and B differ in nothing that was asked for

                Figure                     A      B  Units  difference  95 % interval  margin  forks  Verdict
                ttft.p99                50.0   50.0     ms      +0.0 %   +0.0 to +0.0    10 %      -  same
                tpot.p50               100.0  100.0     ms      +0.0 %   +0.0 to +0.0     5 %      -  same
                outputTokensPerSecond   84.2   84.2    1/s      +0.0 %   +0.0 to +0.0     5 %      -  same

                  paired: each fork of B beside the one of A that it took turns with, so that drift falls on both
                # Verdict: pass
                """);
    }

    @Test
    void aSideThatIsSlowerIsARegressionInEveryForm() throws IOException {
        line.requests(records(ALIKE, SLOWER));
        Path json = directory.resolve("ab.json");
        Path xml = directory.resolve("ab.xml");
        Path text = directory.resolve("ab.md");

        int status = run(
                "--concurrency",
                "8",
                "--requests",
                "160",
                "-f",
                "3",
                "--b",
                "--model slow",
                "-rf",
                "json",
                "-rff",
                json.toString(),
                "-rf",
                "junit",
                "-rff",
                xml.toString(),
                "-rf",
                "markdown",
                "-rff",
                text.toString());

        assertThat(status).isEqualTo(5);
        assertThat(line.err())
                .isEqualTo("inferometer: B does not hold beside A: fail: tpot.p50, outputTokensPerSecond\n");
        assertThat(line.out())
                .contains("# A and B differ in --model: not given in A, slow in B (--b)\n")
                .contains("# Fork: 1 of 3 of A, 0 % complete\n")
                .contains("# Fork: 2 of 3 of B, 33 % complete, ETA ")
                .contains("Side  Workload  (concurrency)")
                .contains("# Verdict: fail: tpot.p50, outputTokensPerSecond\n");
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertThat(result.at("/trials/0/trial/side").asText()).isEqualTo("a");
        assertThat(result.at("/trials/1/trial/side").asText()).isEqualTo("b");
        assertThat(result.at("/trials/1/summary/requests/total").asInt()).isEqualTo(480);
        assertThat(result.at("/beside/result").asText()).isEqualTo("fail");
        assertThat(result.at("/beside/rows/1/figure").asText()).isEqualTo("tpot.p50");
        assertThat(result.at("/beside/rows/1/difference").asDouble()).isBetween(0.07999, 0.08001);
        assertThat(result.at("/beside/rows/1/finding").asText()).isEqualTo("worse");
        assertThat(Files.readString(xml)).contains("tests=\"3\" failures=\"2\" errors=\"0\"");
        assertThat(Files.readString(text))
                .contains("### Inferometer")
                .contains("**fail: tpot.p50, outputTokensPerSecond**");
    }

    @Test
    void whatDriftsWithBothSidesIsInNoDifference() {
        line.requests(records(new double[] {1, 1.2, 1.5}, new double[] {1.001, 1.199, 1.5}));

        assertThat(run("--concurrency", "8", "--requests", "160", "-f", "3")).isZero();
    }

    @Test
    void forksThatScatterTellNothing() {
        line.requests(records(new double[] {0.8, 1, 1.2}, new double[] {1.2, 0.8, 1.01}));

        assertThat(run("--concurrency", "8", "--requests", "160", "-f", "3")).isEqualTo(6);
        assertThat(line.err())
                .isEqualTo("inferometer: whether B holds beside A is not proven: can't tell: ttft.p99, tpot.p50,"
                        + " outputTokensPerSecond\n");
    }

    @Test
    void aRunThatDidNotComeToItsEndHasNoVerdict() {
        line.requests(records(ALIKE, ALIKE)).incomplete(new RunEnd.Broken("fork 2 of 3 of B was killed by signal 9"));

        assertThat(run("--concurrency", "8", "--requests", "160", "-f", "3")).isEqualTo(1);
        assertThat(line.out())
                .contains(
                        "  nothing is judged: incomplete: a run of A did not come to its end; --allow-unlike incomplete"
                                + " judges all the same\n# Verdict: nothing could be judged\n");
        assertThat(line.err())
                .isEqualTo("inferometer: the run is not complete: fork 2 of 3 of B was killed by signal 9\n");
    }

    @Test
    void anInterruptedRunHasNone() {
        line.requests(records(ALIKE, ALIKE)).incomplete(RunEnd.INTERRUPTED);

        assertThat(run("--concurrency", "8", "--requests", "160", "-f", "3")).isEqualTo(130);
    }

    @Test
    void aSideIsOneWordThatMayLookLikeAnOptionAndIsGivenOnce() {
        assertThat(run("--concurrency", "8", "--a=-i 2", "--b", "-i 2")).isNotEqualTo(2);
        assertThat(line.plan.trials().get(0).schedule().measurement().count()).isEqualTo(2);
        assertThat(line.plan.trials().get(1).schedule().measurement().count()).isEqualTo(2);

        CommandLineRun twice = new CommandLineRun();
        assertThat(twice.run("ab", "Hello", "--a", "-i 2", "--a", "-i 3")).isEqualTo(2);
        assertThat(twice.err()).isEqualTo("inferometer: --a is given twice\n");
        CommandLineRun none = new CommandLineRun();
        assertThat(none.run("ab", "Hello", "--b")).isEqualTo(2);
        assertThat(none.err()).isEqualTo("inferometer: --b needs a value: --b 'OPTIONS'\n");
    }

    @Test
    void theJournalTellsTheVerdictAgain() throws IOException {
        Path journal = journal(ALIKE, SLOWER, "--gate", "tpot.p50 5%", "--require", "tpot.p50 <= 104ms");

        CommandLineRun report = new CommandLineRun();
        assertThat(report.run("report", journal.toString())).as(report.err()).isZero();
        assertThat(report.out())
                .contains("# Judged: what was required\n")
                .contains("# Verdict: fail: tpot.p50 <= 104ms (B)\n")
                .endsWith("# Verdict: fail: tpot.p50\n");
    }

    @Test
    void thePairsOfAJournalAreJudgedByOtherGates() throws IOException {
        Path journal = journal(ALIKE, SLOWER, "--gate", "tpot.p50 5%");

        assertThat(line.run("compare", journal.toString())).isEqualTo(5);
        assertThat(line.out()).contains("# Verdict: fail: tpot.p50\n").contains("  paired: ");
        assertThat(new CommandLineRun().run("compare", journal.toString(), "--gate", "tpot.p50 10%"))
                .isZero();
    }

    @Test
    void aSideOfAJournalIsComparedWithAnotherRun() throws IOException {
        Path one = journal(ALIKE, SLOWER);
        Path other = journal(SLOWER, ALIKE);

        assertThat(line.run("compare", one + "#b", other + "#a")).as(line.err()).isZero();
        assertThat(line.out()).contains("drift not controlled");
        assertThat(new CommandLineRun().run("compare", one + "#a", one + "#b")).isEqualTo(5);

        CommandLineRun whole = new CommandLineRun();
        assertThat(whole.run("compare", one.toString(), other + "#a")).isEqualTo(2);
        assertThat(whole.err())
                .isEqualTo("inferometer: " + one + " holds both sides of ab: " + one + "#a and " + one
                        + "#b are one each, and compare " + one + " alone judges its pairs\n");
    }

    @Test
    void theWorkloadHasToBeNamed() {
        assertThat(line.run("ab", "--no-journal")).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: WORKLOAD is missing; ab --help tells what there is\n");
    }

    private Path journal(double[] a, double[] b, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "ab", "Hello", "-p", "isl=1", "--no-journal", "--concurrency", "8", "--requests", "160", "-f", "3"));
        all.addAll(List.of(words));
        CommandLineRun run = new CommandLineRun();
        run.run(all.toArray(String[]::new));
        Path path = Files.createTempFile(directory, "ab", ".journal.jsonl");
        try (Journal written = Journal.create(path, RunHeader.of(run.plan).toMap(), true)) {
            for (RequestRecord record : records(a, b)) {
                if (record.index() == 0) {
                    written.iterationStarted(span(record, RequestRecord.ABSENT));
                }
                written.append(record);
                if (record.index() == 159) {
                    written.iterationEnded(span(record, record.endNanos()), Map.of());
                }
            }
            written.close(true, "");
        }
        return path;
    }

    private static IterationSpan span(RequestRecord record, long end) {
        return new IterationSpan(record.trial(), record.fork(), false, 0, record.sentNanos(), end);
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("ab", "Hello", "-p", "isl=1", "--no-journal"));
        all.addAll(List.of(words));
        return line.run(all.toArray(String[]::new));
    }

    /** The records of three forks of each side, in turns. */
    private static RequestRecord[] records(double[] a, double[] b) {
        List<RequestRecord> records = new ArrayList<>();
        double begin = 0;
        for (int fork = 0; fork < a.length; fork++) {
            for (int turn = 0; turn < 2; turn++) {
                int trial = (fork + turn) % 2;
                double factor = (trial == 0 ? a : b)[fork];
                for (int i = 0; i < 160; i++) {
                    double sent = begin + i / 8 * 950 * factor;
                    records.add(ARequest.metronome(sent, 50 * factor, 100 * factor, 10)
                            .of(trial, false, 0)
                            .fork(fork)
                            .index(i)
                            .slot(i % 8)
                            .end(sent + 950 * factor)
                            .record());
                }
                begin += 25_000;
            }
        }
        return records.toArray(RequestRecord[]::new);
    }
}
