package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FullHeapTest {
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final List<Throwable> others = new ArrayList<>();
    private final AtomicInteger ends = new AtomicInteger();

    @BeforeEach
    void somebodyElseLooksToo() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> others.add(thrown));
    }

    @AfterEach
    void nobodyElseLooks() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void aThreadThatDiesOfAFullHeapEndsTheRunWithoutAWord() throws InterruptedException {
        try (FullHeap heap = new FullHeap(ends::incrementAndGet)) {
            heap.watch();

            die(new OutOfMemoryError("made up"));
            die(new IllegalStateException(new RuntimeException(new OutOfMemoryError("made up"))));
        }

        assertThat(ends).hasValue(2);
        assertThat(others).isEmpty();
    }

    @Test
    void whatElseAThreadDiesOfIsLeftToOthers() throws InterruptedException {
        RuntimeException other = new IllegalStateException("made up");
        try (FullHeap heap = new FullHeap(ends::incrementAndGet)) {
            heap.watch();

            die(other);
        }
        die(new OutOfMemoryError("made up, and nobody looks any more"));

        assertThat(ends).hasValue(0);
        assertThat(others).hasSize(2).startsWith(other);
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
