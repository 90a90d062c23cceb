package io.inferometer.harness.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FullHeapTest {
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final List<Throwable> others = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void somebodyElseLooksToo() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> others.add(thrown));
    }

    @AfterEach
    void nobodyElseLooks() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void aThreadThatDiesOfAFullHeapEndsTheRunWithoutAWord() throws Exception {
        try (FullHeap heap = heap(ended::countDown, FullHeapTest::never)) {
            heap.watch();

            die(new IllegalStateException(new RuntimeException(new OutOfMemoryError("made up"))));

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(others).isEmpty();
    }

    @Test
    void endingIsTriedAgainWhereThatTakesMoreHeapThanThereIs() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Runnable end = () -> {
            if (tries.incrementAndGet() < 3) {
                throw new OutOfMemoryError("made up");
            }
            ended.countDown();
        };
        try (FullHeap heap = heap(end, FullHeapTest::never)) {
            heap.watch();

            heap.seen();

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(tries).hasValue(3);
    }

    @Test
    void aRunThatDoesNotEndMeetsTheLastResort() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        try (FullHeap heap = new FullHeap(ended::countDown, last::countDown, TimeUnit.MILLISECONDS.toNanos(300))) {
            heap.watch();

            heap.seen();

            assertThat(last.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ended.getCount()).isZero();
        }
    }

    @Test
    void whatElseAThreadDiesOfIsLeftToOthers() throws Exception {
        RuntimeException other = new IllegalStateException("made up");
        try (FullHeap heap = heap(FullHeapTest::never, FullHeapTest::never)) {
            heap.watch();

            die(other);
        }
        die(new OutOfMemoryError("made up, and nobody looks any more"));

        assertThat(others).hasSize(2).startsWith(other);
    }

    @Test
    @SuppressWarnings("try")
    void allRunsThatAreOnAreToldInWhateverOrderTheyEnd() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        RuntimeException other = new IllegalStateException("made up");
        FullHeap first = heap(FullHeapTest::never, FullHeapTest::never);
        first.watch();
        try (FullHeap second = heap(both::countDown, FullHeapTest::never)) {
            second.watch();
            first.close();
            try (FullHeap third = heap(both::countDown, FullHeapTest::never)) {
                third.watch();

                die(new OutOfMemoryError("made up"));

                assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
            }
            die(other);
        }
        die(new OutOfMemoryError("made up, and nobody looks any more"));

        assertThat(others).hasSize(2).startsWith(other);
    }

    private static FullHeap heap(Runnable end, Runnable lastResort) {
        return new FullHeap(end, lastResort, TimeUnit.MINUTES.toNanos(10));
    }

    private static void never() {
        throw new AssertionError("not to be called");
    }

    private static void die(Throwable of) throws InterruptedException {
        Thread thread = new Thread(() -> FullHeapTest.<RuntimeException>sneak(of));
        thread.start();
        thread.join();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
