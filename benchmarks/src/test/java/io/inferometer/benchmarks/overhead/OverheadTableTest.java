package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.Job;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverheadTableTest {
    private static final Machine MACHINE = new Machine("17", "Linux", 2, 0);
    private static final Part.Trip PART =
            new Part.Trip("streams-256", Job.streams(256, 100, 2), Set.of(Figure.CPU, Figure.ITL_P50, Figure.FAILED));

    private final Results results = new Results();

    @Test
    void showsTheBareLoopBesideTheTransportsAndEachGoal() {
        add("bare", 5, 7, 6, 8, 7);
        add("jdk", 22, 21, 27, 23, 20);
        add("nio", 4, 5, 5, 6, 5);

        assertThat(OverheadTable.lines(results.rows()))
                .containsExactly(
                        "figure                                    unit  n   bare loop          jdk  goal                nio  goal",
                        "streams-256: CPU per event                µs    5    7 [5, 8]  22 [20, 27]  ≤ 25.8 open    5 [4, 6]  ≤ 10.8 met",
                        "streams-256: client overhead of itl, p50  µs    5  -1 [-1, 1]   -1 [-1, 1]               -1 [-1, 1]",
                        "streams-256: requests failed                    5           0            0  ≤ 0 met               0  ≤ 0 met");
        assertThat(OverheadTable.notes(results.rows(), List.of()))
                .contains(
                        "[low, high] holds the median of all such forks with a level of 93.8 % for n = 5, by order statistics;"
                                + " [–] with fewer than 5.",
                        "The bare loop is no limit of these, in which a client is better beyond noise:",
                        "  nio in streams-256: CPU per event");
    }

    @Test
    void ofFourForksNothingIsSaidThatTheyCantTell() {
        add("bare", 5, 7, 6, 8);
        add("nio", 4, 5, 5, 6);

        assertThat(OverheadTable.lines(results.rows()).get(1))
                .isEqualTo(
                        "streams-256: CPU per event                µs    4    6.5 [–]             5 [–]  ≤ 10.8 open");
        assertThat(OverheadTable.notes(results.rows(), List.of())).noneMatch(note -> note.contains("loop is no limit"));
        assertThat(OverheadTable.notes(results.rows(), List.of())).noneMatch(note -> note.contains("No client is"));
    }

    @Test
    void aClientThatFailedRequestsMeetsNoGoal() {
        add("bare", 5, 7, 6, 8, 7);
        for (int fork = 1; fork <= 5; fork++) {
            double failed = fork == 3 ? 2 : 0;
            results.add(
                    PART, new RoundTrip("nio", Map.of(Figure.CPU, List.of(4.0), Figure.FAILED, List.of(failed))), fork);
        }

        assertThat(OverheadTable.lines(results.rows()).get(1)).endsWith("4 [4, 4]  ≤ 10.8 open");
        assertThat(OverheadTable.lines(results.rows()).get(3)).endsWith("2  ≤ 0 missed");
        assertThat(OverheadTable.notes(results.rows(), List.of("streams-256, jdk, fork 1: it ended")))
                .contains(
                        "No client is better than the bare loop beyond noise.",
                        "Requests of streams-256, nio failed or were not sent: its times are of those that succeeded, and"
                                + " judge no goal.",
                        "Failed, and in no figure: streams-256, jdk, fork 1: it ended");
    }

    @Test
    void theJsonHasNumberIntervalAndDefinitionOfEachFigure() throws Exception {
        add("bare", 5, 7, 6, 8, 7);
        add("nio", 4, 5, 5, 6, 5);

        JsonNode json = new ObjectMapper().readTree(OverheadFile.JSON.text(MACHINE, results));

        JsonNode row = json.path("rows").path(0);
        assertThat(row.path("part").asText()).isEqualTo("streams-256");
        assertThat(row.path("figure").asText()).isEqualTo("CPU per event");
        assertThat(row.path("definition").asText()).isEqualTo(Figure.CPU.definition());
        JsonNode nio = row.path("clients").path("nio");
        assertThat(nio.path("n").asInt()).isEqualTo(5);
        assertThat(nio.path("value").asDouble()).isEqualTo(5);
        assertThat(nio.path("interval").toString()).isEqualTo("{\"low\":4.0,\"high\":6.0,\"level\":0.9375}");
        assertThat(nio.path("values").toString()).isEqualTo("[4.0,5.0,5.0,5.0,6.0]");
        assertThat(nio.path("ofBare").path("n").asInt()).isEqualTo(5);
        assertThat(nio.path("goal").asText()).isEqualTo("≤ 10.8 met");
        assertThat(json.path("machine").path("processors").asInt()).isEqualTo(2);
    }

    @Test
    void theMarkdownHasThemToo() throws Exception {
        add("bare", 5, 7, 6, 8, 7);
        add("nio", 4, 5, 5, 6, 5);

        assertThat(OverheadFile.MD.text(MACHINE, results).lines())
                .contains(
                        "# Client overhead on Java 17, 2 processors, Linux",
                        "| streams-256: CPU per event | µs | 5 | 7 [5, 8] |  |  | 5 [4, 6] | ≤ 10.8 met |",
                        "- The bare loop is no limit of these, in which a client is better beyond noise:",
                        "| CPU per event | " + Figure.CPU.definition() + " |");
    }

    private void add(String client, double... micros) {
        for (int i = 0; i < micros.length; i++) {
            Map<Figure, List<Double>> figures = Map.of(
                    Figure.CPU,
                    List.of(micros[i]),
                    Figure.ITL_P50,
                    List.of(micros[i] % 2 == 0 ? 1.0 : -1.0),
                    Figure.FAILED,
                    List.of(0.0));
            results.add(PART, new RoundTrip(client, figures), i + 1);
        }
    }
}
