package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.cli.CommandLineRun;
import io.inferometer.harness.resume.Resumption;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.report.Report;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What members have kept each, put together, beside the one journal that their run has kept of all of them. */
class MembersMergeTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES);

    @TempDir
    Path dir;

    private Path journal;
    private String told;
    private String complaints;

    @BeforeEach
    void setUp() {
        journal = dir.resolve("run.journal.jsonl");
    }

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
        run(load);

        JsonNode all = trial("all.json", journal);
        JsonNode merged = trial("merged.json", own(2), own(0), own(1));

        assertThat(all.at("/summary/requests/total").asInt()).isEqualTo(122);
        assertThat(merged.at("/trial/load")).isEqualTo(all.at("/trial/load"));
        assertThat(merged.at("/members")).isEqualTo(all.at("/members"));
        assertThat(merged.at("/members")).hasSize(3).allSatisfy(member -> {
            assertThat(member.path("requests").asInt()).isPositive();
            assertThat(member.has("startSkewMs")).isTrue();
            assertThat(member.has("health")).isTrue();
        });
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

    @Test
    void whatMembersAreAndWhereIsInTheHeaderOfTheRunAndOfWhatTheyKept() throws Exception {
        run(new Load.Closed(3));

        assertThat(report("all.json", journal).at("/run/members"))
                .isEqualTo(JSON.readTree("{'count':3,'oneMachine':true,'names':['member 1','member 2','member 3']}"));
        assertThat(told).contains("# Members: 3 on one machine\n");
        assertThat(report("merged.json", own(0), own(1), own(2)).at("/run/members"))
                .isEqualTo(JSON.readTree("{'count':3,'oneMachine':true,'names':['member 1','member 2','member 3']}"));
        assertThat(complaints)
                .isEqualTo("inferometer: " + own(0) + " and " + own(1) + " and " + own(2)
                        + " ran at the same time: they are members of one run, whose rates are added on one clock\n");
    }

    @Test
    void theJournalOfOneMemberAloneSaysWhoseItIs() throws Exception {
        run(new Load.Closed(3));

        JsonNode result = report("one.json", own(1));

        assertThat(result.at("/run/members"))
                .isEqualTo(JSON.readTree("{'count':3,'oneMachine':false,'names':['member 2'],'own':1}"));
        assertThat(told).contains("# Members: 3; this is the journal of one, member 2\n");
        assertThat(complaints)
                .isEqualTo("inferometer: " + own(1) + " is the own journal of member 2, one of 3 members: the load that"
                        + " is told is that of all, the requests are its own; --merge puts those of all together\n");
    }

    @Test
    void theJournalOfOneMemberIsNotGoneOnWithAsIfItWereItsRuns() throws Exception {
        Plan plan = run(new Load.Closed(3));
        List<String> lines = Files.readAllLines(own(1));
        Files.write(journal, lines.subList(0, lines.size() - 1));

        assertThatThrownBy(() -> Resumption.of(APlan.like(plan).resumed().plan()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        journal + " is the own journal of member 2, one of 3 members: resume that of their run, or put"
                                + " those of all together with report --merge");
    }

    @Test
    void aMemberWhoseJournalBreaksOffIsLostAndSaysWhatItHadInFlight() throws Exception {
        run(new Load.Closed(3));
        List<String> lines = Files.readAllLines(own(1));
        int end = IntStream.range(0, lines.size())
                .filter(line -> lines.get(line).contains("\"at\":\"end\""))
                .findFirst()
                .orElseThrow();
        Files.write(own(1), lines.subList(0, end));

        JsonNode result = report("merged.json", own(0), own(1), own(2));

        JsonNode lost = result.at("/trials/0/members/1");
        assertThat(lost.path("lost").asText())
                .isEqualTo("ended early: the journal was cut off: it has no closing line");
        assertThat(lost.path("inFlightAtLoss").isInt()).isTrue();
        assertThat(lost.has("loadAfterLoss")).isFalse();
        assertThat(result.at("/trials/0/members/0").has("lost")).isFalse();
        assertThat(result.at("/trials/0/iterations"))
                .extracting(iteration -> iteration.path("complete").asBoolean())
                .containsExactly(false, false);
        assertThat(result.path("incompleteReason").asText())
                .isEqualTo(own(1) + ": the journal was cut off: it has no closing line");
    }

    @Test
    void aMergeThatLacksAMemberSaysSoAndIsNotComplete() throws Exception {
        run(new Load.Closed(3));

        JsonNode result = report("merged.json", own(0), own(2));

        assertThat(result.path("complete").asBoolean()).isFalse();
        assertThat(result.path("incompleteReason").asText())
                .isEqualTo("of 3 members the journal of member 2 is missing");
        assertThat(result.at("/trials/0/members"))
                .extracting(member -> member.path("name").asText())
                .containsExactly("member 1", "member 3");
        assertThat(result.at("/trials/0/trial/load/concurrency").asInt()).isEqualTo(3);
        assertThat(result.at("/trials/0/iterations/0/complete").asBoolean()).isFalse();
    }

    @Test
    void noRequestIsToldTwice() throws Exception {
        run(new Load.Closed(3));
        Path copy = Files.copy(own(0), dir.resolve("copy.jsonl"));

        assertThat(refusal(own(0), own(1), copy))
                .isEqualTo("inferometer: " + own(0) + " and " + copy + " can't be merged: both are of member 1\n");
        assertThat(refusal(own(0), journal))
                .isEqualTo("inferometer: " + own(0) + " and " + journal
                        + " can't be merged: they ran at the same time, and " + own(0)
                        + " is of a member of a run, of which the other is not\n");
    }

    private Path own(int member) {
        return dir.resolve("own" + member + ".jsonl");
    }

    /** Runs it with three members, and keeps their journals. */
    private Plan run(Load load) throws Exception {
        try (SimulatedEndpoint endpoint =
                SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=5&itl=1")))) {
            Plan plan = APlan.of(
                            journal,
                            new APlan.ATrial(new CountingBinding(), endpoint.url())
                                    .load(load, Iterations.NONE, Iterations.ofRequests(2, 61)))
                    .members(3)
                    .plan();
            new Harness(
                            plan,
                            name -> null,
                            new Report() {},
                            ForkInThisJvm.of(plan, share -> Files.copy(share.journal(), own(share.member()))))
                    .run();
            return plan;
        }
    }

    /** Sums are rounded otherwise where their values come in another order. */
    private static JsonNode exact(JsonNode metrics) {
        assertThat(metrics).isNotEmpty();
        JsonNode copy = metrics.deepCopy();
        copy.forEach(metric -> ((ObjectNode) metric).remove(List.of("mean", "std")));
        return copy;
    }

    private JsonNode trial(String name, Path... journals) throws Exception {
        return report(name, journals).at("/trials/0");
    }

    private JsonNode report(String name, Path... journals) throws Exception {
        Path json = dir.resolve(name);
        CommandLineRun line = new CommandLineRun();
        line.run(words(journals, "-rff", json.toString()));
        told = line.out();
        complaints = line.err();
        assertThat(json).as(complaints).exists();
        return JSON.readTree(json.toFile());
    }

    private static String refusal(Path... journals) {
        CommandLineRun line = new CommandLineRun();
        assertThat(line.run(words(journals))).isEqualTo(2);
        return line.err();
    }

    private static String[] words(Path[] journals, String... more) {
        List<String> words = new ArrayList<>(List.of("report"));
        if (journals.length > 1) {
            words.add("--merge");
        }
        Stream.of(journals).map(Path::toString).forEach(words::add);
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}
