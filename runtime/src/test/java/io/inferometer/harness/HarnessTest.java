package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.inferometer.annotations.Arrivals;
import io.inferometer.harness.member.ForkLauncher;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.InParts;
import io.inferometer.record.journal.Journal;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.record.journal.WriterProbe;
import io.inferometer.report.Flag;
import io.inferometer.report.IterationReport;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Metric;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.Answer;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarnessTest {
    @TempDir
    Path dir;

    private final Calls calls = new Calls();
    private final Seen seen = new Seen();
    private SimulatedEndpoint endpoint;
    private String profile = "metronome?ttft=5&itl=1";

    @BeforeEach
    void startEndpoint() throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
    }

    @AfterEach
    void stopEndpoint() throws Exception {
        endpoint.close();
    }

    private void endpoint(String otherProfile) throws Exception {
        endpoint.close();
        profile = otherProfile;
        startEndpoint();
    }

    @Test
    void aClosedLoopRunsItsWarmupAndItsIterations() throws Exception {
        Plan plan = plan(new Load.Closed(4), Iterations.ofRequestsPerSlot(1, 2), Iterations.ofRequests(2, 20));

        RunReport report = harness(plan).run();

        assertThat(report.complete()).isTrue();
        assertThat(report.trials()).hasSize(1);
        assertThat(report.trials().get(0).summary().outcomes().total()).isEqualTo(40);
        assertThat(report.trials().get(0).iterations()).hasSize(2);
        assertThat(seen.records).hasSize(48);
        assertThat(seen.records.stream().filter(RequestRecord::warmup)).hasSize(8);
        assertThat(seen.records).allMatch(RequestRecord::succeeded);
        assertThat(seen.records).extracting(RequestRecord::slot).containsOnly(0, 1, 2, 3);
        assertThat(calls.log)
                .containsExactly(
                        "setup",
                        "setup warm-up 0",
                        "tearDown warm-up 0",
                        "setup iteration 0",
                        "tearDown iteration 0",
                        "setup iteration 1",
                        "tearDown iteration 1",
                        "tearDown");
    }

    @Test
    void measuresWhatTheClientAddsAndKeepsItInTheJournal() throws Exception {
        Plan plan = calibrating(Plan.Calibrate.AFTER);
        List<Map<String, Object>> journal = new ArrayList<>();

        TrialReport trial = harness(plan).run().trials().get(0);

        ClientOverhead overhead = trial.overhead().orElseThrow();
        assertThat(overhead.replay()).isTrue();
        assertThat(overhead.streams()).isEqualTo(4);
        assertThat(overhead.metric(Metric.TTFT).count()).isEqualTo(100);
        assertThat(overhead.differs())
                .contains(new ClientOverhead.Difference(
                        "endpoint-here",
                        true,
                        "the endpoint shares this machine, and took processor time in the run alone"));
        assertThat(trial.iterations().get(0).health()).isPresent();
        assertThat(seen.records).hasSize(28);
        JournalReader.read(plan.files().journal().orElseThrow(), new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                assertThat(run).containsEntry("calibrate", "after");
            }

            @Override
            public void iterationEnded(IterationSpan span, Map<String, Object> health) {
                assertThat(health.isEmpty()).isEqualTo(span.warmup());
            }

            @Override
            public void clientOverhead(int index, int fork, Map<String, Object> told) {
                journal.add(told);
            }

            @Override
            public void request(RequestRecord request) {
                assertThat(request.succeeded()).isTrue();
            }
        });
        assertThat(journal).hasSize(1);
        assertThat(ClientOverhead.ofMap(journal.get(0)).metric(Metric.TTFT).count())
                .isEqualTo(100);
    }

    @Test
    void aRunThatIsStoppedInItsReplayLosesNothing() throws Exception {
        Harness harness = harness(calibrating(Plan.Calibrate.AFTER));
        CompletableFuture<Boolean> stopped = seen.measured.thenApplyAsync(ended -> {
            try {
                return harness.interrupt(Duration.ofSeconds(20), Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        RunReport report = harness.run();

        assertThat(stopped.get()).isTrue();
        assertThat(report.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(report.trials().get(0).summary().outcomes().succeeded()).isEqualTo(20);
        assertThat(report.trials().get(0).overhead()).isEmpty();
    }

    private Plan calibrating(Plan.Calibrate when) {
        return APlan.like(plan(new Load.Closed(4), Iterations.ofRequestsPerSlot(1, 2), Iterations.ofRequests(1, 20)))
                .calibrate(when)
                .plan();
    }

    @Test
    void warmupAndMeasuredRequestsAreNumberedApartAndAcrossIterations() throws Exception {
        harness(plan(new Load.Closed(2), Iterations.ofRequests(2, 3), Iterations.ofRequests(2, 3)))
                .run();

        assertThat(calls.contexts)
                .extracting(RequestContext::id, RequestContext::warmup, RequestContext::iteration)
                .containsExactly(
                        tuple("w0-0-0", true, 0),
                        tuple("w0-0-1", true, 0),
                        tuple("w0-0-2", true, 0),
                        tuple("w0-0-3", true, 1),
                        tuple("w0-0-4", true, 1),
                        tuple("w0-0-5", true, 1),
                        tuple("0-0-0", false, 0),
                        tuple("0-0-1", false, 0),
                        tuple("0-0-2", false, 0),
                        tuple("0-0-3", false, 1),
                        tuple("0-0-4", false, 1),
                        tuple("0-0-5", false, 1));
    }

    @Test
    void aTrialsRequestsAreThoseThatItsIndicesGoThrough() throws Exception {
        harness(plan(new Load.Closed(2), Iterations.ofRequests(1, 3), Iterations.ofRequestsPerSlot(3, 2)))
                .run();

        TrialContext trial = calls.contexts.get(0).trial();
        assertThat(trial.iterations()).isEqualTo(3);
        assertThat(trial.warmupIterations()).isEqualTo(1);
        assertThat(trial.requestsPerIteration()).hasValue(4);
        assertThat(trial.requests()).hasValue(12);
        assertThat(calls.contexts.stream().filter(context -> !context.warmup()).map(RequestContext::index))
                .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
    }

    @Test
    void neverMoreThanTheSlotsAreInFlightAndASlotGoesOnAtOnce() throws Exception {
        harness(plan(new Load.Closed(3), Iterations.NONE, Iterations.ofRequests(1, 30)))
                .run();

        for (int slot = 0; slot < 3; slot++) {
            int of = slot;
            List<RequestRecord> mine =
                    seen.records.stream().filter(r -> r.slot() == of).toList();
            for (int i = 1; i < mine.size(); i++) {
                assertThat(mine.get(i).scheduledNanos())
                        .isEqualTo(mine.get(i - 1).endNanos());
            }
        }
    }

    @Test
    void anExtentOfTimeSelectsByTheScheduledStartAndFollowsToTheEnd() throws Exception {
        harness(plan(new Load.Closed(2), Iterations.NONE, Iterations.ofTime(1, Duration.ofSeconds(1))))
                .run();

        long start = seen.records.stream()
                .mapToLong(RequestRecord::scheduledNanos)
                .min()
                .orElseThrow();
        assertThat(seen.records).hasSizeGreaterThan(4).allMatch(RequestRecord::succeeded);
        assertThat(seen.records).allMatch(r -> r.scheduledNanos() - start <= 1_000_000_000L);
    }

    @Test
    void allAtOnceReleasesEverythingWithoutWaitingForAnEnd() throws Exception {
        endpoint("metronome?ttft=400&itl=1");

        harness(plan(new Load.AtOnce(), Iterations.NONE, Iterations.ofRequests(1, 50)))
                .run();

        long firstEnd =
                seen.records.stream().mapToLong(RequestRecord::endNanos).min().orElseThrow();
        assertThat(seen.records).hasSize(50).allMatch(r -> r.releasedNanos() < firstEnd);
    }

    @Test
    void allAtOnceWithoutAnExtentEndsWithTheWorkloadsRequests() throws Exception {
        calls.last = 17;

        RunReport report = harness(plan(new Load.AtOnce(), Iterations.NONE, new Iterations(1, null)))
                .run();

        assertThat(report.trials().get(0).summary().outcomes().total()).isEqualTo(17);
    }

    @Test
    void aTrialWithoutAFirstRequestSaysWhatTheMethodReturned() {
        calls.last = 0;

        for (Load load : List.of(new Load.Closed(2), new Load.AtOnce(), new Load.Open(100, Arrivals.CONSTANT))) {
            assertThatThrownBy(() -> harness(plan(load, Iterations.NONE, Iterations.ofRequests(2, 4)))
                            .run())
                    .isInstanceOf(HarnessException.class)
                    .hasMessage("Fake: its @Request method returned null for the first measured request, so there is"
                            + " nothing to measure");
        }
        assertThat(seen.records).isEmpty();
    }

    @Test
    void fewerSlotsThanRequestsWorkThroughTheRest() throws Exception {
        calls.last = 40;

        RunReport report = harness(
                        plan(new Load.AtOnce(3, Load.AtOnce.INSTANT), Iterations.NONE, new Iterations(1, null)))
                .run();

        assertThat(report.trials().get(0).summary().outcomes().succeeded()).isEqualTo(40);
        assertThat(report.trials().get(0).summary().throughput().peakInFlight()).isEqualTo(3);
        assertThat(seen.records).extracting(RequestRecord::slot).containsOnly(0, 1, 2);
    }

    @Test
    void staggeredSlotsBeginEvenlyOverTheirTimeAndGoOnAsTheyEnd() throws Exception {
        harness(plan(
                        new Load.Closed(4, Duration.ofMillis(80)),
                        Iterations.NONE,
                        Iterations.ofTime(1, Duration.ofMillis(800))))
                .run();

        Map<Integer, List<RequestRecord>> slots = seen.records.stream()
                .sorted(Comparator.comparingLong(RequestRecord::scheduledNanos))
                .collect(Collectors.groupingBy(RequestRecord::slot));
        long first = slots.get(0).get(0).scheduledNanos();
        for (int slot = 0; slot < 4; slot++) {
            List<RequestRecord> all = slots.get(slot);
            assertThat(all.get(0).scheduledNanos() - first).isEqualTo(slot * 20_000_000L);
            assertThat(all.get(1).scheduledNanos()).isEqualTo(all.get(0).endNanos());
        }
    }

    @Test
    void slotsBeginAtTheirRate() throws Exception {
        harness(plan(new Load.AtOnce(Load.AtOnce.ALL, 100), Iterations.NONE, Iterations.ofRequests(1, 8)))
                .run();

        long first = seen.records.stream()
                .mapToLong(RequestRecord::scheduledNanos)
                .min()
                .orElseThrow();
        assertThat(seen.records.stream().map(r -> r.scheduledNanos() - first).sorted())
                .containsExactlyElementsOf(
                        LongStream.range(0, 8).mapToObj(i -> i * 10_000_000L).toList());
        assertThat(seen.records).allMatch(r -> r.releasedNanos() >= r.scheduledNanos());
    }

    @Test
    void aRequestThatCantBeMadeKeepsAllAtOnceFromSendingAny() throws Exception {
        calls.throwAt = 3;
        Plan plan = plan(new Load.AtOnce(), Iterations.NONE, new Iterations(1, null));

        assertThatThrownBy(() -> harness(plan).run())
                .isInstanceOf(HarnessException.class)
                .hasMessage(
                        "Fake: its request method failed: IllegalStateException in HarnessTest.Fake.request: no prompt 3");
        assertThat(seen.records).isEmpty();
        assertThat(plan.files().journal().orElseThrow()).doesNotExist();
    }

    @Test
    void theRunTimeEndsARunWhateverIsLeft() throws Exception {
        endpoint("metronome?ttft=60000&itl=1");
        Plan plan = plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 10));
        Plan limited = APlan.like(plan).runTime(Duration.ofMillis(1_500)).plan();

        RunReport report = harness(limited).run();

        assertThat(report.complete()).isFalse();
        assertThat(report.end()).isEqualTo(new RunEnd.TimeOver(Duration.ofMillis(1_500)));
        assertThat(report.end().text()).isEqualTo("its run time of 1.5 s was over");
        assertThat(seen.records).hasSizeLessThanOrEqualTo(2).allMatch(r -> r.outcome() == Outcome.CANCELLED);
    }

    @Test
    void anOpenLoopSendsAtItsRateHoweverManyAreInFlight() throws Exception {
        endpoint("metronome?ttft=300&itl=1");

        harness(plan(new Load.Open(100, Arrivals.CONSTANT), Iterations.NONE, Iterations.ofRequests(1, 20)))
                .run();

        long first = seen.records.stream()
                .mapToLong(RequestRecord::scheduledNanos)
                .min()
                .orElseThrow();
        assertThat(seen.records.stream().map(r -> r.scheduledNanos() - first).sorted())
                .containsExactlyElementsOf(
                        LongStream.range(0, 20).mapToObj(i -> i * 10_000_000L).toList());
        assertThat(seen.records).allMatch(r -> r.releasedNanos() >= r.scheduledNanos());
        assertThat(seen.records).extracting(RequestRecord::slot).containsOnly(-1);
    }

    @Test
    void theJournalHoldsEveryRecordAsTheReportsSawIt() throws Exception {
        Plan plan = plan(new Load.Closed(2), Iterations.ofRequests(1, 2), Iterations.ofRequests(1, 6));

        harness(plan).run();

        List<RequestRecord> kept = new ArrayList<>();
        JournalReader.read(plan.files().journal().orElseThrow(), new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                assertThat(run).containsKey("trials");
            }

            @Override
            public void request(RequestRecord record) {
                kept.add(record);
            }
        });
        assertThat(kept).usingRecursiveFieldByFieldElementComparator().isEqualTo(seen.records);
    }

    @Test
    void aTrialWhoseWarmupFailsWholeIsNotMeasured() throws Exception {
        endpoint("metronome?fault=500");

        RunReport report = harness(plan(new Load.Closed(2), Iterations.ofRequests(1, 4), Iterations.ofRequests(1, 100)))
                .run();

        assertThat(seen.records).hasSize(4);
        assertThat(report.trials()).isEmpty();
    }

    @Test
    void stoppingLetsWhatIsInFlightEndAndWritesEverything() throws Exception {
        endpoint("metronome?ttft=200&itl=1");
        Plan plan = plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 1_000));
        Harness harness = harness(plan);
        CompletableFuture<RunReport> run = started(harness);
        seen.firstRecord.get(20, TimeUnit.SECONDS);

        harness.interrupt(Duration.ofSeconds(20), Duration.ofSeconds(20));

        RunReport report = run.get(20, TimeUnit.SECONDS);
        assertThat(report.complete()).isFalse();
        assertThat(report.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(seen.records).hasSizeBetween(1, 999).allMatch(RequestRecord::succeeded);
        assertThat(Files.readString(plan.files().journal().orElseThrow()))
                .contains("\"complete\":false")
                .contains("interrupted");
    }

    @Test
    void whatIsStillInFlightAfterTheGraceIsGivenUp() throws Exception {
        endpoint("metronome?ttft=60000&itl=1");
        Harness harness = harness(plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 10)));
        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
            try {
                harness.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        seen.iterationStarted.get(20, TimeUnit.SECONDS);

        harness.interrupt(Duration.ofMillis(100), Duration.ofMillis(100));

        run.get(20, TimeUnit.SECONDS);
        assertThat(seen.records).hasSizeLessThanOrEqualTo(2).allMatch(r -> r.outcome() == Outcome.CANCELLED);
    }

    @Test
    void whatIsInFlightIsGivenUpAtOnceWhenTheRunIsStoppedAgain() throws Exception {
        endpoint("metronome?ttft=60000&itl=1");
        Harness harness = harness(plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 10)));
        CompletableFuture<RunReport> run = started(harness);
        seen.iterationStarted.get(20, TimeUnit.SECONDS);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> {
            try {
                return harness.interrupt(Duration.ofHours(1), Duration.ZERO);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        boolean ended = harness.interrupt(Duration.ZERO, Duration.ofSeconds(20));

        assertThat(ended).isTrue();
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(run.get(20, TimeUnit.SECONDS).end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(seen.records).hasSizeLessThanOrEqualTo(2).allMatch(r -> r.outcome() == Outcome.CANCELLED);
    }

    @Test
    void aJournalThatVanishesEndsTheRunWithoutWaitingForWhatCantBeKept() throws Exception {
        endpoint("metronome?ttft=5&itl=1&fault=stall&every=4");
        Plan plan = plan(new Load.Closed(4), Iterations.NONE, Iterations.ofRequests(1, 10_000));
        CompletableFuture<Void> deleted = seen.firstRecord.thenRun(() -> {
            try {
                Files.delete(plan.files().journal().orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        Throwable failure = catchThrowable(() -> harness(plan).run());

        deleted.get(20, TimeUnit.SECONDS);
        assertThat(failure)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the journal " + plan.files().journal().orElseThrow() + " has been deleted");
        String message = failure.getMessage();
        Path saved = Path.of(message.substring(message.lastIndexOf(' ') + 1));
        assertThat(Files.readAllLines(saved)).hasSizeGreaterThan(2);
        assertThat(seen.run.end().text()).isEqualTo(message);
        Files.delete(saved);
    }

    @Test
    void aWrongAnswerIsAFailedRequest() throws Exception {
        endpoint("metronome?ttft=5&itl=1");
        calls.wrongAt = 1;

        RunReport report = harness(plan(new Load.Closed(1), Iterations.ofRequests(1, 1), Iterations.ofRequests(1, 3)))
                .run();

        assertThat(seen.records)
                .extracting(RequestRecord::outcome)
                .containsExactly(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.WRONG_ANSWER, Outcome.SUCCESS);
        assertThat(seen.records.get(2).error())
                .isEqualTo("IllegalStateException in HarnessTest.Fake.check: 5 tokens were not what 1 asked for");
        assertThat(report.trials().get(0).summary().outcomes().failed()).isEqualTo(1);
        assertThat(calls.answers).hasSize(4).allSatisfy(answer -> {
            assertThat(answer.text()).isNotEmpty();
            assertThat(answer.reasoning()).isEmpty();
            assertThat(answer.outputTokens()).hasValue(5);
        });
    }

    @Test
    void nothingIsSentBetweenTwoTrialsForTheTimeOfThePause() throws Exception {
        endpoint("metronome?ttft=5&itl=1");
        Plan one = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 2));

        harness(twice(one, Duration.ofMillis(300))).run();

        long lastEnd = seen.records.get(1).endNanos();
        assertThat(seen.records.get(2).sentNanos() - lastEnd).isGreaterThanOrEqualTo(300_000_000L);
    }

    @Test
    void aRunThatIsStoppedDoesNotSitOutItsPause() throws Exception {
        endpoint("metronome?ttft=5&itl=1");
        Plan one = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 1));
        Harness harness = harness(twice(one, Duration.ofHours(1)));
        CompletableFuture<Void> stopped = seen.firstRecord.thenRunAsync(() -> {
            try {
                harness.interrupt(Duration.ofSeconds(10), Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        RunReport report = harness.run();

        stopped.join();
        assertThat(report.end()).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(report.trials()).hasSize(1);
    }

    private static Plan twice(Plan one, Duration pause) {
        return APlan.like(one).trials(2).pause(pause).plan();
    }

    @Test
    void aWorkloadThatThrowsEndsTheRunWithItsName() {
        calls.throwAt = 3;

        assertThatThrownBy(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 10)))
                        .run())
                .isInstanceOf(HarnessException.class)
                .hasMessage(
                        "Fake: its request method failed: IllegalStateException in HarnessTest.Fake.request: no prompt 3");
        assertThat(calls.log).endsWith("tearDown");
    }

    @Test
    void aRequestThatCantBeMadeLeavesNoTearDownOut() {
        calls.throwAt = 3;

        assertThatThrownBy(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(2, 10)))
                        .run())
                .isInstanceOf(HarnessException.class);

        assertThat(calls.log).containsExactly("setup", "setup iteration 0", "tearDown iteration 0", "tearDown");
    }

    @Test
    void whateverAWorkloadsMethodThrowsEndsTheRunWithALine() throws Exception {
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 10));
        calls.throwAt = 3;
        calls.error = new NoClassDefFoundError("Prompts");
        assertThatThrownBy(() -> harness(plan).run())
                .isInstanceOf(HarnessException.class)
                .hasCause(calls.error)
                .hasMessage("Fake: its request method failed: NoClassDefFoundError: Prompts");
        assertThat(Files.readString(plan.files().journal().orElseThrow())).contains("\"complete\":false");
    }

    @Test
    void anErrorOfATearDownEndsTheRunWithALine() {
        calls.tearDownError = new AssertionError("left open");

        assertThatThrownBy(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 2)))
                        .run())
                .isInstanceOf(HarnessException.class)
                .hasCause(calls.tearDownError)
                .hasMessageStartingWith("Fake: its tear-down failed: AssertionError")
                .hasMessageEndingWith(": left open");
    }

    @Test
    void aTearDownThatFailsHidesNoSetUpThatFailed() {
        calls.setupError = new AssertionError("no prompts");
        calls.tearDownError = new AssertionError("nothing to close");

        Throwable failure =
                catchThrowable(() -> harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 2)))
                        .run());

        assertThat(failure)
                .isInstanceOf(HarnessException.class)
                .hasMessageStartingWith("Fake: its set-up failed: AssertionError")
                .hasMessageEndingWith(": no prompts");
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        HarnessException.class,
                        suppressed -> assertThat(suppressed)
                                .hasMessageStartingWith("Fake: its tear-down failed: AssertionError")
                                .hasMessageEndingWith(": nothing to close"));
    }

    @Test
    void anErrorOfACheckMakesTheAnswerWrongAndTheRunGoesOn() throws Exception {
        calls.checkError = new StackOverflowError();
        calls.wrongAt = 1;

        harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 3)))
                .run();

        assertThat(seen.records)
                .extracting(RequestRecord::outcome)
                .containsExactly(Outcome.SUCCESS, Outcome.WRONG_ANSWER, Outcome.SUCCESS);
        assertThat(seen.records.get(1).error()).startsWith("StackOverflowError in ");
        assertThat(seen.traces)
                .singleElement()
                .asString()
                .startsWith("java.lang.StackOverflowError\n\tat io.inferometer.harness.HarnessTest");
    }

    @Test
    void aFullHeapOfTheThreadThatMakesRequestsEndsTheRun() {
        calls.throwAt = 3;
        calls.error = new OutOfMemoryError("Java heap space");
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 1_000));

        assertThatThrownBy(() -> harness(plan).run())
                .isInstanceOf(HarnessException.class)
                .hasMessageStartingWith("the client's heap was full: ");

        assertThat(seen.records).hasSize(3);
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    }

    @Test
    void aFullHeapEndsTheRunWhoseJournalHasWhatWasRecordedUntilThen() throws Exception {
        calls.checkError = new OutOfMemoryError("Java heap space");
        calls.wrongAt = 5;
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 1_000));
        String message = "the client's heap was full: give it more, as in java -Xmx4g -jar;"
                + " the journal has what was recorded until then";
        List<RequestRecord> kept = new ArrayList<>();

        assertThatThrownBy(() -> harness(plan).run())
                .isInstanceOf(HarnessException.class)
                .hasMessage(message);

        JournalReader.Ending ending =
                JournalReader.read(plan.files().journal().orElseThrow(), new JournalReader.Visitor() {
                    @Override
                    public void header(Map<String, Object> run) {
                        // Not of interest here.
                    }

                    @Override
                    public void request(RequestRecord request) {
                        kept.add(request);
                    }
                });
        // The sixth was checked when the heap was full; one more may have ended by then.
        assertThat(kept).extracting(RequestRecord::index).startsWith(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(ending.complete()).isFalse();
        assertThat(ending.reason()).isEqualTo(message);
        assertThat(seen.run.end().text()).isEqualTo(message);
    }

    @Test
    void stoppingDoesNotWaitForeverForAWorkloadThatDoesNotEnd() throws Exception {
        calls.setupEnds = new CountDownLatch(1);
        Harness harness = harness(plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 10)));
        CompletableFuture<RunReport> run = started(harness);

        calls.setupBegun.get(20, TimeUnit.SECONDS);

        assertThat(harness.interrupt(Duration.ofMillis(50), Duration.ofMillis(50)))
                .isFalse();

        calls.setupEnds.countDown();
        assertThat(run.get(20, TimeUnit.SECONDS).end()).isEqualTo(RunEnd.INTERRUPTED);
    }

    @Test
    void theFirstFailureEndsTheRunWhereThatIsAskedFor() throws Exception {
        endpoint("metronome?ttft=5&itl=1&fault=500&every=3");
        Plan plan = plan(new Load.Closed(1), Iterations.NONE, Iterations.ofRequests(1, 500));
        Plan strict = APlan.like(plan).failOnError().plan();

        RunReport report = harness(strict).run();

        assertThat(report.complete()).isFalse();
        assertThat(report.end().text())
                .startsWith("request 2 failed (http_error: 500")
                .endsWith("-foe was given");
        assertThat(seen.records).hasSizeLessThan(500);
    }

    @Test
    void timesAreTrueToTheMetronome() throws Exception {
        endpoint("metronome?ttft=50&itl=10");

        RunReport report = harness(
                        plan(new Load.Closed(4), Iterations.ofRequestsPerSlot(1, 3), Iterations.ofRequests(1, 12)))
                .run();

        var summary = report.trials().get(0).summary();
        assertThat(summary.metric(Metric.TTFT).min()).isGreaterThanOrEqualTo(50_000_000);
        assertThat(summary.metric(Metric.TPOT).mean()).isGreaterThan(9_000_000);
    }

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
    void aRequestIsInTheJournalBeforeItsCheckAndTheIterationEndsBehindAllChecks() throws Exception {
        Plan plan = plan(new Load.Closed(2), Iterations.NONE, Iterations.ofRequests(1, 4));

        harness(plan).run();

        List<String> lines = Files.readAllLines(plan.files().journal().orElseThrow());
        for (int index = 0; index < 4; index++) {
            assertThat(indexOf(lines, "\"index\":" + index + "}"))
                    .isGreaterThan(indexOf(lines, "\"index\":" + index + ","))
                    .isLessThan(indexOf(lines, "\"at\":\"end\""));
        }
        assertThat(lines.get(indexOf(lines, "\"index\":0}")))
                .isEqualTo("{\"type\":\"check\",\"trial\":0,\"fork\":0,\"iteration\":0,\"index\":0}");
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

    private static int indexOf(List<String> lines, String part) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(part)) {
                return i;
            }
        }
        throw new AssertionError("no line has " + part);
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

    /** Runs a harness on another thread. */
    private static CompletableFuture<RunReport> started(Harness harness) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return harness.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Harness harness(Plan plan) {
        return new Harness(plan, name -> null, seen);
    }

    private Plan plan(Load load, Iterations warmup, Iterations measurement) {
        return APlan.of(
                        dir.resolve("run.journal.jsonl"),
                        new APlan.ATrial(new Fake(calls), endpoint.url()).load(load, warmup, measurement))
                .plan();
    }

    private static final class Calls {
        private final List<String> log = new ArrayList<>();
        private final List<RequestContext> contexts = new ArrayList<>();
        private long last = Long.MAX_VALUE;
        private long throwAt = -1;
        private long wrongAt = -1;
        private final List<Answer> answers = new CopyOnWriteArrayList<>();
        private Error error;
        private Error setupError;
        private Error tearDownError;
        private Error checkError;
        private final CompletableFuture<Void> setupBegun = new CompletableFuture<>();
        private CountDownLatch setupEnds = new CountDownLatch(0);
    }

    private static final class Seen implements Report {
        private final List<RequestRecord> records = new ArrayList<>();
        private final List<String> traces = new ArrayList<>();
        private final CompletableFuture<Void> firstRecord = new CompletableFuture<>();
        private final CompletableFuture<Void> iterationStarted = new CompletableFuture<>();
        private final CompletableFuture<Void> measured = new CompletableFuture<>();

        private RunReport run;

        @Override
        public void checkThrew(Supplier<String> trace) {
            traces.add(trace.get());
        }

        @Override
        public void runEnded(RunReport ended) {
            run = ended;
        }

        @Override
        public void iterationEnded(IterationReport iteration) {
            if (!iteration.warmup()) {
                measured.complete(null);
            }
        }

        @Override
        public void iterationStarted(TrialHeader trial, boolean warmup, int iteration) {
            iterationStarted.complete(null);
        }

        @Override
        public void requestEnded(RequestRecord record, RequestMetrics metrics) {
            records.add(record);
            firstRecord.complete(null);
        }
    }

    private record Fake(Calls calls) implements WorkloadBinding<Calls> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Fake", "Fake")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 1))
                    .build();
        }

        @Override
        public Calls create(ParamValues values) {
            return calls;
        }

        @Override
        public void setup(Calls workload, TrialContext trial) throws InterruptedException {
            calls.setupBegun.complete(null);
            calls.setupEnds.await();
            if (calls.setupError != null) {
                throw calls.setupError;
            }
            calls.log.add("setup");
        }

        @Override
        public void setup(Calls workload, IterationContext iteration) {
            calls.log.add("setup " + name(iteration));
        }

        @Override
        public void tearDown(Calls workload, TrialContext trial) {
            if (calls.tearDownError != null) {
                throw calls.tearDownError;
            }
            calls.log.add("tearDown");
        }

        @Override
        public void tearDown(Calls workload, IterationContext iteration) {
            calls.log.add("tearDown " + name(iteration));
        }

        private static String name(IterationContext iteration) {
            return (iteration.warmup() ? "warm-up " : "iteration ") + iteration.iteration();
        }

        @Override
        public boolean checksAnswers() {
            return true;
        }

        @Override
        public String check(Calls workload, Answer answer, RequestContext context) {
            calls.answers.add(answer);
            if (context.index() == calls.wrongAt && calls.checkError != null) {
                throw calls.checkError;
            }
            if (!context.warmup() && context.index() == calls.wrongAt) {
                throw new IllegalStateException(
                        answer.outputTokens().getAsInt() + " tokens\n were not what " + context.index() + " asked for");
            }
            return null;
        }

        @Override
        public InferenceRequest request(Calls workload, RequestContext context) {
            if (context.index() == calls.throwAt && calls.error != null) {
                throw calls.error;
            }
            if (context.index() == calls.throwAt) {
                throw new IllegalStateException("no prompt " + calls.throwAt);
            }
            calls.contexts.add(context);
            return context.index() >= calls.last
                    ? null
                    : InferenceRequest.chat("Hello").maxOutputTokens(5);
        }
    }
}
