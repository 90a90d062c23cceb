package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Plan;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.SessionRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of members that were cut off, and are gone on with by as many or others. */
class MembersResumptionTest {
    private static final int ATTEMPTS = 5;
    private static final Iterations WARMUP = Iterations.ofRequests(1, 3);
    private static final Iterations TWELVE = Iterations.ofRequests(2, 12);

    @TempDir
    Path dir;

    private final Map<Integer, List<String>> written = new ConcurrentHashMap<>();
    private TalkingServer server;

    @BeforeEach
    void open() throws Exception {
        server = new TalkingServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.inferometer.harness.MembersSplitTest#loads")
    void whatIsLeftOfALoadIsSentByAnotherNumberOfMembers(
            String name, Load load, Iterations warmup, Iterations measurement, boolean sessions) throws Exception {
        APlan.ATrial trial = trial(sessions, load, warmup, measurement);
        run(trial, 3, false, new Report() {});
        Told whole = told();
        int last = measurement.count() - 1;
        cutBehind(4, last);

        RunReport resumed = run(trial, 2, true, new Report() {});

        Told all = told();
        assertThat(resumed.end().text()).isEmpty();
        assertThat(resumed.trials().get(0).iterations())
                .hasSize(measurement.count())
                .allMatch(IterationReport::complete);
        if (sessions) {
            assertThat(all.sessions).containsExactlyInAnyOrderElementsOf(whole.sessions);
            assertThat(all.sent).containsAll(whole.sent);
        } else if (measurement.extent() instanceof Extent.Time) {
            assertThat(all.sent).doesNotHaveDuplicates();
        } else {
            assertThat(all.sent).containsExactlyInAnyOrderElementsOf(whole.sent);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 12})
    void howManyGoOnWithItMakesNoDifference(int members) throws Exception {
        APlan.ATrial trial = closed();
        run(trial, 3, false, new Report() {});
        // Fewer are left than twelve members could share.
        cutBehind(7, 0);
        server.bodies().clear();

        RunReport resumed = run(trial, members, true, new Report() {});

        assertThat(resumed.trials().get(0).iterations()).hasSize(2).allMatch(IterationReport::complete);
        assertThat(measured()).containsExactlyInAnyOrderElementsOf(indices(24));
        assertThat(server.bodies()).hasSize(24 - 7);
    }

    @Test
    void whatMembersHaveLeftIsTakenAndAnIterationThatOneHasNotEndedIsNotOver() throws Exception {
        APlan.ATrial trial = closed();
        run(trial, 3, false, new Report() {});
        cutBehind(1, 1);
        List<String> second = written.get(1);
        leave(0, written.get(0).size() - 1);
        leave(1, indexOf(second, "\"type\":\"request\"", "\"iteration\":1,") + 1);
        leave(2, written.get(2).size() - 1);
        server.bodies().clear();

        RunReport resumed = run(trial, 2, true, new Report() {});

        assertThat(measured()).containsExactlyInAnyOrderElementsOf(indices(24));
        assertThat(server.bodies()).hasSize(3);
        assertThat(resumed.end().text()).isEmpty();
        assertThat(resumed.trials().get(0).iterations()).hasSize(2).allMatch(IterationReport::complete);
        assertThat(told().events).containsExactly("start 0", "end 0", "start 1", "start 1", "end 1");
        assertThat(dir).isDirectoryNotContaining("glob:**member*");
    }

    @Test
    void whatAllMembersHadEndedIsOver() throws Exception {
        APlan.ATrial trial = closed();
        run(trial, 3, false, new Report() {});
        cutBehind(1, 1);
        for (int member = 0; member < 3; member++) {
            leave(member, written.get(member).size() - 1);
        }
        server.bodies().clear();

        RunReport resumed = run(trial, 3, true, new Report() {});

        assertThat(server.bodies()).isEmpty();
        assertThat(measured()).containsExactlyInAnyOrderElementsOf(indices(24));
        assertThat(told().events).containsExactly("start 0", "end 0", "start 1", "end 1");
        assertThat(resumed.trials().get(0).iterations())
                .hasSize(2)
                .allMatch(IterationReport::complete)
                .allMatch(iteration -> iteration.health().isPresent());
    }

    @Test
    void anIterationThatIsStoppedWhenOneMemberHasEndedItIsNotOver() throws Exception {
        APlan.ATrial trial =
                trial(false, new Load.Open(2, Arrivals.CONSTANT), Iterations.NONE, Iterations.ofRequests(1, 5));
        RunReport stopped = stoppedBeforeTheLast(trial);
        // On a busy machine the last may have been sent before anybody comes to stop it.
        for (int i = 1; i < ATTEMPTS && measured().size() == 5; i++) {
            Files.delete(journal());
            stopped = stoppedBeforeTheLast(trial);
        }

        assertThat(stopped.end().text()).isEqualTo("interrupted");
        assertThat(told().events).containsExactly("start 0");
        RunReport resumed = run(trial, 2, true, new Report() {});
        assertThat(resumed.end().text()).isEmpty();
        assertThat(measured()).containsExactlyInAnyOrderElementsOf(indices(5));
        assertThat(resumed.trials().get(0).iterations()).hasSize(1).allMatch(IterationReport::complete);
    }

    /** Stops it when the second member has ended, and the first has one more to send. */
    private RunReport stoppedBeforeTheLast(APlan.ATrial trial) throws Exception {
        Plan plan = plan(trial, 2, false);
        Harness[] interrupted = new Harness[1];
        interrupted[0] = new Harness(
                plan,
                variable -> null,
                new Report() {
                    @Override
                    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                        if (record.index() == 3) {
                            // The second member has none after that, and says so at once; the first has one more in 500
                            // ms.
                            new Thread(() -> {
                                        try {
                                            TimeUnit.MILLISECONDS.sleep(100);
                                            interrupted[0].interrupt();
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                        }
                                    })
                                    .start();
                        }
                    }
                },
                ForkInThisJvm.of(plan));

        return interrupted[0].run();
    }

