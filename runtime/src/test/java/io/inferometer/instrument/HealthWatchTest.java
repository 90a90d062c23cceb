package io.inferometer.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthWatchTest {
    private final AtomicLong lost = new AtomicLong();
    private final HealthWatch watch = HealthWatch.start(() -> System.nanoTime() + lost.get());

    @AfterEach
    void ends() {
        watch.close();
    }

    @Test
    void seesAStandstillAndWhatItCostsWhoeverFellDueMeanwhile() {
        watch.begin();

        Health health = standstill();

        assertThat(health.hiccups().count()).isGreaterThan(400);
        assertThat(health.hiccups().p50Nanos()).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(health.durationNanos()).isGreaterThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void seesCollections() {
        watch.begin();

        System.gc();

        Health.Pauses pauses = watch.end(new Health.Held(0, 0)).pauses();
        assertThat(pauses.count()).isPositive();
        assertThat(pauses.totalNanos()).isPositive();
        assertThat(pauses.longestNanos()).isBetween(1L, pauses.totalNanos());
    }

    @Test
    void forgetsWhatWasBefore() {
        System.gc();
        standstill();

        watch.begin();

        assertThat(watch.end(new Health.Held(0, 0)).hiccups().maxNanos()).isLessThan(TimeUnit.SECONDS.toNanos(4));
        assertThat(watch.end(new Health.Held(0, 0)).durationNanos()).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void seesWhichThreadIsBusyAndWhatIsAllocated() {
        watch.begin();

        byte[][] blocks = new byte[64][];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long until = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(200);
        for (int i = 0; threads.getCurrentThreadCpuTime() < until; i++) {
            blocks[i % blocks.length] = new byte[1 << 16];
        }
        Health health = watch.end(new Health.Held(0, 0));

        assertThat(blocks[0]).hasSize(1 << 16);
        assertThat(health.cpu().busiestThread())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(health.cpu().busiestShare()).isPositive();
        assertThat(health.cpu().processCores()).isPositive();
        assertThat(health.cpu().machineShare()).isBetween(0.0, 1.0);
        assertThat(health.allocatedBytes()).isGreaterThan(64 << 16);
        assertThat(health.descriptors().open())
                .isBetween(1L, health.descriptors().limit());
    }

    /** Lets the clock jump by 5 s until the watch has met it asleep. */
    private Health standstill() {
        Health health = watch.end(new Health.Held(0, 0));
        while (health.hiccups().maxNanos() < TimeUnit.SECONDS.toNanos(4)) {
            lost.addAndGet(TimeUnit.SECONDS.toNanos(5));
            health = watch.end(new Health.Held(0, 0));
        }
        return health;
    }
}
