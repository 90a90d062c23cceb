package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.cli.CommandLineRun;
import io.inferometer.plan.Plan;
import io.inferometer.report.Report;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What members have kept each, put together, beside the one journal that their run has kept of all of them. */
class MembersMergeTest {
    @TempDir
    Path dir;

    static Stream<Load> loads() {
        return Stream.of(
                new Load.Closed(5),
                new Load.Open(400, Arrivals.POISSON),
                new Load.Open(300, Arrivals.CONSTANT),
                new Load.AtOnce(Load.AtOnce.ALL, Load.AtOnce.INSTANT));
    }

    @ParameterizedTest
    @MethodSource("loads")
    void theJournalsOfMembersMergeIntoTheFiguresOfTheOneThatHoldsThemAll(Load load) throws Exception {
        Path journal = dir.resolve("run.journal.jsonl");
        List<String> own = new ArrayList<>();
        try (SimulatedEndpoint endpoint =
                SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=5&itl=1")))) {
            Plan plan = APlan.of(
                            journal,
                            new APlan.ATrial(new CountingBinding(), endpoint.url())
                                    .load(load, Iterations.NONE, Iterations.ofRequests(2, 61)))
                    .members(3)
                    .plan();
            new Harness(plan, name -> null, new Report() {}, ForkInThisJvm.of(plan, share -> {
                        Path kept = dir.resolve("own" + share.member() + ".jsonl");
                        Files.copy(share.journal(), kept);
                        synchronized (own) {
                            own.add(kept.toString());
                        }
                    }))
                    .run();
        }

        JsonNode all = trial("all.json", journal.toString());
        JsonNode merged = trial("merged.json", own.stream().sorted().toArray(String[]::new));

        assertThat(own).hasSize(3);
        assertThat(all.at("/summary/requests/total").asInt()).isEqualTo(122);
        assertThat(merged.at("/summary/requests")).isEqualTo(all.at("/summary/requests"));
        assertThat(exact(merged.at("/summary/metrics"))).isEqualTo(exact(all.at("/summary/metrics")));
        assertThat(merged.at("/summary/tokens")).isEqualTo(all.at("/summary/tokens"));
        assertThat(merged.at("/iterations")).hasSize(2);
        for (int i = 0; i < 2; i++) {
            String metrics = "/iterations/" + i + "/summary/metrics";
            assertThat(exact(merged.at(metrics))).isEqualTo(exact(all.at(metrics)));
        }
        assertThat(merged.at("/summary/throughput/peakInFlight")).isEqualTo(all.at("/summary/throughput/peakInFlight"));
        assertThat(merged.at("/summary/throughput/outputTokensPerSecond"))
                .isEqualTo(all.at("/summary/throughput/outputTokensPerSecond"));
    }

    /** Sums are rounded otherwise where their values come in another order. */
    private static JsonNode exact(JsonNode metrics) {
        assertThat(metrics).isNotEmpty();
        JsonNode copy = metrics.deepCopy();
        copy.forEach(metric -> ((ObjectNode) metric).remove(List.of("mean", "std")));
        return copy;
    }

    private JsonNode trial(String name, String... journals) throws Exception {
        Path json = dir.resolve(name);
        List<String> words = new ArrayList<>(List.of("report"));
        if (journals.length > 1) {
            words.add("--merge");
        }
        words.addAll(List.of(journals));
        words.addAll(List.of("-rff", json.toString()));
        CommandLineRun line = new CommandLineRun();
        assertThat(line.run(words.toArray(String[]::new))).as(line::err).isZero();
        return new ObjectMapper().readTree(json.toFile()).at("/trials/0");
    }
}
