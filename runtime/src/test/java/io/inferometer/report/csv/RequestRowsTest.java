package io.inferometer.report.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.Outcome;
import io.inferometer.record.Place;
import io.inferometer.record.Usage;
import io.inferometer.report.ARun;
import io.inferometer.report.Scenarios;
import io.inferometer.stats.ARequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestRowsTest {
    private static final String COLUMNS =
            "trial,workload,fork,member,iteration,session,turn,slot,index,stage,protocol,scheduled_ms,released_ms,sent_ms,ttft_ms,"
                    + "ttfvt_ms,tpot_ms,e2el_ms,end_ms,input_tokens,cached_tokens,output_tokens,reasoning_tokens,events,outcome,"
                    + "finish,error";

    @TempDir
    Path directory;

    @Test
    void theColumnsAreTheSameInEveryRun() throws IOException {
        for (ARun run : List.of(Scenarios.closedLoop(), Scenarios.embeddings(), Scenarios.forks())) {
            assertThat(lines(run, "r" + System.identityHashCode(run) + ".csv").get(0))
                    .isEqualTo(COLUMNS);
        }
    }

    @Test
    void aRowHasWhatIsKnownAndLeavesOutWhatIsNot() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial())
                .with(ARequest.sent(10)
                        .scheduled(8)
                        .released(9)
                        .slot(3)
                        .index(7)
                        .token(40)
                        .token(60)
                        .end(61)
                        .usage(new Usage(100, 2, Usage.ABSENT, 64))
                        .form(new AnswerForm("stop", 1, false, ""))
                        .record());

        assertThat(lines(run, "r.csv").get(1))
                .isEqualTo("0,Hello,0,,0,,,3,7,,chat,8.0,9.0,10.0,30.0,30.0,20.0,50.0,61.0,100,64,2,,2,success,stop,");
    }

    @Test
    void aTurnSaysWhichItIsAndOfWhichSession() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial())
                .with(ARequest.sent(0)
                        .token(1)
                        .place(Place.ofTurn(5, 2).atStage(1))
                        .record())
                .with(ARequest.sent(2)
                        .token(3)
                        .place(new Place(Place.ABSENT, 5, 0, "2.0", 0, "child"))
                        .record());

        assertThat(lines(run, "r.csv").get(1)).startsWith("0,Hello,0,,0,5,2,0,0,1,chat,");
        assertThat(lines(run, "again.csv").get(2)).startsWith("0,Hello,0,,0,5/2.0,0,0,0,,chat,");
    }

    @Test
    void aFailedRequestHasItsErrorAndNoLatency() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial())
                .with(ARequest.sent(5)
                        .failed(Outcome.HTTP_ERROR, 429, "slow down, \"please\"")
                        .end(35)
                        .record());

        assertThat(lines(run, "r.csv").get(1))
                .startsWith("0,Hello,0,,0,,,")
                .endsWith(",5.0,,,,,35.0,,,,,0,http_error,,\"slow down, \"\"please\"\"\"");
    }

    @Test
    void aFileOfLinesHoldsTheSameWithNumbersAsNumbers() throws IOException {
        List<String> rows = lines(Scenarios.sweep(), "r.csv");
        List<String> columns = List.of(COLUMNS.split(","));
        List<JsonNode> objects = new ArrayList<>();
        for (String line : lines(Scenarios.sweep(), "r.jsonl")) {
            objects.add(new ObjectMapper().readTree(line));
        }

        assertThat(objects).hasSize(rows.size() - 1).hasSizeGreaterThan(40);
        for (int i = 0; i < objects.size(); i++) {
            JsonNode object = objects.get(i);
            String[] fields = rows.get(i + 1).split(",", -1);
            for (int column = 0; column < columns.size(); column++) {
                JsonNode value = object.path(columns.get(column));
                assertThat(value.isMissingNode() ? "" : value.asText()).isEqualTo(fields[column]);
            }
            assertThat(object.has("ttft_ms"))
                    .isEqualTo("success".equals(object.path("outcome").asText()));
            assertThat(object.path("e2el_ms").isNumber() || !object.has("e2el_ms"))
                    .isTrue();
            assertThat(object.get("index").isIntegralNumber()).isTrue();
        }
    }

    private List<String> lines(ARun run, String file) throws IOException {
        Path path = directory.resolve(file);
        assertThat(run.write(false, false, new ResultFile(ResultFormat.REQUESTS, path)))
                .isEmpty();
        return Files.readAllLines(path);
    }
}
