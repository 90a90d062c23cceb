package io.inferometer.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryReportTest {
    @TempDir
    Path directory;

    @Test
    void writesPercentilesInSecondsAsItsGoldenFileHasThem() throws IOException {
        Golden.check("summary-closed-loop.json", Files.readString(write(Scenarios.closedLoop(), "out.json")));
    }

    @Test
    void eachTrialHasAFile() throws IOException {
        write(Scenarios.sweep(), "out.json");

        JsonNode second = read(directory.resolve("out-c8.json"));
        assertThat(second.at("/ttft/p50").asDouble()).isBetween(0.045, 0.055);
        assertThat(second.at("/requests/failed").asInt()).isEqualTo(4);
        assertThat(directory.resolve("out.json")).doesNotExist();
    }

    @Test
    void whatNoRequestHasIsNullAndNotZero() throws IOException {
        assertThat(read(write(Scenarios.embeddings(), "embeddings.json")).fieldNames())
                .toIterable()
                .startsWith("e2el")
                .doesNotContain("ttft", "tpot", "itl");
        JsonNode json = read(write(Scenarios.oneAnswerInOneBody(), "out.json"));

        assertThat(json.at("/ttft/p50").isNull()).isTrue();
        assertThat(json.at("/itl/p99").isNull()).isTrue();
        assertThat(json.at("/e2el/p50").asDouble()).isEqualTo(0.42);
    }

    private Path write(ARun run, String name) throws IOException {
        Path path = directory.resolve(name);
        assertThat(run.write(false, false, new ResultFile(ResultFormat.SUMMARY, path)))
                .isEmpty();
        return path;
    }

    private static JsonNode read(Path path) throws IOException {
        return new ObjectMapper().readTree(path.toFile());
    }
}
