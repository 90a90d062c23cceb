package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.harness.member.ForkLauncher;
import io.inferometer.harness.member.Share;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Split;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.Flag;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of two trials with three forks each, of one warm-up iteration of 2 requests and two measured ones of 10. */
class ForkResumptionTest {
    @TempDir
    Path dir;

    private static final int ATTEMPTS = 5;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private SimulatedEndpoint endpoint;

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=2&itl=1")));
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        endpoint.close();
    }

    @Test
    void aKilledForkIsGoneOnWithAlthoughOthersCameBehindIt() throws Exception {
        Launcher killing = new Launcher(plan(3, false));
        killing.killed = "0/1 14";
        RunReport killed = run(killing, new Seen());
        int kept = measured().size();
        asked.clear();
        Launcher launcher = new Launcher(plan(3, true));
        Seen seen = new Seen();

        RunReport report = run(launcher, seen);

        assertThat(killed.end().text())
                .isEqualTo("fork 2 of 3 was killed by signal 9; the result has the " + (kept - 100)
                        + " measured requests that it finished");
        assertThat(report.end().text()).isEmpty();
        assertThat(launcher.started).containsExactly("0/1");
        assertThat(asked).hasSize(120 - kept).allMatch(request -> request.matches("0/1 1\\d"));
        assertEachWasSentOnce();
        assertThat(seen.forks).containsExactly("0/0", "0/1", "0/2", "1/0", "1/1", "1/2");
        assertThat(seen.measured).isEqualTo(120);
        for (TrialReport trial : report.trials()) {
            assertThat(trial.summary().outcomes().succeeded()).isEqualTo(60);
            assertThat(trial.iterations()).hasSize(6).allMatch(IterationReport::complete);
            assertThat(trial.intervals().orElseThrow().count()).isEqualTo(3);
        }
        assertThat(report.trials().get(0).flags()).extracting(Flag::name).contains("resumed");
        assertThat(report.trials().get(1).flags()).extracting(Flag::name).doesNotContain("resumed");
    }

    @Test
    void whatAForkOfAKilledRunHasLeftIsTakenOverBeforeItIsGoneOnWith() throws Exception {
        Launcher first = new Launcher(plan(3, false));
        run(first, new Seen());
        List<String> ofFork = first.written.get("0/1");
        int end = indexOf(ofFork, "\"iteration\":0,", "\"at\":\"end\"", "\"warmup\":false");
        cut(journal(), "\"trial\":0,\"fork\":1,\"iteration\":0,\"index\":4,");
        List<RequestRecord> before = measured();
        // The fork came to the fourth request of its second iteration, gave one up, and was torn off.
        List<String> left = new ArrayList<>(ofFork.subList(0, end + 6));
        left.set(end + 5, left.get(end + 5).replaceFirst("\"outcome\":\"[a-z]+\"", "\"outcome\":\"cancelled\""));
        Path leftFile = dir.resolve("run.fork2.journal.jsonl");
        Files.writeString(leftFile, String.join("\n", left) + "\n{\"type\":\"requ");
        asked.clear();
        Launcher launcher = new Launcher(plan(3, true));

        RunReport report = run(launcher, new Seen());

        // Of the fork that was cut not even the first iteration is whole, in whatever order its requests ended.
        assertThat(before).hasSizeLessThan(30);
        assertThat(report.complete()).isTrue();
        assertThat(launcher.started).containsExactly("0/1", "0/2", "1/0", "1/1", "1/2");
        assertThat(asked.stream().filter(request -> request.startsWith("0/1")))
                .hasSize(7)
                .allMatch(request -> request.matches("0/1 1\\d"));
        assertThat(leftFile).doesNotExist();
        assertEachWasSentOnce();
        assertThat(report.trials().get(0).iterations()).hasSize(6).allMatch(IterationReport::complete);
        assertTimesGoOn();
    }

    @Test
    void whatAForkHasLeftThatTheRunHasAlreadyIsNotTakenTwice() throws Exception {
        Launcher first = new Launcher(plan(3, false));
        run(first, new Seen());
        cut(journal(), "\"trial\":0,\"fork\":2,");
        int lines = Files.readAllLines(journal()).size();
        Files.write(dir.resolve("run.fork2.journal.jsonl"), first.written.get("0/1"));
        Launcher launcher = new Launcher(plan(3, true));
        launcher.failing = true;

        assertThatThrownBy(() -> run(launcher, new Seen())).isInstanceOf(HarnessException.class);

        assertThat(launcher.started).containsExactly("0/2");
        // Only the closing line came behind.
        assertThat(Files.readAllLines(journal())).hasSize(lines + 1);
    }

    @Test
    void aForkThatLacksNothingButItsEndIsEnded() throws Exception {
        run(new Launcher(plan(3, false)), new Seen());
        List<String> lines = Files.readAllLines(journal());
        int start = indexOf(lines, "\"at\":\"start\",\"trial\":1,\"fork\":2,", "\"iteration\":1");
        Files.write(journal(), lines.subList(0, start + 11));
        asked.clear();
        Launcher launcher = new Launcher(plan(3, true));

        RunReport report = run(launcher, new Seen());

        assertThat(report.end().text()).isEmpty();
        assertThat(launcher.started).containsExactly("1/2");
        assertThat(asked).isEmpty();
        assertEachWasSentOnce();
        assertThat(report.trials().get(1).iterations()).hasSize(6).allMatch(IterationReport::complete);
    }

    @Test
    void aRunThatWasStoppedInAForkIsGoneOnWith() throws Exception {
        Launcher stopping = stoppingInSecondFork();
        RunReport interrupted = stopping.harness.run();
        // On a busy machine a fork may have sent all before anybody comes to stop it.
        for (int i = 1; i < ATTEMPTS && measured().size() == 40; i++) {
            Files.delete(journal());
            stopping = stoppingInSecondFork();
            interrupted = stopping.harness.run();
        }
        int kept = measured().size();
        asked.clear();
        Launcher launcher = new Launcher(plan(3, true));

        RunReport report = run(launcher, new Seen());

        assertThat(interrupted.end().text()).isEqualTo("interrupted");
        assertThat(stopping.started).containsExactly("0/0", "0/1");
        assertThat(kept).isBetween(25, 39);
        assertThat(report.complete()).isTrue();
        assertThat(launcher.started).containsExactly("0/1", "0/2", "1/0", "1/1", "1/2");
        assertThat(asked.stream().filter(request -> !request.endsWith("w"))).hasSize(120 - kept);
        assertEachWasSentOnce();
        assertTimesGoOn();
    }

    private Launcher stoppingInSecondFork() throws Exception {
        Launcher stopping = new Launcher(plan(3, false));
        stopping.harness = new Harness(stopping.plan, name -> null, new Seen(), stopping);
        stopping.atFifthOfSecond = () -> stopping.harness.interrupt();
        return stopping;
    }

    @Test
    void aRunOfAnotherNumberOfForksIsAnotherPlan() throws Exception {
        run(new Launcher(plan(3, false)), new Seen());
        cut(journal(), "\"trial\":0,\"fork\":1,");

        assertThatThrownBy(() -> run(new Launcher(plan(2, true)), new Seen()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        journal() + " is of another plan: trial 1: forks.count is 3 and 2; resume it with the options"
                                + " and variables that it was begun with");
    }

    @Test
    void whatCantBeReadOfAForkIsSaid() throws Exception {
        run(new Launcher(plan(3, false)), new Seen());
        cut(journal(), "\"trial\":0,\"fork\":1,");
        Path left = Files.writeString(dir.resolve("run.fork2.journal.jsonl"), "");

        assertThatThrownBy(() -> run(new Launcher(plan(3, true)), new Seen()))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        left + " is not a journal: it has no whole line; without that file the run is resumed from its"
                                + " own journal alone");
        assertThat(left).exists();
    }

    private RunReport run(Launcher launcher, Report report) throws Exception {
        return new Harness(launcher.plan, name -> null, report, launcher).run();
    }

    private Path journal() {
        return dir.resolve("run.journal.jsonl");
    }

    /** Cuts a journal off before the first line that has a text. */
    private static void cut(Path journal, String text) throws Exception {
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, indexOf(lines, text)));
    }

    private static int indexOf(List<String> lines, String... parts) {
        return IntStream.range(0, lines.size())
                .filter(i -> List.of(parts).stream().allMatch(lines.get(i)::contains))
                .findFirst()
                .orElseThrow();
    }

    private void assertEachWasSentOnce() throws Exception {
        List<String> all = new ArrayList<>();
        for (int trial = 0; trial < 2; trial++) {
            for (int fork = 0; fork < 3; fork++) {
                for (int index = 0; index < 20; index++) {
                    all.add(trial + "/" + fork + " " + index);
                }
            }
        }
        assertThat(measured().stream().map(r -> r.trial() + "/" + r.fork() + " " + r.index()))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    /** Each iteration of the journal starts behind the one before, whichever JVM wrote it. */
    private void assertTimesGoOn() throws Exception {
        List<Long> starts = new ArrayList<>();
        JournalReader.read(journal(), new Lines(new ArrayList<>(), starts));
        assertThat(starts).isSorted();
    }

    /** The measured requests of the journal that were not given up. */
    private List<RequestRecord> measured() throws Exception {
        List<RequestRecord> records = new ArrayList<>();
        JournalReader.read(journal(), new Lines(records, new ArrayList<>()));
        return records.stream()
                .filter(record -> !record.warmup() && record.outcome() != Outcome.CANCELLED)
                .toList();
    }

    private record Lines(List<RequestRecord> records, List<Long> starts) implements JournalReader.Visitor {
        @Override
        public void header(Map<String, Object> run) {
            assertThat(run).isNotEmpty();
        }

        @Override
        public void iterationStarted(IterationSpan span) {
            starts.add(span.startNanos());
        }

        @Override
        public void request(RequestRecord request) {
            records.add(request);
        }
    }

    private Plan plan(int forks, boolean resumed) {
        APlan plan = APlan.of(journal(), trial(0, forks), trial(1, forks));
        return resumed ? plan.resumed().plan() : plan.plan();
    }

    private APlan.ATrial trial(int index, int forks) {
        return new APlan.ATrial(new Fake(asked), endpoint.url())
                .model(Integer.toString(index))
                .load(new Load.Closed(2), Iterations.ofRequests(1, 2), Iterations.ofRequests(2, 10))
                .forks(forks);
    }

    /** Runs forks in this JVM. */
    private final class Launcher implements ForkLauncher {
        private final Plan plan;
        private final List<String> started = new ArrayList<>();
        private final Map<String, List<String>> written = new HashMap<>();

        /** The trial, the fork and the measured request from which on nothing is left of it. */
        private String killed = "";

        private boolean failing;

        private Runnable atFifthOfSecond = () -> {};

        private Harness harness;

        Launcher(Plan plan) {
            this.plan = plan;
        }

        @Override
        public Process start(Share share) {
            Trial trial = share.trial();
            int fork = share.fork();
            Path journal = share.journal();
            String name = trial.index() + "/" + fork;
            started.add(name);
            if (failing) {
                return new ForkInThisJvm(() -> 1, () -> {});
            }
            boolean kill = killed.startsWith(name + " ");
            Path writing = kill ? dir.resolve("killed.jsonl") : journal;
            Report report = new Report() {
                @Override
                public void requestEnded(RequestRecord record, RequestMetrics metrics) {
                    if (name.equals("0/1") && !record.warmup() && record.index() == 4) {
                        atFifthOfSecond.run();
                    }
                }
            };
            Harness harness = new Harness(
                    plan.forked(trial.index(), fork, Split.ALONE, writing, share.origin(), share.simulatedUrl()),
                    variable -> null,
                    report);
            return new ForkInThisJvm(
                    () -> {
                        harness.run();
                        written.put(name, Files.readAllLines(writing));
                        if (kill) {
                            cut(writing, "\"index\":" + killed.substring(name.length() + 1) + ",");
                            Files.move(writing, journal);
                        }
                        return kill ? 137 : 0;
                    },
                    () -> harness.interrupt());
        }
    }

    private static final class Seen implements Report {
        private final List<String> forks = new ArrayList<>();
        private int measured;

        @Override
        public void forkStarted(TrialHeader trial, int fork) {
            forks.add(trial.index() + "/" + fork);
        }

        @Override
        public void requestEnded(RequestRecord record, RequestMetrics metrics) {
            measured += record.warmup() ? 0 : 1;
        }
    }

    /** A workload whose object is its trial, which knows its fork. */
    private record Fake(List<String> asked) implements WorkloadBinding<List<String>> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Fake", "Fake")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 1))
                    .build();
        }

        @Override
        public List<String> create(ParamValues values) {
            return new ArrayList<>();
        }

        @Override
        public void setup(List<String> workload, TrialContext trial) {
            workload.add(name(trial));
        }

        @Override
        public void tearDown(List<String> workload, TrialContext trial) {
            assertThat(workload).containsExactly(name(trial));
        }

        @Override
        public InferenceRequest request(List<String> workload, RequestContext context) {
            asked.add(workload.get(0) + " " + context.index() + (context.warmup() ? "w" : ""));
            return InferenceRequest.chat("Hello").maxOutputTokens(5);
        }

        private static String name(TrialContext trial) {
            return trial.model() + "/" + trial.fork();
        }
    }
}
