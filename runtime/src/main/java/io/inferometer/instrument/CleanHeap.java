package io.inferometer.instrument;

import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Has the JVM collect its garbage before an iteration is measured, so that what was before it, its requests made ahead among
 * that, stops nothing within it: a collection that takes 5 to 20 ms is then rarer there, and begins with an empty heap.
 *
 * <p>A whole collection would also give back memory until little of the heap is free, and the next ones would come all the
 * sooner. So the JVM is asked, while it runs, to keep it, unless it was told how much may be free.
 */
public final class CleanHeap {
    private static final List<String> SAID = List.of("-XX:MaxHeapFreeRatio", "-XX:MinHeapFreeRatio");

    /** In percent of the heap, after a collection: as good as all of it. */
    private static final String MOST_FREE = "99";

    private static volatile boolean kept;

    private CleanHeap() {}

    /** Asks it of this JVM: for a process that is the client's own. */
    public static void keep() {
        kept = true;
        if (ManagementFactory.getRuntimeMXBean().getInputArguments().stream().anyMatch(CleanHeap::says)) {
            return;
        }
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "setVMOption",
                            new Object[] {"MaxHeapFreeRatio", MOST_FREE},
                            new String[] {String.class.getName(), String.class.getName()});
        } catch (JMException e) {
            // Another JVM, or a collector that knows no such share: it gives back what it likes.
        }
    }

    /** Collects, where this JVM was asked; it stands still for some 20 ms. */
    public static void collect() {
        if (kept) {
            System.gc();
        }
    }

    private static boolean says(String argument) {
        return SAID.stream().anyMatch(argument::startsWith);
    }
}
