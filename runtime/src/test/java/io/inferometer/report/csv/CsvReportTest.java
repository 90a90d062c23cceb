package io.inferometer.report.csv;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenarios;
import io.inferometer.report.file.Destination;
import io.inferometer.report.header.RunCrew;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.ARequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvReportTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("out.csv");
    }

    @Test
    void writesARowForEachMeasuredRequestAsItsGoldenFileHasThem() throws IOException {
        write(Scenarios.sweep());

        Golden.check("sweep.csv", Files.readString(path));
    }

    @Test
    void theFirstColumnsAreThoseThatReadersExpect() throws IOException {
        write(Scenarios.closedLoop());

        assertThat(path)
                .content()
                .startsWith("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error,");
    }

    @Test
    void whichMemberSentARequestStandsBesideItsFork() {
        RunHeader shared =
                new ARun().with(ARun.trial()).header().sharedBy(new RunCrew(3, true, List.of(), OptionalInt.empty()));

        assertThat(CsvColumn.all(shared)).extracting(CsvColumn::name).containsSequence("fork", "member", "iteration");
        assertThat(CsvColumn.batch(shared)).extracting(CsvColumn::name).contains("member");
    }

    @Test
    void answersWithoutTextHaveItemsInPlaceOfTheTimesOfTokens() throws IOException {
        write(Scenarios.embeddings());

        String header = Files.readAllLines(path).get(0);
        assertThat(header).contains("latency_ms").endsWith(",items").doesNotContain("ttft", "ttfvt", "tpot");
        assertThat(rows()).extracting(row -> row.getField("items")).containsOnly("16");
        assertThat(rows()).extracting(row -> row.getField("completion_tokens")).containsOnly("");
    }

    @Test
    void warmUpIsNotInIt() throws IOException {
        write(Scenarios.closedLoop());

        assertThat(rows()).hasSize(40);
        assertThat(rows()).extracting(row -> row.getField("index")).doesNotHaveDuplicates();
    }

    @Test
    void aFailedRequestHasNoLatencyButItsError() throws IOException {
        write(new ARun()
                .with(ARun.trial())
                .with(ARequest.sent(5)
                        .expectedPromptTokens(7)
                        .failed(Outcome.HTTP_ERROR, 429, "slow down, \"please\"")
                        .end(35)
                        .record()));

        NamedCsvRecord row = rows().get(0);
        assertThat(row.getField("latency_ms")).isEmpty();
        assertThat(row.getField("ttft_ms")).isEmpty();
        assertThat(row.getField("prompt_tokens")).isEqualTo("7");
        assertThat(row.getField("completion_tokens")).isEmpty();
        assertThat(row.getField("total_tokens")).isEmpty();
        assertThat(row.getField("status")).isEqualTo("http_error");
        assertThat(row.getField("http_status")).isEqualTo("429");
        assertThat(row.getField("error")).isEqualTo("slow down, \"please\"");
        assertThat(row.getField("end_ms")).isEqualTo("35.0");
    }

    @Test
    void anAnswerInOneBodyHasALatencyAndNoTtft() throws IOException {
        write(Scenarios.oneAnswerInOneBody());

        NamedCsvRecord row = rows().get(0);
        assertThat(row.getField("latency_ms")).isEqualTo("420.0");
        assertThat(row.getField("ttft_ms")).isEmpty();
        assertThat(row.getField("tpot_ms")).isEmpty();
        assertThat(row.getField("total_tokens")).isEqualTo("42");
        assertThat(row.getField("tokens_from")).isEqualTo("usage");
        assertThat(row.getField("simulated")).isEqualTo("true");
    }

    @Test
    void theRowsOfABatchHaveSevenColumns() throws IOException {
        assertThat(batch(ARun.trial().endpoint("http://127.0.0.1:8000")))
                .startsWith("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error\n0,");
    }

    @Test
    void theRowsOfAStreamedBatchHaveTtftAndTpotToo() throws IOException {
        assertThat(batch(ARun.trial().endpoint("http://127.0.0.1:8000").streaming(true)))
                .startsWith("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error,"
                        + "ttft_ms,tpot_ms\n0,");
    }

    @Test
    void theRowsOfASimulatedBatchSayThatTheyAre() throws IOException {
        assertThat(batch(ARun.trial()))
                .startsWith("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error,simulated\n0,")
                .endsWith(",true\n");
    }

    @Test
    void theRowsOfABatchWithForksSayWhich() throws IOException {
        assertThat(batch(ARun.trial().endpoint("http://127.0.0.1:8000").forks(2)))
                .startsWith("index,prompt_tokens,completion_tokens,total_tokens,latency_ms,status,error,fork\n0,")
                .endsWith(",0\n");
    }

    private String batch(ARun.ATrial trial) throws IOException {
        ARun run = new ARun().with(trial).with(ARequest.sent(0).token(10).record());
        assertThat(run.write(false, false, new ResultFile(ResultFormat.BATCH, path)))
                .isEmpty();
        return Files.readString(path);
    }

    @Test
    void rowsAreOnDiskSoonAndAllAreWhenTimePasses() throws IOException {
        ARun run = new ARun().with(ARun.trial());
        CsvReport report = new CsvReport(
                new Destination(new ResultFile(ResultFormat.CSV, path), trial -> path, false), CsvColumn::all);
        report.runStarted(run.header());
        assertThat(path).as("the file before anything began").doesNotExist();
        report.iterationStarted(run.header().trial(0), false, 0);

        assertThat(rows()).isEmpty();
        end(report, 1_000);
        assertThat(rows()).as("the first row").hasSize(1);
        end(report, 1_001);
        end(report, 1_002);
        report.progress(3, OptionalLong.empty(), Duration.ofSeconds(2));
        assertThat(rows()).as("rows before some progress").hasSize(3);
        end(report, 1_003);
        end(report, 1_203);
        assertThat(rows())
                .as("rows before one that came a fifth of a second later")
                .hasSize(5);
        end(report, 1_204);
        report.close();
        assertThat(rows()).as("rows of the closed file").hasSize(6);
    }

    private static void end(CsvReport report, double millis) throws IOException {
        RequestRecord record = ARequest.sent(0).token(millis).record();
        report.requestEnded(record, ARequest.metrics(record));
    }

    private void write(ARun run) throws IOException {
        assertThat(run.write(false, false, new ResultFile(ResultFormat.CSV, path)))
                .isEmpty();
    }

    private List<NamedCsvRecord> rows() throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(path)) {
            return reader.stream().toList();
        }
    }
}
