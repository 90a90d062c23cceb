package io.inferometer.instrument;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** How often this JVM has stopped for garbage collection, and how long, since it started. Not thread-safe. */
final class GarbageCollections {
    /** Collectors that run beside the program report their cycles, which stop nothing, apart from their pauses. */
    private static final String CONCURRENT = "Cycles";

    private final List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(bean -> !bean.getName().endsWith(CONCURRENT))
            .toList();
    private long count;
    private long millis;

    /** Reads the numbers. */
    void look() {
        long newCount = 0;
        long newMillis = 0;
        for (GarbageCollectorMXBean bean : beans) {
            newCount += Math.max(0, bean.getCollectionCount());
            newMillis += Math.max(0, bean.getCollectionTime());
        }
        count = newCount;
        millis = newMillis;
    }

    /** How many pauses there had been. */
    long count() {
        return count;
    }

    /** How long they had taken together. */
    long millis() {
        return millis;
    }
}
