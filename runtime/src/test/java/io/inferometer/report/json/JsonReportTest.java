package io.inferometer.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenario;
import io.inferometer.report.Scenarios;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void writesARunAsItsGoldenFileHasIt() throws IOException {
        Golden.check("result-two-iterations.json", text(Scenarios.twoIterations()));
    }

    @Test
    void writesIntervalsAsTheirGoldenFileHasThem() throws IOException {
        JsonNode intervals = json(Scenarios.forks()).at("/trials/0/intervals");

        Golden.check("intervals-forks.json", intervals.toPrettyString() + "\n");
    }

    @Test
    void writesWhatCameOfEachChannelAsItsGoldenFileHasIt() throws IOException {
        JsonNode summary = json(Scenarios.channels()).at("/trials/0/summary");

        Golden.check("channels.json", summary.get("channels").toPrettyString() + "\n");
        assertThat(summary.at("/tokens/withoutLastEvent").asInt()).isEqualTo(1);
        assertThat(summary.at("/tokens/unknownEvents/fancy").asInt()).isEqualTo(3);
        assertThat(summary.at("/tokens/unknownFinishReasons/sleepy").asInt()).isEqualTo(1);
        assertThat(summary.at("/tokens/contentTypes/text~1plain").asInt()).isEqualTo(1);
    }

    @Test
    void writesWhatWasJudgedAsItsGoldenFileHasIt() throws IOException {
        ObjectNode result = (ObjectNode) json(Scenarios.sides());

        assertThat(result.at("/trials/0/trial/side").asText()).isEqualTo("a");
        assertThat(result.at("/trials/1/trial/client/transport").asText()).isEqualTo("nio");
        assertThat(result.at("/trials/0/summary/connections").isNull()).isTrue();
        assertThat(result.at("/trials/1/summary/connections").isNull()).isFalse();
        Golden.check("judged.json", result.retain("required", "beside").toPrettyString() + "\n");
    }

    @Test
    void answersWithoutTextHaveItemsAndNoTimesOfTokens() throws IOException {
        JsonNode trial = json(Scenarios.embeddings()).at("/trials/0");
        JsonNode summary = trial.get("summary");

        assertThat(trial.at("/trial/protocol").asText()).isEqualTo("embeddings");
        assertThat(summary.at("/throughput/itemsPerSecond").asDouble())
                .isEqualTo(160 / summary.at("/throughput/durationMs").asDouble() * 1e3);
        assertThat(summary.at("/throughput/inputTokensPerSecond").asDouble()).isPositive();
        assertThat(summary.at("/throughput/outputTokensPerSecond").isNull()).isTrue();
        assertThat(summary.at("/tokens/output").isNull()).isTrue();
        assertThat(summary.get("channels").isNull()).isTrue();
        assertThat(summary.has("interactivityTokensPerSecond")).isFalse();
        assertThat(summary.get("metrics").fieldNames())
                .toIterable()
                .noneMatch(name -> name.matches("(ttft|ttfvt|tpot|itl).*"));
    }

    @Test
    void writesFailuresAsTheirGoldenFileHasThem() throws IOException {
        Golden.check("result-nothing-succeeds.json", text(Scenarios.nothingSucceeds()));
    }

    @ParameterizedTest
    @EnumSource
    void keepsToTheSchema(Scenario scenario) throws IOException {
        JsonNode result = json(scenario.run());

        assertThat(SchemaCheck.errors(schema(), result)).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatItDoesNotKnow() throws IOException {
        ObjectNode result = (ObjectNode) json(Scenarios.closedLoop());

        result.put("surprise", 1).put("schemaVersion", 3).remove("run");

        assertThat(SchemaCheck.errors(schema(), result))
                .containsExactlyInAnyOrder(
                        "/schemaVersion is not 2", "/surprise is not in the schema", "/ lacks \"run\"");
    }

    @Test
    void aMetricThatNoRequestHasIsLeftOut() throws IOException {
        JsonNode metrics = json(Scenarios.oneAnswerInOneBody()).at("/trials/0/summary/metrics");

        assertThat(metrics.fieldNames()).toIterable().containsExactly("e2elMs", "clientDispatchMs", "scheduleDelayMs");
    }

    @Test
    void aFailureIsInfiniteInThePercentilesOfAll() throws IOException {
        JsonNode ttft = json(Scenarios.sweep()).at("/trials/1/summary/metrics/ttftMs");

        assertThat(ttft.required("count").asInt()).isEqualTo(76);
        assertThat(ttft.required("p50All").asDouble())
                .isGreaterThan(ttft.required("p50").asDouble());
        assertThat(ttft.required("p99All").isNull()).isTrue();
        assertThat(json(Scenarios.closedLoop())
                        .at("/trials/0/summary/metrics/ttftMs")
                        .has("p50All"))
                .isFalse();
    }

    @Test
    void aReplayTellsInWhatItWasNotAsTheRun() throws IOException {
        JsonNode overhead = json(Scenarios.replayed()).at("/trials/0/clientOverhead");

        assertThat(overhead.required("source").asText()).isEqualTo("replay");
        assertThat(overhead.required("upperBound").asBoolean()).isFalse();
        assertThat(overhead.required("endpointHere").asBoolean()).isFalse();
        assertThat(overhead.required("differs"))
                .containsExactly(
                        MAPPER.readTree(
                                "{\"name\":\"wait\",\"easier\":true,\"text\":\"the wait for the first token is 15 ms,"
                                        + " in the run 50 ms (means)\"}"),
                        MAPPER.readTree(
                                "{\"name\":\"length\",\"easier\":false,\"text\":\"answers have 12 events, in the run"
                                        + " 64 (means)\"}"));
    }

    private static String text(ARun run) throws IOException {
        return new String(ResultJson.bytes(RunJson.of(run.report())), StandardCharsets.UTF_8);
    }

    private static JsonNode json(ARun run) throws IOException {
        return MAPPER.readTree(text(run));
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream("result-schema-2.json")) {
            return MAPPER.readTree(in);
        }
    }
}
