package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Plan;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.RunReportBuilder;
import io.inferometer.report.journal.JournalTelling;
import io.inferometer.report.journal.Replay;
import io.inferometer.report.member.MemberReport;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose load is shared by three members, each a harness of its own in this JVM. */
class MembersRunTest {
    private static final Iterations WARMUP = Iterations.ofRequests(1, 4);
    private static final Iterations MEASUREMENT = Iterations.ofRequests(2, 13);

    @TempDir
    Path dir;

    private final List<RequestRecord> records = new ArrayList<>();
    private final List<Map<String, Object>> starts = new ArrayList<>();
    private SimulatedEndpoint endpoint;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=5&itl=1")));
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        endpoint.close();
    }

    @Test
    void theResultIsOfAllThatMembersSentAtTheSameTime() throws Exception {
        RunReport report = run(new Load.Closed(4), 0);

        assertThat(report.end().text()).isEmpty();
        assertThat(report.trials().get(0).iterations())
                .hasSize(2)
                .allMatch(IterationReport::complete)
                .allMatch(iteration -> iteration.summary().outcomes().succeeded() == 13);
        assertThat(records.stream().filter(record -> !record.warmup()).map(RequestRecord::index))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 26).boxed().toList());
        assertThat(records).extracting(RequestRecord::slot).contains(0, 1, 2, 3);
        assertThat(dir).isDirectoryNotContaining("glob:**member*");
    }

    @Test
    void theResultTellsOfEachMember() throws Exception {
        RunReport report = run(new Load.Closed(4), 0);

        List<MemberReport> members = report.trials().get(0).members();
        assertThat(members).extracting(MemberReport::name).containsExactly("member 1", "member 2", "member 3");
        assertThat(members).extracting(MemberReport::requests).containsExactly(10L, 8L, 8L);
        assertThat(members)
                .allMatch(member -> member.lost().isEmpty())
                .allMatch(member -> member.startSkewNanos().getAsLong() >= 0)
                .allMatch(member -> member.clockOffsetNanos().isEmpty())
                .allMatch(member -> member.client().isPresent());
        RunReport again = again(report);
        assertThat(again.trials().get(0).members()).isEqualTo(members);
    }

    @Test
    void aRequestIsOfTheMemberThatSentIt() throws Exception {
        run(new Load.Closed(4), 0);

        assertThat(records)
                .filteredOn(record -> !record.warmup())
                .allMatch(record -> record.place().member() == record.index() % 13 % 3);
    }

    @Test
    void aForkIsAFreshJvmOnEachMember() throws Exception {
        RunReport report = run(new Load.Open(200, Arrivals.POISSON), 2);

        assertThat(report.end().text()).isEmpty();
        assertThat(report.trials().get(0).iterations())
                .extracting(IterationReport::fork)
                .containsExactly(0, 0, 1, 1);
        assertThat(records).hasSize(2 * (4 + 26));
    }

    @Test
    void membersAreToldOneInstantForEachIteration() throws Exception {
        run(new Load.Closed(4), 0);

        assertThat(starts).hasSize(9).allSatisfy(start -> {
            assertThat(number(start, "startNanos")).isGreaterThanOrEqualTo(number(start, "agreedNanos"));
            assertThat(start.get("name")).isEqualTo("member " + (number(start, "member") + 1));
        });
        assertThat(starts.stream().map(start -> start.get("agreedNanos")).distinct())
                .hasSize(3);
    }

    private RunReport again(RunReport report) throws Exception {
        RunReportBuilder builder = new RunReportBuilder(report.header(), trial -> TokenAccounting.withoutTokenizer());
        Replay replay = new Replay(report.header(), builder, new Report() {});
        JournalReader.read(
                dir.resolve("run.journal.jsonl"),
                new JournalTelling(replay, (trial, fork) -> true, (trial, request, answer) -> Optional.empty()));
        return replay.end(report.end());
    }

    private static long number(Map<String, Object> fields, String name) {
        return ((Number) fields.get(name)).longValue();
    }

    private RunReport run(Load load, int forks) throws Exception {
        Path journal = dir.resolve("run.journal.jsonl");
        Plan plan = APlan.of(
                        journal,
                        new APlan.ATrial(new CountingBinding(), endpoint.url())
                                .load(load, WARMUP, MEASUREMENT)
                                .forks(forks))
                .members(3)
                .plan();
        RunReport report = new Harness(plan, name -> null, new Report() {}, ForkInThisJvm.of(plan)).run();
        JournalReader.read(journal, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {}

            @Override
            public void request(RequestRecord request) {
                records.add(request);
            }

            @Override
            public void member(String what, Map<String, Object> fields) {
                if (what.equals("start")) {
                    starts.add(fields);
                }
            }
        });
        return report;
    }
}
