package io.inferometer.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final Kept kept = new Kept();
    private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

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

            assertThatThrownBy(recorder::drain).isSameAs(kept.error);
        }
    }

    @Test
    void aQueueOfManyRequestsSlowsTheLoadDownAndLosesNothing() throws Exception {
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            handsOverNoMoreThan(65_536, recorder, 70_000, index -> ended(index, ""));
        }
    }

    @Test
    void aQueueOfManyBytesSlowsTheLoadDownAndLosesNothing() throws Exception {
        int each = streamed(0).heldBytes();
        try (Recorder recorder = new Recorder(
                System::nanoTime, 0, true, UnaryOperator.identity(), kept, failed::complete, 10 * each + 1)) {
            handsOverNoMoreThan(10, recorder, 100, RecorderTest::streamed);
        }
    }

    @Test
    void aRequestOfMoreBytesThanTheQueueMayHaveIsRecordedToo() throws Exception {
        try (Recorder recorder =
                new Recorder(System::nanoTime, 0, true, UnaryOperator.identity(), kept, failed::complete, 5)) {
            handsOverNoMoreThan(1, recorder, 3, RecorderTest::streamed);
        }
    }

    /** While the sink is busy so many are taken, and when it has ended all are. */
    private void handsOverNoMoreThan(int most, Recorder recorder, int all, LongFunction<RequestTimeline> requests)
            throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger handedOver = new AtomicInteger();
        recorder.run(() -> await(go));
        Thread load = new Thread(() -> {
            for (int i = 0; i < all; i++) {
                recorder.ended(requests.apply(i));
                handedOver.incrementAndGet();
            }
        });
        load.start();
        while (handedOver.get() < most || load.getState() != Thread.State.WAITING) {
            assertThat(load.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        assertThat(handedOver).hasValue(most);

        go.countDown();
        load.join();
        recorder.drain();

        assertThat(kept.records).hasSize(all);
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

    private static RequestTimeline streamed(long index) {
        RequestTimeline timeline = new RequestTimeline(
                new RequestIdentity(0, 0, false, 0, index, true, Usage.ABSENT, Usage.ABSENT, false));
        timeline.end(Outcome.CANCELLED, "", 2_000);
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
