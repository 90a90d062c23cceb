package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.harness.member.ForkLauncher;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.InParts;
import io.inferometer.record.journal.Journal;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.journal.WriterProbe;
import io.inferometer.report.Flag;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Iterations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are gone on with, and journals that stand in the way of one. */
class ResumedRunTest extends HarnessRig {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatWasCutOffIsGoneOnWithAndSendsNothingTwice(boolean inParts) throws Exception {
        Plan plan = plan(new Load.Closed(3), Iterations.ofRequests(1, 4), Iterations.ofRequests(3, 10));
        harness(plan).run();
        Path journal = plan.files().journal().orElseThrow();
        List<String> lines = Files.readAllLines(journal);
        int cut = indexOf(lines, "\"iteration\":1,\"index\":15,");
        String givenUp = lines.get(cut).replaceFirst("\"outcome\":\"[a-z]+\"", "\"outcome\":\"cancelled\"");
        Files.writeString(journal, String.join("\n", lines.subList(0, cut)) + "\n" + givenUp + "\n{\"type\":\"requ");
        if (inParts) {
            InParts.put(journal, 6);
        }
        long measured = finished(journal);
        calls.contexts.clear();
        calls.log.clear();
        seen.records.clear();

        RunReport report = harness(resumed(plan)).run();