    private APlan.ATrial closed() {
        return trial(false, new Load.Closed(12), WARMUP, TWELVE);
    }

    private APlan.ATrial trial(boolean sessions, Load load, Iterations warmup, Iterations measurement) {
        return new APlan.ATrial(
                        sessions ? new MembersSplitTest.Talking() : new MembersSplitTest.Counted(), server.url())
                .load(load, warmup, measurement);
    }

    private Plan plan(APlan.ATrial trial, int members, boolean resumed) {
        APlan plan = APlan.of(journal(), trial).members(members);
        return resumed ? plan.resumed().plan() : plan.plan();
    }

    private RunReport run(APlan.ATrial trial, int members, boolean resumed, Report report) throws Exception {
        Plan plan = plan(trial, members, resumed);
        return new Harness(
                        plan,
                        variable -> null,
                        report,
                        ForkInThisJvm.of(
                                plan, share -> written.put(share.member(), Files.readAllLines(share.journal()))))
                .run();
    }

    private Path journal() {
        return dir.resolve("run.journal.jsonl");
    }

    /** Cuts the journal off behind so many requests of a measured iteration. */
    private void cutBehind(int requests, int iteration) throws Exception {
        List<String> lines = Files.readAllLines(journal());
        int seen = 0;
        int at = 0;
        while (seen < requests) {
            String line = lines.get(at++);
            boolean counts = line.contains("\"type\":\"request\"")
                    && line.contains("\"iteration\":" + iteration + ",")
                    && !line.contains("\"warmup\":true");
            seen += counts ? 1 : 0;
        }
        Files.write(journal(), lines.subList(0, at));
    }

    /** Leaves so many lines of what a member wrote beside the journal. */
    private void leave(int member, int lines) throws Exception {
        Files.write(
                dir.resolve("run.fork1.member" + (member + 1) + ".journal.jsonl"),
                written.get(member).subList(0, lines));
    }

    private static int indexOf(List<String> lines, String... parts) {
        return IntStream.range(0, lines.size())
                .filter(i -> List.of(parts).stream().allMatch(lines.get(i)::contains))
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> indices(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private List<Long> measured() throws Exception {
        return told().requests.stream()
                .filter(record -> !record.warmup())
                .map(RequestRecord::index)
                .toList();
    }

    /** What the journal has: requests that were not given up, sessions, and where measured iterations start and end. */
    private static final class Told implements JournalReader.Visitor {
        private final List<RequestRecord> requests = new ArrayList<>();
        private final List<String> sent = new ArrayList<>();
        private final List<String> sessions = new ArrayList<>();
        private final List<String> events = new ArrayList<>();

        @Override
        public void header(Map<String, Object> run) {
            assertThat(run).isNotEmpty();
        }

        @Override
        public void iterationStarted(IterationSpan span) {
            if (!span.warmup()) {
                events.add("start " + span.iteration());
            }
        }

        @Override
        public void iterationEnded(IterationSpan span, Map<String, Object> health) {
            if (!span.warmup()) {
                events.add("end " + span.iteration());
            }
        }

        @Override
        public void request(RequestRecord request) {
            if (request.outcome() != Outcome.CANCELLED) {
                requests.add(request);
                sent.add(MembersSplitTest.what(request));
            }
        }

        @Override
        public void sessionEnded(SessionRecord session) {
            sessions.add(session.warmup() + " " + session.iteration() + " " + session.session());
        }
    }

    private Told told() throws Exception {
        Told told = new Told();
        JournalReader.read(journal(), told);
        return told;
    }
}
