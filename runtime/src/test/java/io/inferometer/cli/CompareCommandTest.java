package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.plan.Plan;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.InParts;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.ARequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of 8 slots whose requests take 50 ms to a first token and 100 ms for each of nine others, times a factor each. */
class CompareCommandTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path directory;

    private final CommandLineRun line = new CommandLineRun();
    private int seed;
    private int requests = 160;

    @Test
    void runsOfOneThingPass() throws IOException {
        assertThat(line.run("compare", side(1, 1.001, 0.999), side(1.0005, 1, 0.9995)))
                .as(line.err())
                .isZero();
        assertThat(line.out()).isEqualTo("""

                        # Judged: B beside A

                        Figure                     A      B  Units  difference  95 % interval  margin  forks  Verdict
                        ttft.p99                50.0   50.0     ms      +0.0 %   -0.2 to +0.2    10 %      -  same
                        tpot.p50               100.0  100.0     ms      +0.0 %   -0.2 to +0.2     5 %      -  same
                        outputTokensPerSecond   84.2   84.2    1/s      +0.0 %   -0.2 to +0.2     5 %      -  same

                          drift not controlled: the sides ran at different times, and what changed between these is in the difference
                        # Verdict: pass
                        """);
    }

    @Test
    void aSideThatIsSlowerByMoreThanTheMarginIsARegression() throws IOException {
        assertThat(line.run("compare", side(1, 1.001, 0.999), side(1.081, 1.08, 1.079)))
                .isEqualTo(5);
        assertThat(line.out()).contains("# Verdict: fail: tpot.p50, outputTokensPerSecond\n");
    }

    @Test
    void journalsInPartsAreJudgedAsTheyAreInOne() throws IOException {
        String a = side(1, 1.001, 0.999);
        String b = side(1.081, 1.08, 1.079);
        assertThat(line.run("compare", a, b)).isEqualTo(5);
        for (String side : List.of(a, b)) {
            for (String journal : side.split(",")) {
                InParts.put(Path.of(journal), 7);
            }
        }
        CommandLineRun parted = new CommandLineRun();

        assertThat(parted.run("compare", a, b)).as(parted.err()).isEqualTo(5);

        assertThat(parted.out()).isEqualTo(line.out());
    }

    @Test
    void resultsAsJsonAreJudgedAsTheirJournalsAre() throws IOException {
        String a = side(1, 1.001, 0.999);
        String b = side(1.081, 1.08, 1.079);
        assertThat(line.run("compare", a, b)).isEqualTo(5);
        CommandLineRun results = new CommandLineRun();

        assertThat(results.run("compare", results(a), results(b)))
                .as(results.err())
                .isEqualTo(5);

        assertThat(results.out()).isEqualTo(line.out());
    }

    @Test
    void aResultAndAJournalAreCompared() throws IOException {
        assertThat(line.run("compare", results(side(1, 1.001, 0.999)), side(1.0005, 1, 0.9995)))
                .as(line.err())
                .isZero();
    }

    @Test
    void whatAResultDoesNotHoldIsSaid() throws IOException {
        String a = results(side(1, 1.001, 0.999));
        String first = a.split(",")[0];

        assertThat(said(a, a.replace("result1", "other"), "--slo", "ttft=200"))
                .isEqualTo(
                        first + " is a result, whose goodput is by the limits of its run; give its journal to judge by"
                                + " --slo");
        assertThat(said(a, "b.json", "--gate", "ttft.p98 5%"))
                .isEqualTo(
                        first + " is a result that has no p98, which its run was not asked for by --percentiles; give"
                                + " its journal");
        assertThat(said(changed(first, "\"definitions\": 2", "\"definitions\": 1"), "b.json"))
                .isEqualTo(first
                        + ": its figures are by version 1 of their definitions, and today's are 2; give the journal"
                        + " of its run, which is computed anew");
        assertThat(said(changed(first, "\"schemaVersion\": 2", "\"schemaVersion\": 1"), "b.json"))
                .isEqualTo(first + ": its version is 1, and 2 is read; give the journal of its run");
        assertThat(said(changed(first, "\"iterations\": [", "\"others\": ["), "b.json"))
                .startsWith(first + ": ");
        Files.writeString(Path.of(first), Files.readString(Path.of(first)).substring(0, 5_000));
        assertThat(said(first, "b.json")).startsWith(first + " is no whole JSON, line ");
    }

    private String said(String... words) {
        CommandLineRun refused = new CommandLineRun();
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(words));
        assertThat(refused.run(all.toArray(String[]::new))).isEqualTo(2);
        return refused.err().replaceFirst("^inferometer: ", "").strip();
    }

    private static String changed(String file, String from, String to) throws IOException {
        Path path = Path.of(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replaceFirst(Pattern.quote(from), to));
        return file;
    }

    /** The native results of journals. */
    private String results(String journals) {
        List<String> results = new ArrayList<>();
        for (String journal : journals.split(",")) {
            String result = directory.resolve("result" + ++seed + ".json").toString();
            CommandLineRun report = new CommandLineRun();
            assertThat(report.run("report", journal, "-rff", result))
                    .as(report.err())
                    .isZero();
            results.add(result);
        }
        return String.join(",", results);
    }

    @Test
    void aSideThatIsFasterByMorePassesAndIsNotEquivalent() throws IOException {
        String slow = side(1.081, 1.08, 1.079);
        String fast = side(1, 1.001, 0.999);

        assertThat(line.run("compare", slow, fast)).isZero();
        assertThat(line.run("compare", "--equivalent", slow, fast)).isEqualTo(5);
    }

    @Test
    void forksThatScatterTellNothing() throws IOException {
        assertThat(line.run("compare", side(0.8, 1, 1.2), side(1.2, 0.8, 1.01))).isEqualTo(6);
        assertThat(line.out()).contains("can't tell: ttft.p99, tpot.p50, outputTokensPerSecond");
    }

    @Test
    void fewerThanThreeForksAreRefused() throws IOException {
        assertThat(line.run("compare", side(1, 1, 1), side(1, 1))).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: A and B can't be judged: B has 2 whole forks, and 3 are the least that can be"
                        + " judged: run it with -f 5, or give several runs of it with commas between\n");
    }

    @Test
    void whatIsUnlikeIsRefusedByNameUnlessItIsAllowed() throws IOException {
        String a = side(1, 1.001, 0.999);
        String b = side(1, 1.001, 0.999);
        for (String file : b.split(",")) {
            Path path = Path.of(file);
            Files.writeString(path, Files.readString(path).replaceFirst("\"model\":\"m\"", "\"model\":\"other\""));
        }

        assertThat(line.run("compare", a, b)).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo(
                        "inferometer: A and B can't be judged: model: m and other; --allow-unlike model judges all the"
                                + " same\n");
        assertThat(line.run("compare", a, b, "--allow-unlike", "model")).isZero();
        assertThat(line.out()).contains("unlike, as allowed: model: m and other\n");
    }

    @Test
    void aNamedGateThatTheSampleCantCarryIsRefused() throws IOException {
        assertThat(line.run("compare", side(1, 1, 1), side(1, 1, 1), "--gate", "ttft.p99.9 20%"))
                .isEqualTo(2);
        assertThat(line.err())
                .isEqualTo(
                        "inferometer: A and B can't be judged: ttft.p99.9: it takes 1000 values in each iteration, and some"
                                + " have fewer\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--gate; ttft; --gate: ttft is no figure;",
                "--gate; ttft.p99 0%; --gate: 0% is not a margin above 0% and up to 100%, such as 5%",
                "--gate; ttft.p99 5; --gate: 5 is not a margin above 0% and up to 100%, such as 5%",
                "--gate; ttft.p99,ttft.p99 5%; --gate: ttft.p99 is there twice",
                "--margin; x; --margin: x is not a margin above 0% and up to 100%, such as 5%",
                "--allow-unlike; colour; --allow-unlike colour is none of workload, params,",
                "-rf; json; what is judged is written as -rf junit, markdown or html",
            })
    void whatIsNotUnderstoodIsSaid(String option, String value, String message) throws IOException {
        assertThat(line.run("compare", "a.jsonl", "b.jsonl", option, value)).isEqualTo(2);
        assertThat(line.err()).startsWith("inferometer: " + message);
    }

    @Test
    void aFileThatIsGivenTwiceIsRefused() throws IOException {
        String a = side(1, 1, 1);

        assertThat(line.run("compare", a, a)).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + a.split(",")[0]
                        + " is given twice: what is counted twice looks more certain than it is\n");
    }

    @Test
    void aCopyOfAFileIsNoOtherRun() throws IOException {
        Path first = journal(1);
        Path copy = Files.copy(first, directory.resolve("copy.jsonl"));

        assertThat(said(first + "," + copy + "," + journal(1.001), side(1, 1, 1)))
                .isEqualTo(copy + " is the run of " + first
                        + " again: what is counted twice looks more certain than it is");
    }

    @Test
    void aRunIsNoOtherWhereItsResultIsGivenBesideItsJournal() throws IOException {
        Path first = journal(1);
        Files.writeString(
                first,
                Files.readString(first)
                        .replaceFirst(
                                "\"clock\":(null|\\{[^}]*})",
                                "\"clock\":{\"bootId\":\"x\",\"wallNanos\":5,\"nanoTime\":7}"));
        String result = results(first.toString());

        assertThat(said(first + "," + result, side(1, 1, 1)))
                .isEqualTo(result + " is the run of " + first
                        + " again: what is counted twice looks more certain than it is");
    }

    @Test
    void iterationsOfAnotherLengthAreUnlike() throws IOException {
        String a = side(1, 1.001, 0.999);
        requests = 240;
        String b = side(1, 1.001, 0.999);

        assertThat(said(a, b))
                .isEqualTo("A and B can't be judged: extent: iterations of 160 requests and iterations of 240 requests;"
                        + " --allow-unlike extent judges all the same");
        assertThat(line.run("compare", a, b, "--allow-unlike", "extent")).isZero();
    }

    @Test
    void writesTestCasesAndAText() throws IOException {
        Path xml = directory.resolve("gates.xml");
        Path text = directory.resolve("gates.md");

        line.run(
                "compare",
                side(1, 1.001, 0.999),
                side(1.081, 1.08, 1.079),
                "-rf",
                "junit",
                "-rff",
                xml.toString(),
                "-rf",
                "markdown",
                "-rff",
                text.toString());

        assertThat(Files.readString(xml))
                .contains("tests=\"3\" failures=\"2\" errors=\"0\"")
                .contains("<failure type=\"fail\" message=\"fail: tpot.p50, outputTokensPerSecond\">");
        assertThat(Files.readString(text))
                .startsWith("### B beside A\n\n**fail: tpot.p50, outputTokensPerSecond**\n\n| Figure | A | B |");
    }

    /** A journal for each factor, with commas between. */
    private String side(double... factors) throws IOException {
        List<String> files = new ArrayList<>();
        for (double factor : factors) {
            files.add(journal(factor).toString());
        }
        return String.join(",", files);
    }

    private Path journal(double factor) throws IOException {
        CommandLineRun run = new CommandLineRun();
        seed++;
        run.run("-p", "isl=1", "--no-journal", "--concurrency", "8", "--requests", "" + requests, "--seed", "" + seed);
        Plan plan = run.plan;
        Path path = directory.resolve(seed + ".jsonl");
        try (Journal written = Journal.create(path, RunHeader.of(plan).toMap(), false)) {
            written.iterationStarted(new IterationSpan(0, 0, false, 0, 0, RequestRecord.ABSENT));
            for (int i = 0; i < requests; i++) {
                double sent = i / 8 * 950 * factor;
                written.append(ARequest.metronome(sent, 50 * factor, 100 * factor, 10)
                        .index(i)
                        .slot(i % 8)
                        .end(sent + 950 * factor)
                        .record());
            }
            written.iterationEnded(new IterationSpan(0, 0, false, 0, 0, requests / 8 * SECOND), Map.of());
            written.close(true, "");
        }
        return path;
    }
}
