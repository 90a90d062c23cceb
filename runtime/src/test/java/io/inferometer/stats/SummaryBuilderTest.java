package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.annotations.Arrivals;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.stats.token.TokenSource;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryBuilderTest {
    private static final double MILLI = 1e6;
    private static final Load TWO_SLOTS = new Load.Closed(2);

    @Test
    void aMetronomeHasTheFiguresItWasSetTo() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.metronome(0, 50, 10, 21),
                ARequest.metronome(0, 50, 10, 21).slot(1));

        for (double p : Percentiles.STANDARD) {
            assertThat(summary.metric(Metric.TTFT).percentile(p)).isEqualTo(50 * MILLI);
            assertThat(summary.metric(Metric.TPOT).percentile(p)).isEqualTo(10 * MILLI);
            assertThat(summary.metric(Metric.ITL).percentile(p)).isEqualTo(10 * MILLI);
            assertThat(summary.metric(Metric.E2EL).percentile(p)).isEqualTo(250 * MILLI);
        }
        assertThat(summary.metric(Metric.ITL).count()).isEqualTo(40);
        assertThat(summary.tokens().perEvent()).isEqualTo(1);
        assertThat(summary.tokens().coalescedShare()).isZero();
    }

    @Test
    void requestsThatHadToWaitForAConnectionAreCountedHoweverTheyEnded() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.metronome(10, 50, 10, 5).opened(1, 2, 4),
                ARequest.sent(10)
                        .opened(1, 3, 3)
                        .failed(Outcome.HTTP_ERROR, 500, "no")
                        .end(20),
                ARequest.metronome(100, 50, 10, 5));

        assertThat(summary.connections()).isEqualTo(new Summary.Connections(2, 1));
        assertThat(summary.metric(Metric.CONNECT).count()).isEqualTo(1);
        assertThat(summary.metric(Metric.TLS).mean()).isEqualTo(2 * MILLI);
    }

    @Test
    void ratesAreOfSuccessfulRequestsOverTheTimeFromTheFirstSentToTheLastEnd() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.metronome(1_000, 50, 10, 20),
                ARequest.sent(1_500)
                        .slot(1)
                        .failed(Outcome.HTTP_ERROR, 429, "slow down")
                        .end(3_000));

        Summary.Throughput throughput = summary.throughput();
        assertThat(throughput.durationNanos()).isEqualTo(2_000 * MILLI);
        assertThat(throughput.requestsPerSecond()).isEqualTo(0.5);
        assertThat(throughput.outputTokensPerSecond()).isEqualTo(10);
        assertThat(throughput.inputTokensPerSecond()).isEqualTo(5);
        assertThat(throughput.totalTokensPerSecond()).isEqualTo(15);
        assertThat(throughput.launchSkewNanos()).isNaN();
    }

    @Test
    void ofRequestsNoneOfWhichSucceededThereAreCountsAlone() {
        for (Load load : List.of(TWO_SLOTS, new Load.AtOnce(), new Load.Open(2, Arrivals.CONSTANT))) {
            SummaryBuilder builder =
                    new SummaryBuilder(load, Optional.of(new Objective(200, 0, 0)), Percentiles.STANDARD);
            for (RequestRecord record : List.of(
                    ARequest.sent(0)
                            .failed(Outcome.TIMEOUT, 0, "late")
                            .end(3_000)
                            .record(),
                    ARequest.sent(500)
                            .failed(Outcome.HTTP_ERROR, 429, "slow down")
                            .end(900)
                            .record())) {
                builder.add(record, ARequest.metrics(record));
            }

            Summary summary = builder.build();

            assertThat(summary.outcomes().failed()).isEqualTo(2);
            assertThat(summary.throughput()).isEqualTo(Summary.Throughput.UNKNOWN);
            assertThat(summary.metrics()).isEmpty();
            assertThat(summary.all()).isEmpty();
            assertThat(summary.completion()).isEmpty();
            assertThat(summary.goodput()).hasValueSatisfying(met -> {
                assertThat(met.requests()).isZero();
                assertThat(met.perSecond()).isNaN();
            });
            summary.arrivals()
                    .ifPresent(rates -> assertThat(rates.achievedPerSecond()).isNaN());
        }
    }

    @Test
    void steadyThroughputIsFromWhenEverySlotHasEndedARequestToTheLastSent() {
        // A second each at 10 tokens/s; the second slot starts half a second later: 1.5 s to 3.5 s.
        Summary summary = summary(TWO_SLOTS, twoSlots());

        assertThat(summary.throughput().steadyOutputTokensPerSecond()).isEqualTo(20);
        assertThat(summary.throughput().outputTokensPerSecond()).isCloseTo(80 / 4.5, within(1e-9));
    }

    /** Four requests of a second in each slot, one after the other. */
    private static ARequest[] twoSlots() {
        return IntStream.range(0, 8)
                .mapToObj(i -> ARequest.metronome(i / 2 * 1_000 + i % 2 * 500, 90, 100, 10)
                        .slot(i % 2)
                        .end(i / 2 * 1_000 + i % 2 * 500 + 1_000))
                .toArray(ARequest[]::new);
    }

    @Test
    void steadyThroughputIsAbsentWhereASlotNeverEndedARequestOrThereAreNoSlots() {
        assertThat(steady(new Load.Closed(3), twoSlots())).isNaN();
        assertThat(steady(new Load.AtOnce(), twoSlots())).isNaN();
        assertThat(steady(open(2), twoSlots())).isNaN();
    }

    @Test
    void steadyThroughputIsAbsentBelowASecondAndBelowOneMeanRequest() {
        ARequest[] brief = {
            ARequest.metronome(0, 10, 10, 10),
            ARequest.metronome(110, 10, 10, 10),
            ARequest.metronome(1_000, 10, 10, 10)
        };
        ARequest[] longer = {ARequest.metronome(0, 500, 500, 10), ARequest.metronome(5_100, 500, 500, 10)};

        assertThat(steady(new Load.Closed(1), brief)).isNaN();
        assertThat(steady(new Load.Closed(1), longer)).isNaN();
    }

    @Test
    void steadyThroughputIsAbsentOnceAnAnswerWasNotStreamed() {
        ARequest[] requests = twoSlots();
        requests[7] = ARequest.sent(3_500).slot(1).notStreamed().usage(1, 10).end(4_500);

        assertThat(steady(TWO_SLOTS, requests)).isNaN();
    }

    @Test
    void reasoningThatWasNeverStreamedIsInNoPeakAndInNoSteadyRate() {
        ARequest[] requests = twoSlots();
        for (ARequest request : requests) {
            request.usage(new Usage(10, 510, 500, Usage.ABSENT));
        }

        assertThat(steady(TWO_SLOTS, requests)).isEqualTo(20);
        assertThat(summary(TWO_SLOTS, requests).throughput().peakOutputTokensPerSecond())
                .isEqualTo(20);
        assertThat(summary(TWO_SLOTS, requests).tokens().output()).isEqualTo(8 * 510);
    }

    private static double steady(Load load, ARequest... requests) {
        return summary(load, requests).throughput().steadyOutputTokensPerSecond();
    }

    @Test
    void littlesLawHoldsWhereSlotsAreNeverEmpty() {
        Summary.Little little =
                summary(TWO_SLOTS, twoSlots()).throughput().little().orElseThrow();

        // Of each second the last 10 ms come after the last token.
        assertThat(little.share()).isCloseTo(0.99, within(1e-9));
        assertThat(little.edges()).isCloseTo(0.99 / 2, within(1e-9));
    }

    @Test
    void littlesLawIsBrokenWhereSlotsStandEmpty() {
        Summary.Little little = summary(
                        TWO_SLOTS,
                        40,
                        i -> ARequest.metronome(i / 2 * 1_000, 50, 50, 10).slot(i % 2))
                .throughput()
                .little()
                .orElseThrow();

        assertThat(little.share()).isCloseTo(0.5, within(0.02));
        assertThat(little.edges()).isLessThan(0.05);
    }

    @Test
    void anEdgeOfLittlesLawIsAWholeRequestHoweverFewAreInFlight() {
        Summary.Little little = summary(
                        new Load.Open(2, Arrivals.CONSTANT), 21, i -> ARequest.metronome(i * 500, 50, 10, 5))
                .throughput()
                .little()
                .orElseThrow();

        assertThat(little.share()).isCloseTo(1, within(0.06));
        assertThat(little.share() / little.edges()).isCloseTo(19, within(1e-6));
    }

    @Test
    void littlesLawIsNotLookedAtWhereTheLoadWasNeverSteady() {
        assertThat(summary(TWO_SLOTS, ARequest.metronome(0, 50, 10, 5))
                        .throughput()
                        .little())
                .isEmpty();
    }

    @Test
    void littlesLawCountsAFailedRequestToItsEnd() {
        ARequest[] requests = twoSlots();
        requests[4] = ARequest.sent(2_000)
                .slot(0)
                .failed(Outcome.STREAM_ERROR, 200, "cut")
                .end(3_000);

        assertThat(summary(TWO_SLOTS, requests)
                        .throughput()
                        .little()
                        .orElseThrow()
                        .share())
                .isCloseTo(0.9925, within(1e-9));
    }

    @Test
    void peakThroughputIsOfTheBusiestSecondFromTheFirstSent() {
        // The tokens come at 700 to 790 ms and at 1,300 ms; the first sent is at 400 ms.
        ARequest burst = ARequest.metronome(400, 300, 10, 10);
        ARequest late = ARequest.metronome(400, 900, 0, 5).slot(1).end(2_000);

        assertThat(summary(TWO_SLOTS, burst, late).throughput().peakOutputTokensPerSecond())
                .isEqualTo(15);
    }

    @Test
    void peakThroughputOfLessThanASecondOrOfAnswersInOneBodyIsAbsent() {
        ARequest whole = ARequest.sent(0).notStreamed().usage(1, 500).end(5_000);

        assertThat(summary(TWO_SLOTS, ARequest.metronome(0, 50, 10, 5))
                        .throughput()
                        .peakOutputTokensPerSecond())
                .isNaN();
        assertThat(summary(TWO_SLOTS, whole).throughput().peakOutputTokensPerSecond())
                .isNaN();
    }

    @Test
    void tokensOfOneEventAreSpreadOverTheEvents() {
        ARequest request = ARequest.sent(0)
                .token(500)
                .token(1_500)
                .usage(1, 40)
                .tokensByEvent(20)
                .end(1_500);

        Summary summary = summary(TWO_SLOTS, request);

        assertThat(summary.throughput().peakOutputTokensPerSecond()).isEqualTo(20);
        assertThat(summary.tokens().perEvent()).isEqualTo(20);
    }

    @Test
    void peakInFlightIsExactForRandomRequests() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            ARequest[] requests = IntStream.range(0, 30)
                    .mapToObj(i -> {
                        int sent = random.nextInt(100);
                        return ARequest.sent(sent).token(sent + 1).end(sent + 1 + random.nextInt(30));
                    })
                    .toArray(ARequest[]::new);
            RequestRecord[] records =
                    Arrays.stream(requests).map(ARequest::record).toArray(RequestRecord[]::new);
            long most = Arrays.stream(records)
                    .mapToLong(one -> Arrays.stream(records)
                            .filter(other -> other.sentNanos() <= one.sentNanos() && other.endNanos() > one.sentNanos())
                            .count())
                    .max()
                    .orElseThrow();

            assertThat(summary(new Load.AtOnce(), requests).throughput().peakInFlight())
                    .isEqualTo(most);
        }
    }

    @Test
    void aSlotThatSendsAsItsLastRequestEndsIsNeverTwoInFlight() {
        Summary summary = summary(
                new Load.Closed(1),
                ARequest.sent(0).token(5).end(10),
                ARequest.sent(10).token(15).end(20));

        assertThat(summary.throughput().peakInFlight()).isEqualTo(1);
    }

    @Test
    void aFailureIsCountedAndInNoLatencyAndInfiniteInThePercentilesOfAll() {
        ARequest[] requests = IntStream.range(0, 10)
                .mapToObj(i -> i < 8
                        ? ARequest.metronome(0, 10 * (i + 1), 1, 5)
                        : ARequest.sent(0)
                                .failed(Outcome.TIMEOUT, 0, "no answer")
                                .end(60_000))
                .toArray(ARequest[]::new);

        Summary summary = summary(new Load.AtOnce(), requests);

        assertThat(summary.outcomes().total()).isEqualTo(10);
        assertThat(summary.outcomes().succeeded()).isEqualTo(8);
        assertThat(summary.outcomes().failed()).isEqualTo(2);
        assertThat(summary.outcomes().of(Outcome.TIMEOUT)).isEqualTo(2);
        assertThat(summary.metric(Metric.TTFT).count()).isEqualTo(8);
        assertThat(summary.metric(Metric.TTFT).max()).isEqualTo(80 * MILLI);
        assertThat(summary.all().get(Metric.TTFT).percentile(50.0)).isEqualTo(55 * MILLI);
        assertThat(summary.all().get(Metric.TTFT).percentile(90.0)).isInfinite();
        assertThat(summary.all()).doesNotContainKey(Metric.ITL);
    }

    @Test
    void withoutFailuresThereIsNothingBesideThePercentiles() {
        assertThat(summary(TWO_SLOTS, ARequest.metronome(0, 1, 1, 5)).all()).isEmpty();
    }

    @Test
    void aRequestThatTheClientGaveUpIsNeitherASuccessNorAFailure() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.metronome(0, 1, 1, 5),
                ARequest.sent(0).slot(1).token(2).failed(Outcome.CANCELLED, 200, "the run was ended"));

        assertThat(summary.outcomes().cancelled()).isEqualTo(1);
        assertThat(summary.outcomes().failed()).isZero();
        assertThat(summary.metric(Metric.TTFT).count()).isEqualTo(1);
    }

    @Test
    void requestsThatWereNeverSentLeaveTheDurationUnknown() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.sent(0)
                        .neverSent()
                        .failed(Outcome.CONNECT_ERROR, 0, "refused")
                        .end(3));

        assertThat(summary.outcomes().failed()).isEqualTo(1);
        assertThat(summary.throughput().durationNanos()).isNaN();
        assertThat(summary.throughput().requestsPerSecond()).isNaN();
        assertThat(summary.throughput().peakInFlight()).isZero();
    }

    @Test
    void nothingAtAllIsASummaryToo() {
        Summary summary = summary(TWO_SLOTS);

        assertThat(summary.outcomes().total()).isZero();
        assertThat(summary.throughput().outputTokensPerSecond()).isNaN();
        assertThat(summary.metric(Metric.TTFT).isEmpty()).isTrue();
    }

    @Test
    void eventsOfOneReadAreCoalesced() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.sent(0).token(10).token(10).token(10).token(30).token(40));

        assertThat(summary.tokens().gaps()).isEqualTo(4);
        assertThat(summary.tokens().coalesced()).isEqualTo(2);
        assertThat(summary.tokens().coalescedShare()).isEqualTo(0.5);
    }

    @Test
    void lengthsAreCheckedWhereAnExactOneWasAskedForOrTheLongestWasExceeded() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.metronome(0, 1, 1, 100).asked(100),
                ARequest.metronome(0, 1, 1, 57).asked(100),
                ARequest.metronome(0, 1, 1, 57).askedAtMost(100, false),
                ARequest.metronome(0, 1, 1, 120).askedAtMost(100, false),
                ARequest.sent(0).token(1).asked(100));

        assertThat(summary.tokens().lengthsChecked()).isEqualTo(3);
        assertThat(summary.tokens().lengthsMissed()).isEqualTo(2);
        assertThat(summary.tokens().requested()).isEqualTo(300);
        assertThat(summary.tokens().received()).isEqualTo(277);
    }

    @Test
    void aCountThatTheTokenizerCantConfirmIsNoticedAndAChatTemplateIsNot() {
        TokenAccounting byWord = TokenAccounting.with(text -> text.split(" ").length);
        SummaryBuilder builder = new SummaryBuilder(TWO_SLOTS, Optional.empty(), Percentiles.STANDARD);
        ARequest[] requests = {
            ARequest.metronome(0, 1, 1, 4)
                    .usage(167, 4)
                    .expectedPromptTokens(100)
                    .text("a b c d"),
            ARequest.metronome(0, 1, 1, 40)
                    .usage(300, 40)
                    .expectedPromptTokens(100)
                    .text("a b c d"),
            ARequest.metronome(0, 1, 1, 4)
                    .usage(50, 4)
                    .expectedPromptTokens(100)
                    .text("a b c d")
        };

        for (ARequest request : requests) {
            builder.add(request.record(), RequestMetrics.of(request.record(), byWord.count(request.record())));
        }

        assertThat(builder.build().tokens().inputsDiffering()).isEqualTo(2);
        assertThat(builder.build().tokens().outputsDiffering()).isEqualTo(1);
    }

    @Test
    void sourcesOfTokensAndHiddenReasoningAreCounted() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.metronome(0, 1, 1, 4),
                ARequest.sent(0).token(1).token(2),
                ARequest.sent(0).token(1).usage(new Usage(1, 11, 10, Usage.ABSENT)));

        assertThat(summary.tokens().outputSources())
                .containsEntry(TokenSource.USAGE, 2L)
                .containsEntry(TokenSource.EVENTS, 1L);
        assertThat(summary.tokens().hiddenReasoning()).isEqualTo(1);
        assertThat(summary.tokens().output()).isEqualTo(17);
        assertThat(summary.tokens().streamed()).isEqualTo(7);
    }

    @Test
    void goodputIsTheRateOfRequestsThatMeetTheObjective() {
        SummaryBuilder builder =
                new SummaryBuilder(TWO_SLOTS, Optional.of(new Objective(50, 0, 0)), Percentiles.STANDARD);
        for (double ttft : new double[] {40, 50, 60}) {
            RequestRecord record = ARequest.metronome(0, ttft, 1, 5).end(2_000).record();
            builder.add(record, ARequest.metrics(record));
        }

        assertThat(builder.build().goodput()).contains(new Summary.Goodput(2, 3, 0, 1.0));
        assertThat(summary(TWO_SLOTS).goodput()).isEmpty();
    }

    @Test
    void everyLimitIsInclusiveAndAllHaveToBeMet() {
        ARequest request = ARequest.metronome(0, 50, 10, 6);

        assertThat(goodput(new Objective(50, 10, 100), request).requests()).isEqualTo(1);
        assertThat(goodput(new Objective(49.999, 10, 100), request).requests()).isZero();
        assertThat(goodput(new Objective(50, 9.999, 100), request).requests()).isZero();
        assertThat(goodput(new Objective(50, 10, 99.999), request).requests()).isZero();
        assertThat(goodput(new Objective(0, 0, 100), request).requests()).isEqualTo(1);
    }

    @Test
    void whatLacksAFigureWithALimitIsNotJudgedUnlessItMissesAnother() {
        ARequest good = ARequest.metronome(0, 50, 10, 6);
        ARequest oneRead = ARequest.sent(0).token(10).token(10).usage(1, 2).end(20);
        ARequest whole = ARequest.sent(0).notStreamed().usage(1, 9).end(500);
        ARequest failed = ARequest.sent(0).failed(Outcome.HTTP_ERROR, 500, "no").end(30);

        Summary.Goodput goodput = goodput(new Objective(0, 20, 400), good, oneRead, whole, failed);

        assertThat(goodput.requests()).isEqualTo(1);
        assertThat(goodput.notJudged()).isEqualTo(2);
        assertThat(goodput.judged()).isEqualTo(3);
        assertThat(goodput.share()).isCloseTo(1 / 3.0, within(1e-12));
    }

    private static Summary.Goodput goodput(Objective objective, ARequest... requests) {
        SummaryBuilder builder = new SummaryBuilder(TWO_SLOTS, Optional.of(objective), Percentiles.STANDARD);
        for (ARequest request : requests) {
            builder.add(request.record(), ARequest.metrics(request.record()));
        }
        return builder.build().goodput().orElseThrow();
    }

    @Test
    void requestsThatWereCutOffCountWithTheTimeThatTheyHadRun() {
        // Sent every 10 ms; each takes 30 ms to its first token and 100 ms in all; cut at 199 ms.
        Summary summary = summary(open(100), 20, i -> {
            ARequest request = ARequest.sent(i * 10).token(i * 10 + 30);
            return i < 11
                    ? request.token(i * 10 + 100).end(i * 10 + 100)
                    : i < 17
                            ? request.failed(Outcome.CANCELLED, 200, "the run was ended")
                                    .end(199)
                            : ARequest.sent(i * 10)
                                    .failed(Outcome.CANCELLED, 0, "the run was ended")
                                    .end(199);
        });

        AllPercentiles ttft = summary.all().get(Metric.TTFT);
        AllPercentiles e2el = summary.all().get(Metric.E2EL);
        assertThat(ttft.count()).isEqualTo(20);
        assertThat(ttft.cutOff()).isEqualTo(3);
        assertThat(ttft.percentile(99)).isEqualTo(30 * MILLI);
        assertThat(e2el.cutOff()).isEqualTo(9);
        assertThat(e2el.percentile(99)).isEqualTo(100 * MILLI);
        assertThat(summary.all()).containsKeys(Metric.TTFT_FROM_SCHEDULE, Metric.E2EL_FROM_SCHEDULE);
        assertThat(summary.all()).doesNotContainKeys(Metric.TPOT, Metric.TTFVT, Metric.ITL);
    }

    @Test
    void onlyAnOpenLoopIsSeenFromItsSchedule() {
        ARequest request = ARequest.metronome(10, 50, 10, 5).scheduled(0);

        assertThat(summary(TWO_SLOTS, request).metric(Metric.TTFT_FROM_SCHEDULE).isEmpty())
                .isTrue();
        assertThat(summary(open(10), request).metric(Metric.TTFT_FROM_SCHEDULE).mean())
                .isEqualTo(60 * MILLI);
        assertThat(summary(TWO_SLOTS, request).metric(Metric.SCHEDULE_DELAY).mean())
                .isEqualTo(10 * MILLI);
    }

    @Test
    void requestsReleasedAtOnceHaveALaunchSkew() {
        Summary summary = summary(new Load.AtOnce(), ARequest.metronome(0, 1, 1, 5), ARequest.metronome(4, 1, 1, 5));

        assertThat(summary.throughput().launchSkewNanos()).isEqualTo(4 * MILLI);
    }

    @Test
    void aLaunchIsThatOfTheFirstRequestOfEachSlotWhereSlotsAreFewer() {
        Summary summary = summary(
                new Load.AtOnce(2, Load.AtOnce.INSTANT),
                ARequest.metronome(0, 1, 1, 5).slot(0),
                ARequest.metronome(3, 1, 1, 5).slot(1),
                ARequest.metronome(7, 1, 1, 5).slot(0));

        assertThat(summary.throughput().launchSkewNanos()).isEqualTo(3 * MILLI);
    }

    @Test
    void requestsSentAtOnceAreDoneOneAfterTheOther() {
        Summary summary = summary(
                new Load.AtOnce(),
                200,
                i -> ARequest.sent(2 + i * 0.01).index(i).token(100 + i).end(100 + i));

        Summary.Completion completion = summary.completion().orElseThrow();
        assertThat(completion.doneNanos())
                .containsExactly(
                        Map.entry(50.0, 197.0 * MILLI),
                        Map.entry(90.0, 277.0 * MILLI),
                        Map.entry(99.0, 295.0 * MILLI),
                        Map.entry(100.0, 297.0 * MILLI));
        assertThat(completion.doneNanos().get(100.0))
                .isEqualTo(summary.throughput().durationNanos());
        assertThat(completion.slowest()).extracting(Summary.Slow::index).containsExactly(199L, 198L, 197L, 196L, 195L);
        assertThat(completion.slowest().get(0).e2elNanos()).isEqualTo((299 - 3.99) * MILLI);
    }

    @Test
    void aFailedRequestIsDoneButNeverSlow() {
        Summary summary = summary(
                new Load.AtOnce(),
                ARequest.sent(0).index(0).token(5).end(5),
                ARequest.sent(0).index(1).failed(Outcome.TIMEOUT, 0, "too late").end(90));

        Summary.Completion completion = summary.completion().orElseThrow();
        assertThat(completion.doneNanos()).containsEntry(50.0, 5.0 * MILLI).containsEntry(100.0, 90.0 * MILLI);
        assertThat(completion.slowest()).containsExactly(new Summary.Slow(0, 0, 0, 5.0 * MILLI));
    }

    @Test
    void ofSeveralIterationsTheOneCountsThatTookLongestInAllItsRanks() {
        SummaryBuilder pooled = new SummaryBuilder(new Load.AtOnce(), Optional.empty(), Percentiles.STANDARD);
        double[][] ends = {{28, 29, 29}, {5, 6, 30}};
        for (int iteration = 0; iteration < 2; iteration++) {
            SummaryBuilder one = new SummaryBuilder(new Load.AtOnce(), Optional.empty(), Percentiles.STANDARD);
            double begin = iteration * 1_000;
            for (int i = 0; i < 3; i++) {
                double end = begin + ends[iteration][i];
                RequestRecord record = ARequest.sent(begin)
                        .of(0, false, iteration)
                        .fork(3)
                        .index(i)
                        .token(end)
                        .end(end)
                        .record();
                one.add(record, ARequest.metrics(record));
            }
            pooled.merge(one);
        }

        Summary.Completion completion = pooled.build().completion().orElseThrow();
        assertThat(completion.fork()).isEqualTo(3);
        assertThat(completion.iteration()).isEqualTo(1);
        assertThat(completion.doneNanos()).containsEntry(50.0, 6.0 * MILLI).containsEntry(100.0, 30.0 * MILLI);
        assertThat(completion.slowest())
                .startsWith(new Summary.Slow(3, 1, 2, 30.0 * MILLI), new Summary.Slow(3, 0, 1, 29.0 * MILLI));
    }

    @Test
    void onlyRequestsSentAtOnceHaveACompletion() {
        assertThat(summary(TWO_SLOTS, ARequest.metronome(0, 1, 1, 5)).completion())
                .isEmpty();
        assertThat(summary(new Load.AtOnce()).completion()).isEmpty();
    }

    @Test
    void mergedIterationsPoolTheirValuesAndDoNotCountThePauseBetweenThem() {
        Random random = new Random(5);
        SummaryBuilder pooled = new SummaryBuilder(TWO_SLOTS, Optional.empty(), Percentiles.STANDARD);
        SummaryBuilder atOnce = new SummaryBuilder(TWO_SLOTS, Optional.empty(), Percentiles.STANDARD);
        double duration = 0;
        for (int iteration = 0; iteration < 3; iteration++) {
            SummaryBuilder one = new SummaryBuilder(TWO_SLOTS, Optional.empty(), Percentiles.STANDARD);
            for (int i = 0; i < 20; i++) {
                RequestRecord record = ARequest.metronome(
                                iteration * 100_000 + i * 1_000, 50 + random.nextInt(50), 1 + random.nextInt(20), 30)
                        .slot(i % 2)
                        .record();
                one.add(record, ARequest.metrics(record));
                atOnce.add(record, ARequest.metrics(record));
            }
            duration += one.build().throughput().durationNanos();
            pooled.merge(one);
        }

        Summary summary = pooled.build();

        assertThat(summary.outcomes().total()).isEqualTo(60);
        assertThat(summary.throughput().durationNanos()).isEqualTo(duration);
        assertThat(summary.throughput().requestsPerSecond()).isCloseTo(60 / (duration / 1e9), within(1e-9));
        for (Metric metric : Metric.values()) {
            assertThat(summary.metric(metric).percentiles())
                    .as(metric.label())
                    .isEqualTo(atOnce.build().metric(metric).percentiles());
        }
        assertThat(summary.tokens()).isEqualTo(atOnce.build().tokens());
    }

    @Test
    void buildingTwiceGivesTheSame() {
        SummaryBuilder builder = new SummaryBuilder(TWO_SLOTS, Optional.empty(), Percentiles.STANDARD);
        RequestRecord record = ARequest.metronome(0, 50, 10, 200).record();
        builder.add(record, ARequest.metrics(record));

        assertThat(builder.build()).isEqualTo(builder.build());
    }

    @Test
    void aRoleOnlyEventIsNoTokenAndAFinishEventWithTextIs() {
        Summary summary = summary(
                TWO_SLOTS,
                ARequest.sent(0)
                        .event(5, Carried.CHOICES | Carried.ROLE)
                        .token(10)
                        .event(20, Carried.CHOICES | Carried.CONTENT | Carried.FINISH | Carried.USAGE)
                        .usage(1, 2));

        assertThat(summary.metric(Metric.ITL).count()).isEqualTo(1);
        assertThat(summary.metric(Metric.ITL).mean()).isEqualTo(10 * MILLI);
        assertThat(summary.metric(Metric.E2EL).mean()).isEqualTo(20 * MILLI);
    }

    private static Load open(double rate) {
        return new Load.Open(rate, Arrivals.CONSTANT);
    }

    private static Summary summary(Load load, ARequest... requests) {
        return summary(load, requests.length, i -> requests[i]);
    }

    private static Summary summary(Load load, int count, IntFunction<ARequest> requests) {
        SummaryBuilder builder = new SummaryBuilder(load, Optional.empty(), Percentiles.STANDARD);
        for (int i = 0; i < count; i++) {
            RequestRecord record = requests.apply(i).record();
            builder.add(record, ARequest.metrics(record));
        }
        return builder.build();
    }
}