        assertThat(report.complete()).isTrue();
        assertThat(report.trials()).hasSize(1);
        assertThat(report.trials().get(0).summary().outcomes().succeeded()).isEqualTo(30);
        assertThat(report.trials().get(0).iterations()).hasSize(3).allMatch(IterationReport::complete);
        assertThat(report.trials().get(0).flags()).extracting(Flag::name).contains("resumed");
        assertThat(seen.records.stream().filter(r -> !r.warmup()).map(RequestRecord::index))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 30).boxed().toList());
        assertThat(calls.contexts).hasSize((int) (30 - measured)).noneMatch(RequestContext::warmup);
        assertThat(finished(journal)).isEqualTo(30);
        assertThatThrownBy(() -> harness(resumed(plan)).run())
                .isInstanceOf(UsageException.class)
                .hasMessage(journal + " is of a complete run: there is nothing to resume");
    }

    @Test
    void aRunThatIsStillGoingOnIsNotGoneOnWith() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 3));
        harness(plan).run();
        Path path = plan.files().journal().orElseThrow();
        Files.writeString(path, Files.readAllLines(path).get(0) + "\n");

        try (Journal other = Journal.resume(path)) {
            assertThatThrownBy(() -> harness(resumed(plan)).run())
                    .isInstanceOf(UsageException.class)
                    .hasMessage("--resume " + path + ": its run is still going on; end that one first");
            other.flush();
        }
        assertThat(harness(resumed(plan)).run().complete()).isTrue();
    }

    @Test
    void aRunThatIsGoneOnWithIsKnownToOtherProcessesToGoOn() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 4));
        harness(plan).run();
        Path journal = plan.files().journal().orElseThrow();
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, 4));
        List<Boolean> written = new ArrayList<>();
        Report probing = new Report() {
            @Override
            public void requestEnded(RequestRecord record, RequestMetrics metrics) throws IOException {
                if (record.index() == 3) {
                    written.add(WriterProbe.written(journal));
                }
            }
        };

        new Harness(resumed(plan), name -> null, probing).run();

        assertThat(written).containsExactly(true);
        assertThat(WriterProbe.written(journal)).isFalse();
    }

    @Test
    void aForksJournalThatIsStillWrittenIsNotDeleted() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 4));
        Path left = dir.resolve("run.fork2.journal.jsonl");

        try (Journal fork = Journal.create(left, Map.of(), false)) {
            assertThatThrownBy(() -> harness(forked(plan, true)).run())
                    .isInstanceOf(UsageException.class)
                    .hasMessage("the journal " + left + " of a fork is still being written; end its run first, or name"
                            + " another with --journal FILE");
            fork.flush();
        }
        assertThat(left).exists();
    }

    @Test
    void anIterationOfWhichOnlyTheRestFailsDoesNotEndItsTrial() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(2, 10));
        harness(plan).run();
        Path journal = plan.files().journal().orElseThrow();
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, indexOf(lines, "\"index\":9,")));
        calls.wrongAt = 9;

        RunReport report = harness(resumed(plan)).run();

        assertThat(report.complete()).isTrue();
        assertThat(report.trials().get(0).iterations()).hasSize(2);
        assertThat(report.trials().get(0).summary().outcomes().failed()).isEqualTo(1);
        assertThat(report.trials().get(0).summary().outcomes().succeeded()).isEqualTo(19);
    }

    @Test
    void anIterationThatLacksNothingButItsEndEndsItsTrialIfAllOfItHadFailed() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(2, 1));
        calls.wrongAt = 0;
        harness(plan).run();
        Path journal = plan.files().journal().orElseThrow();
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, indexOf(lines, "\"outcome\":") + 1));
        calls.contexts.clear();

        RunReport report = harness(resumed(plan)).run();

        assertThat(calls.contexts).isEmpty();
        assertThat(report.trials().get(0).iterations()).hasSize(1);
        assertThat(report.trials().get(0).summary().outcomes().failed()).isEqualTo(1);
    }

    @Test
    void whatHadNotBeenCheckedIsCheckedAgainWhenTheRunIsGoneOnWith() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 4));
        harness(plan).run();
        Path journal = plan.files().journal().orElseThrow();
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.removeIf(line -> line.startsWith("{\"type\":\"check\"") && !line.contains("\"index\":0")
                || line.contains("\"at\":\"end\"")
                || line.startsWith("{\"type\":\"end\""));
        Files.write(journal, lines);
        calls.contexts.clear();
        calls.answers.clear();
        calls.wrongAt = 2;

        RunReport report = harness(resumed(plan)).run();

        assertThat(calls.contexts).isEmpty();
        assertThat(calls.answers).hasSize(3).allSatisfy(answer -> {
            assertThat(answer.text()).isNotEmpty();
            assertThat(answer.outputTokens()).hasValue(5);
        });
        assertThat(report.trials().get(0).summary().outcomes().succeeded()).isEqualTo(3);
        assertThat(report.trials().get(0).summary().outcomes().failed()).isEqualTo(1);
        assertThat(Files.readAllLines(journal).stream().filter(line -> line.startsWith("{\"type\":\"check\"")))
                .hasSize(4);
        assertThat(finished(journal)).isEqualTo(4);
    }

    @Test
    void aRunThatIsGoneOnWithIsJudgedAsItsPlanSaysNow() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 4));
        harness(plan).run();
        Path journal = plan.files().journal().orElseThrow();
        Files.write(journal, Files.readAllLines(journal).subList(0, 4));

        RunReport report = harness(resumed(plan, 0.25, Plan.Calibrate.OFF)).run();

        assertThat(report.header().judged().maxFailures()).isEqualTo(0.25);
        assertThat(report.header().startedAt()).isEqualTo(plan.startedAt());
    }

    @Test
    void aRunThatWasCutBeforeItsReplaySaysThatTheClientsPartIsNotKnown() throws Exception {
        Plan plan = calibrating(Plan.Calibrate.AFTER);
        harness(plan(new Load.Closed(4), Iterations.ofRequestsPerSlot(1, 2), Iterations.ofRequests(1, 20)))
                .run();
        Path journal = plan.files().journal().orElseThrow();
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, lines.size() - 1));

        TrialReport trial =
                harness(resumed(plan, 0, Plan.Calibrate.AFTER)).run().trials().get(0);

        assertThat(trial.overhead()).isEmpty();
        assertThat(trial.flags())
                .contains(
                        new Flag(
                                "client-unmeasured",
                                "the client's own part is not known: the run was interrupted before the replay that measures it"));
    }

    @Test
    void aRunOfAnotherPlanIsNotGoneOnWith() throws Exception {
        Plan plan = plan(new Load.Closed(3), Iterations.NONE, Iterations.ofRequests(1, 4));
        harness(plan).run();
        Path journal = plan.files().journal().orElseThrow();
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, String.join("\n", lines.subList(0, 3)) + "\n");
        Plan other = warmed(plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 4)));

        assertThatThrownBy(() -> harness(resumed(other)).run())
                .isInstanceOf(UsageException.class)
                .hasMessage(journal + " is of another plan: load.concurrency is 3 and 2; resume it with the options and"
                        + " variables that it was begun with");
        assertThat(Files.readAllLines(journal)).hasSize(3);
    }

    @Test
    void whatAnEarlierForkLeftIsNotTakenForThisOnes() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 4));
        harness(plan).run();
        Path left = Files.move(plan.files().journal().orElseThrow(), dir.resolve("run.fork2.journal.jsonl"));

        assertThatThrownBy(() -> harness(forked(plan, false)).run())
                .isInstanceOf(UsageException.class)
                .hasMessage("the journal " + left
                        + " of an earlier fork exists; --force replaces it, --journal FILE names another");
        assertThat(left).exists();
        assertThat(plan.files().journal().orElseThrow()).doesNotExist();

        assertThatThrownBy(() -> harness(forked(plan, true)).run()).isInstanceOf(HarnessException.class);
        assertThat(left).doesNotExist();
    }

    @Test
    void aForkWhoseJournalCantBeReadIsEndedAndSaysWhy() throws Exception {
        Plan plan = forked(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 4)), false);
        ForkLauncher garbage = share -> {
            Files.writeString(share.journal(), "no journal\n");
            return new ProcessBuilder("sleep", "60").start();
        };

        RunReport report = new Harness(plan, name -> null, seen, garbage).run();

        Path first = dir.resolve("run.fork1.journal.jsonl");
        assertThat(report.complete()).isFalse();
        assertThat(report.end().text())
                .startsWith("fork 1 of 2 was ended: " + first + ", line 1: ")
                .contains("; the result has the 0 measured requests that it finished; fork 2 of 2 was ended: ");
    }

    private static Plan forked(Plan plan, boolean force) {
        return APlan.like(plan).forks(2).force(force).plan();
    }

    /** How many measured requests a journal has that were not given up. */
    private static long finished(Path journal) throws Exception {
        List<RequestRecord> records = new ArrayList<>();
        JournalReader.read(journal, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                // Of no interest.
            }

            @Override
            public void request(RequestRecord request) {
                records.add(request);
            }
        });
        return records.stream()
                .filter(record -> !record.warmup() && record.outcome() != Outcome.CANCELLED)
                .count();
    }

    private static Plan resumed(Plan plan) {
        return APlan.like(plan).resumed().plan();
    }

    private static Plan warmed(Plan plan) {
        return APlan.like(plan).clientWarmup().plan();
    }

    private static Plan resumed(Plan plan, double maxFailures, Plan.Calibrate calibrate) {
        return APlan.like(plan)
                .resumed()
                .maxFailures(maxFailures)
                .calibrate(calibrate)
                .plan();
    }
}
