package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.TURN;
import static io.inferometer.processor.Sources.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IterationsReaderTest {
    private static final String UNIT = "timeUnit = java.util.concurrent.TimeUnit.";

    @Test
    void aMeasurementIsReadInEachExtent() {
        Map<String, Iterations> extents = Map.of(
                "requests = 10",
                Iterations.ofRequests(1, 10),
                "iterations = 3, requests = 5_000_000_000L",
                Iterations.ofRequests(3, 5_000_000_000L),
                "requestsPerSlot = 10",
                Iterations.ofRequestsPerSlot(1, 10),
                "iterations = 2, time = 30",
                Iterations.ofTime(2, Duration.ofSeconds(30)),
                "time = 2, " + UNIT + "DAYS",
                Iterations.ofTime(1, Duration.ofDays(2)),
                "time = 2, " + UNIT + "HOURS",
                Iterations.ofTime(1, Duration.ofHours(2)),
                "time = 2, " + UNIT + "MINUTES",
                Iterations.ofTime(1, Duration.ofMinutes(2)),
                "time = 2, " + UNIT + "MILLISECONDS",
                Iterations.ofTime(1, Duration.ofMillis(2)),
                "time = 2, " + UNIT + "MICROSECONDS",
                Iterations.ofTime(1, Duration.ofNanos(2000)),
                "time = 2, " + UNIT + "NANOSECONDS",
                Iterations.ofTime(1, Duration.ofNanos(2)));

        extents.forEach((written, read) -> assertThat(descriptor(LOAD + " @Measurement(" + written + ")")
                        .schedule()
                        .measurement())
                .as(written)
                .isEqualTo(read));
    }

    @Test
    void allAtOnceMayLeaveTheMeasurementToThePrompts() {
        assertThat(descriptor("@AllAtOnce @Measurement(iterations = 2)")
                        .schedule()
                        .measurement())
                .isEqualTo(Iterations.ofAllPrompts(2));
    }

    @Test
    void aWarmupIsReadAndMayBeAbsentOrNone() {
        assertThat(descriptor(LOAD + MEASUREMENT + " @Warmup(requestsPerSlot = 2)")
                        .schedule()
                        .warmup())
                .isEqualTo(Iterations.ofRequestsPerSlot(1, 2));
        assertThat(descriptor(LOAD + MEASUREMENT).schedule().warmup()).isEqualTo(Iterations.NONE);
        assertThat(descriptor(LOAD + MEASUREMENT + " @Warmup(iterations = 0)")
                        .schedule()
                        .warmup())
                .isEqualTo(Iterations.NONE);
    }

    @Test
    void aWorkloadIsMeasured() {
        assertMistakes(
                workload(LOAD, REQUEST).replace("class Chat", "»class Chat"),
                "[inferometer:no-measurement] A workload says how long it is measured, but neither Chat nor a superclass"
                        + " has a @Measurement. Add @Measurement(requestsPerSlot = 10).");
        assertMistakes(
                workload("@OpenLoop(rate = 1)", REQUEST).replace("class Chat", "»class Chat"),
                "[inferometer:no-measurement] A workload says how long it is measured, but neither Chat nor a superclass"
                        + " has a @Measurement. Add @Measurement(requests = 100).");
    }

    @Test
    void aMeasurementHasAnIteration() {
        assertMistakes(
                workload(LOAD + " @Measurement(iterations = »0, requests = 10)", REQUEST),
                "[inferometer:no-iteration] The iterations of @Measurement are at least 1, not 0: without one nothing is"
                        + " measured. Write 1 or more.");
    }

    @Test
    void aWarmupHasNoNegativeNumberOfIterations() {
        assertMistakes(
                workload(LOAD + MEASUREMENT + " @Warmup(iterations = »-1, requests = 10)", REQUEST),
                "[inferometer:negative-iterations] The iterations of @Warmup are 0 or more, not -1. Write 0 for no"
                        + " warm-up.");
    }

    @Test
    void anExtentIsPositive() {
        assertMistakes(
                workload("@AllAtOnce @Measurement(requests = »0) @Warmup(requests = »-5)", REQUEST),
                "[inferometer:extent-value] requests of @Measurement is at least 1, not 0: an iteration would end before"
                        + " its first request. Write 1 or more, or leave it out.",
                "[inferometer:extent-value] requests of @Warmup is at least 1, not -5: an iteration would end before its"
                        + " first request. Write 1 or more, or leave it out.");
        assertMistakes(
                workload(LOAD + " @Measurement(time = »0) @Warmup(requestsPerSlot = »0)", REQUEST),
                "[inferometer:extent-value] time of @Measurement is at least 1, not 0: an iteration would end before its"
                        + " first request. Write 1 or more, or leave it out.",
                "[inferometer:extent-value] requestsPerSlot of @Warmup is at least 1, not 0: an iteration would end"
                        + " before its first request. Write 1 or more, or leave it out.");
    }

    @Test
    void aTimeCanBeCountedInNanoseconds() {
        assertMistakes(
                workload(LOAD + " @Measurement(time = »200_000, " + UNIT + "DAYS)", REQUEST),
                "[inferometer:too-long] The time of @Measurement is at most 292 years, not 200000 DAYS: time is counted"
                        + " in nanoseconds of 64 bits. Write less, or another unit.");
    }

    @Test
    void anExtentIsGiven() {
        assertMistakes(
                workload(LOAD + " »@Measurement »@Warmup", REQUEST),
                "[inferometer:no-extent] An iteration has exactly one of requests, requestsPerSlot, sessions and time, but"
                        + " @Measurement gives none: nothing says when it ends. Add requestsPerSlot = 10.",
                "[inferometer:no-extent] An iteration has exactly one of requests, requestsPerSlot, sessions and time, but"
                        + " @Warmup gives none: nothing says when it ends. Add requestsPerSlot = 10.");
    }

    @Test
    void oneExtentIsGiven() {
        assertMistakes(
                workload(LOAD + " @Measurement(requests = 10, requestsPerSlot = »2)", REQUEST),
                "[inferometer:two-extents] An iteration has exactly one of requests, requestsPerSlot, sessions and time, but"
                        + " @Measurement gives requests and requestsPerSlot: they end it at different moments. Keep one.");
    }

    @Test
    void requestsPerSlotNeedSlots() {
        assertMistakes(
                workload("@OpenLoop(rate = 1) @Measurement(requestsPerSlot = »10)", REQUEST),
                "[inferometer:slots-without-closed-loop] requestsPerSlot needs a @ClosedLoop, but the load of Chat is"
                        + " @OpenLoop: it has no slots. Write requests = 10.");
        assertMistakes(
                workload("@AllAtOnce @Measurement @Warmup(requestsPerSlot = »2)", REQUEST),
                "[inferometer:slots-without-closed-loop] requestsPerSlot needs a @ClosedLoop, but the load of Chat is"
                        + " @AllAtOnce: it has no slots. Write requests = 2.");
    }

    @Test
    void allAtOnceGoesOnForNoTime() {
        assertMistakes(
                workload("@AllAtOnce @Measurement(time = »10)", REQUEST),
                "[inferometer:time-all-at-once] A time needs a load that goes on, but the load of Chat is @AllAtOnce: all"
                        + " requests are released in its first instant. Write requests = 100, or another load.");
    }

    private static WorkloadDescriptor descriptor(String annotations) {
        return assertNoMistakes(workload(annotations, REQUEST))
                .binding("p.Chat_Workload")
                .descriptor();
    }

    @Test
    void sessionsAreForAWorkloadThatIsAskedTurnByTurn() {
        assertMistakes(
                workload(LOAD + " @Measurement(sessions = »5)", REQUEST),
                "[inferometer:sessions-without-turn] sessions needs a @Turn method, but Chat has a @Request method: its"
                        + " requests stand alone. Write requests = 5.");
        assertMistakes(
                workload(LOAD + " @Measurement(sessions = »0)", TURN),
                "[inferometer:extent-value] sessions of @Measurement is at least 1, not 0: an iteration would end before"
                        + " its first request. Write 1 or more, or leave it out.");
        assertMistakes(
                workload(LOAD + " @Measurement(sessions = 5, time = »3)", TURN),
                "[inferometer:two-extents] An iteration has exactly one of requests, requestsPerSlot, sessions and time, but"
                        + " @Measurement gives sessions and time: they end it at different moments. Keep one.");
        assertNoMistakes(workload(LOAD + " @Warmup(sessions = 1) @Measurement(sessions = 5)", TURN));
    }
}
