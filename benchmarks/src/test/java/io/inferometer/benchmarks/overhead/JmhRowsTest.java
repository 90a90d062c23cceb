package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.Job;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

class JmhRowsTest {
    @Test
    void aRoundTripIsWrittenAsJmhWritesItsOwn() throws Exception {
        Job job = Job.streams(256, 100, 3);
        RoundTrip trip = new RoundTrip("nio", job, Map.of(Figure.CPU, List.of(8.0, 9.0, 10.0)));

        JsonNode rows = written(new Part.Trip("streams-256", job, Set.of(Figure.CPU, Figure.RSS)), trip);

        assertThat(rows).hasSize(1);
        JsonNode row = rows.path(0);
        assertThat(row.path("benchmark").asText()).isEqualTo("io.inferometer.benchmarks.overhead.RoundTrip.cpu");
        assertThat(row.path("params").path("client").asText()).isEqualTo("nio");
        assertThat(row.path("params").path("job").asText()).isEqualTo("streams-256");
        assertThat(row.path("measurementIterations").asInt()).isEqualTo(3);
        JsonNode score = row.path("primaryMetric");
        assertThat(score.path("score").asDouble()).isEqualTo(9);
        assertThat(score.path("scoreUnit").asText()).isEqualTo("µs");
        assertThat(score.path("rawData").toString()).isEqualTo("[[8.0,9.0,10.0]]");
    }

    private static JsonNode written(Part.Trip part, RoundTrip trip) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(JmhRows.of(part, trip));
        }
        return new ObjectMapper().readTree(bytes.toByteArray());
    }
}
