package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.plan.Plan;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.InParts;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.RunReport;
import io.inferometer.report.header.RunHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
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
    void showsTheSameOfAJournalInParts() throws IOException {
        CommandLineRun run = new CommandLineRun().requests(REQUESTS.toArray(RequestRecord[]::new));
        run.run("-p", "isl=1", "--no-journal");
        write(run.plan, true, "");
        InParts.put(journal, 1);

        int status = line.run("report", journal.toString());

        assertThat(line.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(line.out()).isEqualTo(run.out());
        assertThat(journal.resolveSibling(journal.getFileName() + ".2.gz")).exists();
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
    void aForkThatWasGoneOnWithBehindAnotherIsShownAsOne() throws IOException {
        CommandLineRun run = new CommandLineRun();
        run.run("-p", "isl=1", "--no-journal", "-f", "2");
        IterationSpan first = new IterationSpan(0, 0, false, 0, 0, RequestRecord.ABSENT);
        IterationSpan second = new IterationSpan(0, 1, false, 0, 1_000, RequestRecord.ABSENT);
        try (Journal written = Journal.create(journal, RunHeader.of(run.plan).toMap(), false)) {
            written.iterationStarted(first);
            written.append(Requests.success(0));
            written.iterationStarted(second);
            written.append(Requests.success(0).moved(1, 1_000));
            written.append(Requests.success(1).moved(1, 1_000));
            written.iterationEnded(second.moved(1, 1_000), Map.of());
            written.iterationStarted(first.moved(0, 2_000));
            written.append(Requests.success(1).moved(0, 2_000));
            written.iterationEnded(new IterationSpan(0, 0, false, 0, 2_000, 3_000), Map.of());
            written.close(true, "");
        }

        int status = line.run("report", journal.toString());

        assertThat(status).isZero();
        assertThat(line.out())
                .containsSubsequence(
                        "# Fork: 1 of 2",
                        "# Iteration   1: interrupted, and gone on with",
                        "Iteration   1:",
                        "# Fork: 2 of 2",
                        "Iteration   1:",
                        "over the means of 2 forks");
    }

    @Test
    void saysWhichAnswersNobodyCanCheckAgain() throws IOException {
        CommandLineRun run = new CommandLineRun();
        run.run("-p", "isl=1", "--no-journal");
        try (Journal written = Journal.create(journal, RunHeader.of(run.plan).toMap(), false)) {
            written.iterationStarted(new IterationSpan(0, 0, false, 0, 0, RequestRecord.ABSENT));
            written.append(Requests.success(0), new AnswerTexts("a", "", true));
            written.append(Requests.success(1), new AnswerTexts("b", "", true));
            written.checked(Requests.success(1));
        }
        String className = run.plan.trials().get(0).binding().descriptor().className();
        String unchecked = "inferometer: 1 answer is not checked, and counted as right: ";

        assertThat(line.run("report", journal.toString())).isZero();
        assertThat(line.err()).isEqualTo(unchecked + "the workload Hello of this jar checks none\n");
        assertThat(line.out()).contains("2 requests");

        CommandLineRun without = new CommandLineRun().workloads();
        assertThat(without.run("report", journal.toString())).isZero();
        assertThat(without.err()).isEqualTo(unchecked + "there is no workload " + className + " in this jar\n");
    }

    @Test
    void showsTrialsWithForksAndWithoutBesideEachOther() throws IOException {
        CommandLineRun run = new CommandLineRun();
        run.run("-p", "isl=1,2", "--no-journal");
        Map<String, Object> header = RunHeader.of(run.plan).toMap();
        try (Journal written = Journal.create(journal, header, false)) {
            for (int trial = 0; trial < 2; trial++) {
                IterationSpan span = new IterationSpan(trial, 0, false, 0, 0, RequestRecord.ABSENT);
                written.iterationStarted(span);
                written.append(Requests.success(trial));
                written.iterationEnded(new IterationSpan(trial, 0, false, 0, 0, 400), Map.of());
            }
            written.close(true, "");
        }
        String[] trials =
                Files.readString(journal).split("(?=\\{\"type\":\"iteration\",\"at\":\"start\",\"trial\":1)", 2);
        // The first of them has a fork, the second has none.
        Files.writeString(
                journal,
                trials[0].replaceFirst("\"forks\":\\{\"count\":0", "\"forks\":{\"count\":1")
                        + trials[1].replace("\"trial\":0", "\"trial\":1"));

        int status = line.run("report", journal.toString());

        assertThat(status).isZero();
        assertThat(line.out())
                .doesNotContain("Not measured")
                .containsSubsequence("Iteration   1: 1 request", "Iteration   1: 1 request");
    }

    @Test
    void anEmptyValueIsNotTakenForNone() throws IOException {
        write(plan(), true, "");
        for (String option : List.of("--slo", "--percentiles")) {
            CommandLineRun empty = new CommandLineRun();

            assertThat(empty.run("report", journal.toString(), option, "")).isEqualTo(2);
            assertThat(empty.err()).isEqualTo("inferometer: " + option + " has no value\n");
        }
        for (String option : List.of("--resume", "--journal")) {
            CommandLineRun empty = new CommandLineRun();

            assertThat(empty.run(option, "", "-p", "isl=1")).isEqualTo(2);
            assertThat(empty.err()).isEqualTo("inferometer: " + option + " has no value\n");
        }
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
                .isEqualTo(
                        "inferometer: a result file holds one run; several are drawn, with -rf html or svg, or converted one"
                                + " by one\n");
    }

    @Test
    void mergesJournalsOfOnePlanIntoForksOfOneRun() throws IOException {
        write(plan(), true, "");
        Path first = Files.copy(journal, directory.resolve("monday.journal.jsonl"));
        Path cut = Files.writeString(
                directory.resolve("cut.jsonl"), Files.readString(journal).replaceFirst("[^\n]+\n$", ""));
        Path csv = directory.resolve("both.csv");

        int status = line.run("report", "--merge", first.toString(), journal.toString(), "-rff", csv.toString());
        CommandLineRun incomplete = new CommandLineRun();
        incomplete.run("report", "--merge", first.toString(), cut.toString());

        assertThat(line.err())
                .isEqualTo(
                        "inferometer: " + first + " and " + journal + " have the same seed, 0, so that the endpoint may"
                                + " have had the prompts of one in its cache from the other; give each run a --seed of its own\n");
        assertThat(status).isZero();
        assertThat(line.out())
                .contains("# Forks: 2, each in a JVM of its own\n")
                .contains("# Fork: 1 of 2\n", "# Fork: 2 of 2\n", "# Run complete.")
                .contains("Failed requests: 2 of 6\n")
                .contains("95 % intervals, Student's t over the means of 2 forks;")
                .doesNotContain("# Comparison");
        assertThat(Files.readAllLines(csv).stream().skip(1).map(row -> row.split(",", -1)[8]))
                .containsExactly("0", "0", "0", "1", "1", "1");
        assertThat(incomplete.out())
                .contains("# Run NOT complete: " + cut + ": the journal was cut off: it has no closing line.");
    }

    @Test
    void endsWithThreeWhereNoRequestOfARunSucceeded() throws IOException {
        write(plan(), true, "");
        Path without = Files.writeString(
                directory.resolve("without.jsonl"),
                Files.readAllLines(journal).stream()
                        .filter(line -> !line.contains("\"outcome\":\"success\""))
                        .collect(Collectors.joining("\n", "", "\n")));

        int alone = line.run("report", without.toString());
        CommandLineRun beside = new CommandLineRun();

        assertThat(alone).isEqualTo(3);
        assertThat(line.err()).isEqualTo("inferometer: none of 1 requests of Hello succeeded: Unauthorized\n");
        assertThat(beside.run("report", journal.toString(), without.toString())).isEqualTo(3);
        assertThat(beside.err()).isEqualTo(line.err());
    }

    @Test
    void leavesToTheRunWhetherTooManyFailed() throws IOException {
        write(plan(), true, "");

        assertThat(line.run("report", journal.toString())).isZero();
        assertThat(line.out()).contains("Failed requests: 1 of 3\n");
    }

    @Test
    void mergesWithoutAWordWhereEachRunHasASeedOfItsOwn() throws IOException {
        write(plan(), true, "");
        Path other = Files.writeString(
                directory.resolve("other.jsonl"), Files.readString(journal).replace("\"seed\":0", "\"seed\":1"));

        assertThat(line.run("report", "--merge", journal.toString(), other.toString()))
                .isZero();
        assertThat(line.err()).isEmpty();
    }

    @Test
    void refusesToMergeWhatIsNotOfOnePlanAndNamesTheDifference() throws IOException {
        write(plan(), true, "");
        Path other = Files.writeString(
                directory.resolve("other.jsonl"),
                Files.readString(journal).replace("\"concurrency\":4", "\"concurrency\":8"));
        String one = journal.toString();

        assertThat(line.run("report", "--merge", one, other.toString())).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + one + " and " + other + " can't be merged: load.concurrency is 4 and 8\n");

        Path another = Files.writeString(
                directory.resolve("another.jsonl"),
                Files.readString(journal).replaceFirst("\"params\":\\{", "\"params\":{\"count\":\"7\","));
        CommandLineRun param = new CommandLineRun();
        assertThat(param.run("report", "--merge", one, another.toString())).isEqualTo(2);
        assertThat(param.err()).endsWith(" can't be merged: params.count is not set and 7\n");

        Path otherwiseShown = Files.writeString(
                directory.resolve("shown.jsonl"),
                Files.readString(journal).replace("\"percentiles\":[50.0,90.0,95.0,99.0]", "\"percentiles\":[50.0]"));
        assertThat(new CommandLineRun().run("report", "--merge", one, otherwiseShown.toString()))
                .isZero();

        CommandLineRun alone = new CommandLineRun();
        assertThat(alone.run("report", "--merge", one)).isEqualTo(2);
        assertThat(alone.err()).isEqualTo("inferometer: --merge needs two journals or more\n");

        CommandLineRun twice = new CommandLineRun();
        String again = directory + "/./" + journal.getFileName();
        assertThat(twice.run("report", "--merge", one, other.toString(), again)).isEqualTo(2);
        assertThat(twice.err()).isEqualTo("inferometer: --merge: " + again + " is given twice\n");
    }

    @Test
    void computesGoodputByOtherLimits() throws IOException {
        write(plan(), true, "");

        line.run("report", journal.toString(), "--slo", "ttft=10000");

        assertThat(line.out()).contains("# Objective: ttft <= 10000 ms\n").contains("Goodput, requests/s");
        CommandLineRun wrong = new CommandLineRun();
        assertThat(wrong.run("report", journal.toString(), "--slo", "ttft=fast"))
                .isEqualTo(2);
        assertThat(wrong.err()).startsWith("inferometer: --slo ttft=fast: ").hasLineCount(1);
    }

    @Test
    void showsOtherPercentiles() throws IOException {
        write(plan(), true, "");
        Path json = directory.resolve("other.json");

        int exit = line.run("report", journal.toString(), "--percentiles", "99.99,50,0.1", "-rff", json.toString());

        assertThat(exit).isZero();
        assertThat(line.out()).containsPattern("Metric, ms +n +p0\\.1 +p50 +p99\\.99 +mean\n");
        assertThat(line.out().replaceAll("\\s+", " "))
                .containsPattern("\\* p0\\.1, p99\\.99 of .* and it takes 1,000, 10,000 to tell them from the least and"
                        + " the greatest")
                .contains(
                        "client-unmeasured the client's own part is not known: the run was interrupted before the replay"
                                + " that measures it");
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertThat(result.at("/run/percentiles")).hasToString("[0.1,50.0,99.99]");
        assertThat(result.at("/trials/0/summary/metrics/ttftMs/p99.99").asDouble())
                .isCloseTo(result.at("/trials/0/summary/metrics/ttftMs/max").asDouble(), Percentage.withPercentage(1));
        CommandLineRun wrong = new CommandLineRun();
        assertThat(wrong.run("report", journal.toString(), "--percentiles", "median"))
                .isEqualTo(2);
        assertThat(wrong.err())
                .isEqualTo("inferometer: --percentiles median: median is not a percentile above 0 and below 100, such"
                        + " as 99.9\n");
    }

    @Test
    void readsAJournalOfTheFirstVersionWithItsTextsAndTimelines() throws IOException {
        Path old = directory.resolve("old.jsonl");
        try (InputStream in = ReportCommandTest.class.getResourceAsStream("journal-before-forks.jsonl")) {
            Files.copy(in, old);
        }
        Path result = directory.resolve("v.json");

        int status = line.run("report", old.toString(), "-rf", "vllm", "-rff", result.toString(), "--save-detailed");

        assertThat(line.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(line.out())
                .contains("# Run complete.")
                .contains("\nIteration   2: 3 requests in ")
                .contains("Sample01HelloEndpoint              1         6       0 ")
                .contains("Sample01HelloEndpoint              2         6       0 ")
                .doesNotContain("# Fork", "intervals");
        JsonNode detailed =
                new ObjectMapper().readTree(directory.resolve("v-c2.json").toFile());
        assertThat(detailed.path("itls")).hasSize(6).allMatch(gaps -> gaps.size() == 31);
        assertThat(detailed.path("generated_texts"))
                .hasSize(6)
                .noneMatch(text -> text.asText().isEmpty());
    }

    @Test
    void readsAJournalWithANameForEachTimeAsItWasRead() throws IOException {
        Path old = directory.resolve("old.jsonl");
        try (InputStream in = ReportCommandTest.class.getResourceAsStream("journal-schema-1.jsonl")) {
            Files.copy(in, old);
        }
        Path requests = directory.resolve("requests.csv");

        int status = line.run("report", old.toString(), "-rf", "requests", "-rff", requests.toString());

        assertThat(line.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(line.out()).contains("Sample09Conversation", "Not measured: Sample08CheckedAnswers");
        try (InputStream in = ReportCommandTest.class.getResourceAsStream("journal-schema-1.requests.csv")) {
            assertThat(requests).hasBinaryContent(in.readAllBytes());
        }
    }

    @Test
    void readsTheResultOfAServingBenchmark() throws IOException {
        Path result = directory.resolve("theirs.json");
        try (InputStream in = RunReport.class.getResourceAsStream("serving-c4.json")) {
            Files.copy(in, result);
        }

        int status = line.run("report", result.toString(), "--gpus", "2");
        CommandLineRun again = new CommandLineRun();
        Path csv = directory.resolve("run.csv");
        Path json = directory.resolve("run.json");
        Path drawing = directory.resolve("run.svg");
        Path flat = directory.resolve("flat.json");
        int converted = again.run(
                "report",
                result.toString(),
                "-rf",
                "csv",
                "-rff",
                csv.toString(),
                "-rf",
                "json",
                "-rff",
                json.toString(),
                "-rf",
                "svg",
                "-rff",
                drawing.toString(),
                "-rf",
                "vllm",
                "-rff",
                flat.toString(),
                "--save-detailed");
        CommandLineRun third = new CommandLineRun();
        int reread = third.run("report", flat.toString());

        assertThat(status).isZero();
        assertThat(line.out())
                .startsWith("# File: " + result + " (openai-chat, 20260105-101112)\n")
                .contains("Failed requests: 1 of 4\n  1 x http_error: Too Many Requests\n");
        assertThat(converted).isZero();
        assertThat(again.out())
                .endsWith("# Result: " + csv + " (csv)\n# Result: " + json + " (json)\n# Result: " + drawing
                        + " (svg)\n# Result: " + flat + " (vllm)\n");
        assertThat(csv).content().hasLineCount(5).contains("\n0,100,5,105,");
        assertThat(new ObjectMapper()
                        .readTree(json.toFile())
                        .at("/trials/0/summary/metrics/ttftMs/mean")
                        .asDouble())
                .isEqualTo(120);
        assertThat(drawing).content().contains("theirs.json").contains(">4 (25 % failed, whole run)<");
        JsonNode again4 = new ObjectMapper().readTree(flat.toFile());
        assertThat(again4.path("date").asText()).isEqualTo("20260105-101112");
        assertThat(again4.path("output_throughput").asDouble()).isEqualTo(42);
        assertThat(again4.path("ttfts")).hasSize(4);
        assertThat(reread).isZero();
        assertThat(third.out()).containsPattern("ttft +3/4 +120\\.00 .*");
    }

    @Test
    void tellsARunInOtherToolsWords() throws IOException {
        write(plan(), true, "");

        assertThat(line.run("report", journal.toString(), "--dialect", "vllm,aiperf"))
                .isZero();
        assertThat(line.out()).contains("\nIn other tools' words:\nFigure ").contains("  vllm  aiperf\n");

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
                .isEqualTo("inferometer: " + result
                        + ": it has neither arrays of requests nor summaries of ttft, tpot, itl"
                        + " or e2el: there is nothing to show\n");
    }

    @Test
    void convertsSummariesToWhatHasAPlaceForThem() throws IOException {
        Path told = Files.writeString(directory.resolve("told.json"), """
                {"model_id": "m", "num_prompts": 4, "completed": 3, "duration": 2, "max_concurrency": 4,
                 "total_input_tokens": 30, "total_output_tokens": 60, "output_throughput": 30.0,
                 "mean_ttft_ms": 80.5, "p99_ttft_ms": 99.5, "mean_tpot_ms": 10.0, "median_tpot_ms": 9.5, "mean_itl_ms": NaN}
                """);
        Path flat = directory.resolve("flat.json");
        Path drawing = directory.resolve("told.svg");

        int status = line.run(
                "report",
                told.toString(),
                "-rf",
                "vllm",
                "-rff",
                flat.toString(),
                "-rf",
                "svg",
                "-rff",
                drawing.toString());
        CommandLineRun rows = new CommandLineRun();

        assertThat(line.err()).isEmpty();
        assertThat(status).isZero();
        assertThat(line.out())
                .containsPattern("4 +ttft +3 +- +- +- +99\\.50 \\* +80\\.50\n")
                .doesNotContain("itl  ")
                .contains("failures ");
        JsonNode again = new ObjectMapper().readTree(flat.toFile());
        assertThat(again.path("mean_ttft_ms").asDouble()).isEqualTo(80.5);
        assertThat(again.path("failed").asInt()).isEqualTo(1);
        assertThat(again.path("output_throughput").asDouble()).isEqualTo(30);
        assertThat(drawing).content().contains("told.json");
        assertThat(rows.run("report", told.toString(), "-rff", "run.csv")).isEqualTo(2);
        assertThat(rows.err())
                .isEqualTo("inferometer: " + told
                        + " has no entry for each request: there are no rows for run.csv; -rf json,"
                        + " summary, vllm and svg can be had\n");
    }

    @Test
    void namesJsonThatIsNoJournal() throws IOException {
        Path other = Files.writeString(directory.resolve("other.json"), "{\n  \"weather\": \"fine\"\n}\n");
        Path ours = Files.writeString(directory.resolve("run.json"), "{\n  \"format\": \"inferometer\"\n}\n");

        assertThat(line.run("report", other.toString())).isEqualTo(2);
        assertThat(line.run("report", ours.toString())).isEqualTo(2);

        assertThat(line.err())
                .isEqualTo("inferometer: " + other
                        + " is JSON, but neither a journal nor a result of a tool that is known:"
                        + " GuideLLM, AIPerf, InferenceMAX, sglang.bench_serving, vLLM's serving benchmark\n"
                        + "inferometer: " + ours + " is JSON, but a result of a run: give its journal, " + ours
                        + ".journal.jsonl\n");
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
