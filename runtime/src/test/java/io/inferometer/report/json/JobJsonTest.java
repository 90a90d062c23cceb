package io.inferometer.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.record.batch.JobAnswers;
import io.inferometer.record.batch.JobHistory;
import io.inferometer.record.batch.JobHistory.JobFile;
import io.inferometer.record.batch.JobState;
import io.inferometer.record.batch.JobTokens;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunEnd;
import io.inferometer.report.Scenarios;
import io.inferometer.stats.batch.JobFigures;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long T = 1_800_000_000_000L;

    private static JobHistory history() {
        JobHistory history = new JobHistory();
        history.file(new JobFile("r.jsonl", 200, 40_000, "/v1/chat/completions", "m"));
        history.uploaded("file-1");
        history.creating("inferometer-1");
        history.look(look("validating", 0, 0));
        history.look(look("in_progress", 100, 60));
        history.retry("looking at the job", "it was busy");
        history.look(look("in_progress", 200, 190));
        history.look(look("in_progress", 300, 198));
        history.look(look("completed", 400, 200));
        history.answers(new JobAnswers(
                198,
                1,
                3,
                2,
                new JobTokens(2_000, 500, 4_000),
                List.of(new JobAnswers.JobFailure("batch_expired", "too late", 1))));
        history.phase("during", new JobHistory.Phase(T + 150_000, T + 350_000));
        return history;
    }

    private static JobState look(String status, long seconds, long done) {
        boolean ended = status.equals("completed");
        return new JobState(
                T + seconds * 1_000,
                "batch_1",
                status,
                new JobState.Stamps(
                        T,
                        seconds > 0 ? T + 60_000 : JobState.ABSENT,
                        ended ? T + 390_000 : JobState.ABSENT,
                        ended ? T + 400_000 : JobState.ABSENT),
                new JobState.Counts(200, done, 0),
                new JobState.Files(ended ? "file-2" : "", ""),
                JobTokens.NONE,
                List.of(new JobState.Problem("odd", "line by line", 7)));
    }

    private static JsonNode json(JobHistory history, RunEnd end) throws IOException {
        return JobJson.of(new JobReport(
                Scenarios.closedLoop().report().header(), JobFigures.of(history), Optional.empty(), end, List.of()));
    }

    @Test
    void writesAJobAsItsGoldenFileHasIt() throws IOException {
        Golden.check(
                "batch-job.json",
                json(history(), RunEnd.COMPLETE).path("batchJob").toPrettyString() + "\n");
    }

    @Test
    void keepsToTheSchemaWhateverIsKnown() throws IOException {
        JsonNode none = json(new JobHistory(), RunEnd.INTERRUPTED);
        ARun beside = Scenarios.closedLoop();
        JsonNode with = JobJson.of(new JobReport(
                beside.report().header(),
                JobFigures.of(history()),
                Optional.of(beside.report()),
                RunEnd.COMPLETE,
                List.of()));

        assertThat(SchemaCheck.errors(schema(), json(history(), RunEnd.COMPLETE)))
                .isEmpty();
        assertThat(SchemaCheck.errors(schema(), none)).isEmpty();
        assertThat(SchemaCheck.errors(schema(), with)).isEmpty();
        assertThat(with.path("trials")).hasSize(1);
    }

    @Test
    void leavesOutWhatIsNotKnown() throws IOException {
        JsonNode job = json(new JobHistory(), RunEnd.INTERRUPTED);

        assertThat(job.path("trials")).isEmpty();
        assertThat(job.path("complete").asBoolean()).isFalse();
        assertThat(job.path("incompleteReason").asText()).isEqualTo("interrupted");
        assertThat(job.path("batchJob").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "workload",
                        "endpoint",
                        "model",
                        "boundSeconds",
                        "unanswered",
                        "oddLines",
                        "withoutUsage",
                        "stragglers",
                        "problems",
                        "failures",
                        "looks",
                        "retries",
                        "longestGapSeconds");
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream("result-schema-2.json")) {
            return MAPPER.readTree(in);
        }
    }
}
