package io.inferometer.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final Kept kept = new Kept();
    private final CompletableFuture<RuntimeException> failed = new CompletableFuture<>();

    @Test
    void recordsReachTheSinkInTheOrderTheyEndedOnOneThread() throws Exception {
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            LongStream.range(0, 1_000).forEach(i -> recorder.ended(ended(i, "")));
            recorder.drain();

            assertThat(kept.records)
                    .extracting(RequestRecord::index)
                    .containsExactlyElementsOf(
                            LongStream.range(0, 1_000).boxed().toList());
            assertThat(kept.threads).containsOnly("inferometer-recorder");
            assertThat(kept.flushes).isPositive();
        }
    }

    @Test
    void timesCountFromTheStartOfTheRun() throws Exception {
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            RequestTimeline timeline = timeline(0);
            timeline.scheduled(2, 1_500);
            timeline.end(Outcome.TIMEOUT, "late", 1_900);
            recorder.ended(timeline);
            recorder.drain();

            RequestRecord record = kept.records.get(0);
            assertThat(record.scheduledNanos()).isEqualTo(500);
            assertThat(record.endNanos()).isEqualTo(900);
            assertThat(record.sentNanos()).isEqualTo(RequestRecord.ABSENT);
            assertThat(record.slot()).isEqualTo(2);
        }
    }

    @Test
    void whatMustNotBeWrittenIsTakenOutOfErrors() throws Exception {
        try (Recorder recorder = recorder(text -> text.replace("secret", "***"))) {
            recorder.ended(ended(0, "wrong key secret"));
            recorder.drain();

            assertThat(kept.records.get(0).error()).isEqualTo("wrong key ***");
        }
    }

    @Test
    void closingWaitsForEverythingHandedOver() {
        Recorder recorder = recorder(UnaryOperator.identity());
        LongStream.range(0, 5_000).forEach(i -> recorder.ended(ended(i, "")));

        recorder.close();

        assertThat(kept.records).hasSize(5_000);
    }

    @Test
    void aFailureOfTheSinkIsToldOnceAndThrownByDrainAndEndsTheRecording() throws Exception {
        kept.failAt = 3;
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            LongStream.range(0, 10).forEach(i -> recorder.ended(ended(i, "")));

            assertThatThrownBy(recorder::drain).hasMessage("disk full");
            assertThat(failed.get(10, TimeUnit.SECONDS)).hasMessage("disk full");
            assertThat(kept.records).hasSize(3);
        }
    }

    @Test
    void anErrorOfTheSinkDoesNotLeaveAnybodyWaiting() {
        kept.error = new AssertionError("broken");
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            recorder.ended(ended(0, ""));

            assertThatThrownBy(recorder::drain).hasMessage("java.lang.AssertionError: broken");
        }
    }

    @Test
    void aFullQueueSlowsTheLoadDownAndLosesNothing() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            recorder.run(() -> await(go));
            CompletableFuture<Void> producer = CompletableFuture.runAsync(
                    () -> LongStream.range(0, 70_000).forEach(i -> recorder.ended(ended(i, ""))));
            assertThat(producer.isDone()).isFalse();

            go.countDown();
            producer.get(30, TimeUnit.SECONDS);
            recorder.drain();

            assertThat(kept.records).hasSize(70_000);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Recorder recorder(UnaryOperator<String> redact) {
        return new Recorder(System::nanoTime, 1_000, true, redact, kept, failed::complete);
    }

    private static RequestTimeline ended(long index, String error) {
        RequestTimeline timeline = timeline(index);
        timeline.end(error.isEmpty() ? Outcome.SUCCESS : Outcome.HTTP_ERROR, error, 2_000);
        return timeline;
    }

    private static RequestTimeline timeline(long index) {
        return new RequestTimeline(
                new RequestIdentity(0, 0, false, 0, index, false, Usage.ABSENT, Usage.ABSENT, false));
    }

    private static final class Kept implements Recorder.Sink {
        private final List<RequestRecord> records = new ArrayList<>();
        private final List<String> threads = new ArrayList<>();
        private int failAt = Integer.MAX_VALUE;
        private Error error;
        private int flushes;

        @Override
        public void record(RequestRecord record) {
            if (error != null) {
                throw error;
            }
            if (records.size() == failAt) {
                throw new IllegalStateException("disk full");
            }
            records.add(record);
            threads.add(Thread.currentThread().getName());
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}
