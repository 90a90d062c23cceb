package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.inferometer.annotations.Arrivals;
import io.inferometer.harness.trial.HarnessException;
import io.inferometer.plan.Plan;
import io.inferometer.record.IterationSpan;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Metric;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a run sends and when, and what it tells of it. */
class HarnessTest extends HarnessRig {
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
                        "Fake: its request method failed: IllegalStateException in HarnessRig.Fake.request: no prompt 3");
        assertThat(seen.records).isEmpty();
        assertThat(plan.files().journal().orElseThrow()).doesNotExist();
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
    void aWrongAnswerIsAFailedRequest() throws Exception {
        endpoint("metronome?ttft=5&itl=1");
        calls.wrongAt = 1;

        RunReport report = harness(plan(new Load.Closed(1), Iterations.ofRequests(1, 1), Iterations.ofRequests(1, 3)))
                .run();

        assertThat(seen.records)
                .extracting(RequestRecord::outcome)
                .containsExactly(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.WRONG_ANSWER, Outcome.SUCCESS);
        assertThat(seen.records.get(2).error())
                .isEqualTo("IllegalStateException in HarnessRig.Fake.check: 5 tokens were not what 1 asked for");
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
    void timesAreTrueToTheMetronome() throws Exception {
        endpoint("metronome?ttft=50&itl=10");

        RunReport report = harness(
                        plan(new Load.Closed(4), Iterations.ofRequestsPerSlot(1, 3), Iterations.ofRequests(1, 12)))
                .run();

        var summary = report.trials().get(0).summary();
        assertThat(summary.metric(Metric.TTFT).min()).isGreaterThanOrEqualTo(50_000_000);
        assertThat(summary.metric(Metric.TPOT).mean()).isGreaterThan(9_000_000);
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
}
