package io.inferometer.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.benchmarks.overhead.trip.Figure;
import io.inferometer.benchmarks.overhead.trip.Job;
import io.inferometer.benchmarks.overhead.trip.RoundTrip;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverheadTableTest {
    @Test
    void showsTheLimitBesideTheTransportsAndEachGoal() {
        OverheadTable table = new OverheadTable();
        Job job = Job.streams(256, 100, 3);

        table.add(
                "streams-256",
                List.of(
                        new RoundTrip("limit", job, Map.of(Figure.CPU, List.of(5.0, 90.0, 7.0))),
                        new RoundTrip("jdk", job, Map.of(Figure.CPU, List.of(22.0, 21.0, 27.0))),
                        new RoundTrip("nio", job, Map.of(Figure.CPU, List.of(12.0, 11.0, 14.0)))),
                Set.of(Figure.CPU));

        assertThat(table.lines())
                .containsExactly(
                        "figure                      unit  limit  jdk  goal        nio  goal",
                        "streams-256: CPU per event  µs        7   22  ≤ 25.8 met   12  ≤ 10.8 missed");
    }

    @Test
    void aClientThatDidNotRunHasADash() {
        OverheadTable table = new OverheadTable();
        Job job = Job.wholeAnswers(1, 1, 1);

        table.add(
                "start",
                List.of(new RoundTrip("jdk", job, Map.of(Figure.START, List.of(800.0)))),
                Set.of(Figure.START));

        assertThat(table.lines().get(1))
                .isEqualTo("start: start to first request sent  ms           800  ≤ 1,000 met    –");
    }
}
