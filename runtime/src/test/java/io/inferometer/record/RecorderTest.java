package io.inferometer.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecorderTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final Recorder.Bounds MANY = new Recorder.Bounds(10_000, 1 << 30);

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
            assertThat(failed.get(30, TimeUnit.SECONDS)).hasMessage("disk full");
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
    void theEndOfARequestNeverWaitsAndWhoeverSendsIsToldToHoldBack() throws Exception {
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            takesAllAndIsFullFrom(65_536, recorder, 70_000, index -> ended(index, ""));
        }
    }

    @Test
    void manyBytesAreTooMuchAsManyRequestsAre() throws Exception {
        int each = streamed(0).heldBytes();
        try (Recorder recorder = recorder(new Recorder.Bounds(1_000, 10L * each))) {
            takesAllAndIsFullFrom(10, recorder, 100, RecorderTest::streamed);
        }
    }

    @Test
    void oneRequestOfMoreBytesThanThereMayBeIsRecordedToo() throws Exception {
        try (Recorder recorder = recorder(new Recorder.Bounds(1_000, 5))) {
            takesAllAndIsFullFrom(1, recorder, 3, RecorderTest::streamed);
        }
    }

    @Test
    void aSinkThatFailedHoldsNobodyBack() throws Exception {
        kept.failAt = 0;
        CountDownLatch room = new CountDownLatch(1);
        try (Recorder recorder = recorder(new Recorder.Bounds(1, 1 << 20))) {
            CountDownLatch go = new CountDownLatch(1);
            recorder.run(() -> await(go));
            LongStream.range(0, 10).forEach(i -> recorder.ended(ended(i, "")));
            recorder.onRoom(() -> room.countDown());
            assertThat(recorder.full()).isTrue();

            go.countDown();
            assertThat(room.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(failed.get(30, TimeUnit.SECONDS)).hasMessage("disk full");
            assertThat(recorder.full()).isFalse();
        }
    }

    @Test
    void aCheckHasAThreadOfItsOwnAndDelaysNoRecord() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Long> checked = new ArrayList<>();
        List<String> threads = new ArrayList<>();
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            recorder.check((record, answer) -> {
                await(go);
                checked.add(record.index());
                threads.add(Thread.currentThread().getName());
                return record.index() == 1 ? "not " + record.index() : "";
            });
            LongStream.range(0, 3).forEach(i -> recorder.ended(ended(i, "")));
            recorder.ended(ended(3, "refused"));
            CountDownLatch reached = new CountDownLatch(1);
            recorder.run(reached::countDown);
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(kept.unchecked).containsExactly(0L, 1L, 2L);
            assertThat(kept.records).extracting(RequestRecord::index).containsExactly(3L);

            go.countDown();
            recorder.drain();

            assertThat(checked).containsExactly(0L, 1L, 2L);
            assertThat(threads).containsOnly("inferometer-checks");
            assertThat(kept.records).extracting(RequestRecord::index).containsExactly(3L, 0L, 1L, 2L);
            assertThat(kept.records)
                    .extracting(RequestRecord::outcome, RequestRecord::error)
                    .contains(tuple(Outcome.WRONG_ANSWER, "not 1"), tuple(Outcome.SUCCESS, ""));
            assertThat(kept.threads).containsOnly("inferometer-recorder");
        }
    }

    @Test
    void whatIsNotCheckedIsNotRecordedYet() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Recorder recorder = recorder(new Recorder.Bounds(2, 1 << 20))) {
            recorder.check((record, answer) -> {
                await(go);
                return "";
            });
            recorder.ended(ended(0, ""));
            recorder.ended(ended(1, ""));
            CountDownLatch reached = new CountDownLatch(1);
            recorder.run(reached::countDown);
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.full()).isTrue();

            go.countDown();
            recorder.drain();

            assertThat(recorder.full()).isFalse();
        }
    }

    @Test
    void aFullHeapOfACheckIsTheRecordersFailure() throws Exception {
        OutOfMemoryError full = new OutOfMemoryError("scripted");
        try (Recorder recorder = recorder(UnaryOperator.identity())) {
            recorder.check((record, answer) -> {
                throw full;
            });
            recorder.ended(ended(0, ""));

            assertThatThrownBy(recorder::drain).isSameAs(full);
            assertThat(failed.get(30, TimeUnit.SECONDS)).isSameAs(full);
        }
    }

    @Test
    void whoDrainsOrClosesDoesNotWaitForRests() throws Exception {
        Recorder recorder = atRest(MANY);
        LongStream.range(0, 100).forEach(i -> recorder.ended(ended(i, "")));
        awaitRest();
        recorder.drain();
        assertThat(kept.records).hasSize(100);

        LongStream.range(100, 200).forEach(i -> recorder.ended(ended(i, "")));
        awaitRest();
        recorder.close();

        assertThat(kept.records)
                .extracting(RequestRecord::index)
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
    }

    @Test
    void nothingRestsWhileOneOfTwoStillDrains() throws Exception {
        CountDownLatch firstGoes = new CountDownLatch(1);
        CountDownLatch secondGoes = new CountDownLatch(1);
        try (Recorder recorder = atRest(MANY)) {
            recorder.run(() -> await(firstGoes));
            Thread first = draining(recorder);
            recorder.run(() -> await(secondGoes));
            LongStream.range(0, 100).forEach(i -> recorder.ended(ended(i, "")));
            Thread second = draining(recorder);

            firstGoes.countDown();
            first.join();
            secondGoes.countDown();
            second.join();

            assertThat(kept.records).hasSize(100);
            recorder.ended(ended(100, ""));
            awaitRest();
        }
    }

    @Test
    void whoIsHeldBackDoesNotWaitForRests() throws Exception {
        CountDownLatch room = new CountDownLatch(1);
        try (Recorder recorder = atRest(new Recorder.Bounds(3, 1 << 20))) {
            recorder.onRoom(room::countDown);
            recorder.ended(ended(0, ""));
            awaitRest();
            recorder.ended(ended(1, ""));
            recorder.ended(ended(2, ""));

            assertThat(room.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatHasWaitedLongIsWorkedOffWithoutRests() throws Exception {
        AtomicLong now = new AtomicLong();
        Backlog.Pace pace = new Backlog.Pace(0, HOUR, 50);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        try (Recorder recorder =
                new Recorder(now::get, 0, true, UnaryOperator.identity(), kept, failed::complete, MANY, pace)) {
            recorder.run(() -> await(begun));
            Thread draining = draining(recorder);
            recorder.run(() -> await(go));
            LongStream.range(0, 1_000).forEach(i -> recorder.ended(ended(i, "")));
            recorder.run(reached::countDown);
            now.set(50);
            begun.countDown();
            draining.join();
            go.countDown();

            assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(kept.records)
                    .extracting(RequestRecord::index)
                    .startsWith(LongStream.range(0, 1_000).boxed().toArray(Long[]::new));
        }
    }

    /** A thread that waits for what the recorder has to do. */
    private static Thread draining(Recorder recorder) {
        Thread thread = new Thread(() -> {
            try {
                recorder.drain();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    /** Until the recorder's thread, of one that rests for an hour, does so. */
    private static void awaitRest() {
        while (Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("inferometer-recorder"))
                .noneMatch(thread -> LockSupport.getBlocker(thread) instanceof Backlog)) {
            Thread.onSpinWait();
        }
    }

    private Recorder atRest(Recorder.Bounds bounds) {
        Backlog.Pace pace = new Backlog.Pace(HOUR, HOUR, Long.MAX_VALUE);
        return new Recorder(System::nanoTime, 0, true, UnaryOperator.identity(), kept, failed::complete, bounds, pace);
    }

    /** While the sink is busy all are taken, from some number on with a word, and when it has ended all are recorded. */
    private void takesAllAndIsFullFrom(int bound, Recorder recorder, int all, LongFunction<RequestTimeline> requests)
            throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger room = new AtomicInteger();
        recorder.onRoom(room::incrementAndGet);
        recorder.run(() -> await(go));
        for (int i = 0; i < all; i++) {
            assertThat(recorder.full()).isEqualTo(i >= bound);
            recorder.ended(requests.apply(i));
        }

        go.countDown();
        recorder.drain();

        assertThat(room).hasPositiveValue();
        assertThat(recorder.full()).isFalse();
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

    private Recorder recorder(Recorder.Bounds bounds) {
        return new Recorder(System::nanoTime, 0, true, UnaryOperator.identity(), kept, failed::complete, bounds);
    }

    private static RequestTimeline ended(long index, String error) {
        RequestTimeline timeline = timeline(index);
        timeline.end(error.isEmpty() ? Outcome.SUCCESS : Outcome.HTTP_ERROR, error, 2_000);
        return timeline;
    }

    private static RequestTimeline streamed(long index) {
        RequestTimeline timeline = new RequestTimeline(
                new RequestIdentity(0, 0, false, 0, index, true, Usage.ABSENT, Usage.ABSENT, false));
        timeline.event(1_000, Carried.CHOICES | Carried.CONTENT, RequestRecord.ABSENT);
        timeline.end(Outcome.CANCELLED, "", 2_000);
        return timeline;
    }

    private static RequestTimeline timeline(long index) {
        return new RequestTimeline(
                new RequestIdentity(0, 0, false, 0, index, false, Usage.ABSENT, Usage.ABSENT, false));
    }

    private static final class Kept implements Recorder.Sink {
        private final List<RequestRecord> records = new CopyOnWriteArrayList<>();
        private final List<Long> unchecked = new CopyOnWriteArrayList<>();
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
        public void unchecked(RequestRecord record, AnswerTexts answer) {
            unchecked.add(record.index());
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}
