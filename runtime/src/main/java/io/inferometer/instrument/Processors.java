package io.inferometer.instrument;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What this process, its threads and its machine have used so far, as far as the platform tells. */
final class Processors {
    /**
     * They may be as busy as they like: one makes requests ahead of time, and where it is too slow, slots stand empty; the
     * other checks answers, and where it is too slow, requests are held back. Both show by that.
     */
    private static final Set<String> ASIDE = Set.of("inferometer-requests", "inferometer-checks");

    private final OperatingSystemMXBean system =
            ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known ? known : null;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean known
                    && known.isThreadCpuTimeSupported()
                    && known.isThreadAllocatedMemorySupported()
            ? known
            : null;

    /** Reads everything. The machine's share is that since the last reading. */
    Reading read() {
        Map<Long, Used> byThread = new HashMap<>();
        if (threads != null) {
            long[] ids = threads.getAllThreadIds();
            long[] nanos = threads.getThreadCpuTime(ids);
            long[] bytes = threads.getThreadAllocatedBytes(ids);
            for (int i = 0; i < ids.length; i++) {
                if (nanos[i] >= 0 && bytes[i] >= 0) {
                    byThread.put(ids[i], new Used(nanos[i], bytes[i]));
                }
            }
        }
        return new Reading(
                threads,
                system == null ? -1 : system.getProcessCpuTime(),
                system == null ? -1 : system.getCpuLoad(),
                byThread);
    }

    /** The files and sockets that this process has open. They are counted in a directory, which takes one more. */
    static Health.Descriptors descriptors() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
            return new Health.Descriptors(-1, -1);
        }
        long limit = unix.getMaxFileDescriptorCount();
        try {
            return new Health.Descriptors(unix.getOpenFileDescriptorCount(), limit);
        } catch (InternalError none) {
            return new Health.Descriptors(limit, limit);
        }
    }

    private record Used(long nanos, long bytes) {
        private static final Used NOTHING = new Used(0, 0);
    }

    /**
     * One reading.
     *
     * @param processNanos processor time of this process, negative where it is not known
     * @param machineShare the share of the machine's processors that was busy since the reading before, likewise
     * @param byThread what each thread has used that is running
     */
    record Reading(ThreadMXBean threads, long processNanos, double machineShare, Map<Long, Used> byThread) {
        /** The use of processors since an earlier reading. */
        Health.Cpu since(Reading before, long nanos) {
            String busiest = "";
            double share = Double.NaN;
            for (Map.Entry<Long, Used> thread : byThread.entrySet()) {
                long used =
                        thread.getValue().nanos() - before.used(thread.getKey()).nanos();
                if (!(used / (double) nanos <= share)) {
                    String name = name(thread.getKey());
                    if (!name.isEmpty() && !ASIDE.contains(name)) {
                        busiest = name;
                        share = used / (double) nanos;
                    }
                }
            }
            return new Health.Cpu(
                    processNanos < 0 ? Double.NaN : (processNanos - before.processNanos) / (double) nanos,
                    machineShare < 0 ? Double.NaN : machineShare,
                    busiest,
                    share);
        }

        /** What the threads have allocated since then that are running now; -1 where that is not known. */
        long allocatedSince(Reading before) {
            return byThread.isEmpty()
                    ? -1
                    : byThread.entrySet().stream()
                            .mapToLong(thread -> thread.getValue().bytes()
                                    - before.used(thread.getKey()).bytes())
                            .sum();
        }

        private Used used(long thread) {
            return byThread.getOrDefault(thread, Used.NOTHING);
        }

        private String name(long thread) {
            ThreadInfo info = threads.getThreadInfo(thread);
            return info == null ? "" : info.getThreadName();
        }
    }
}
