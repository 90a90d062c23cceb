package io.inferometer.instrument;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How this process and its machine were during one iteration. A figure that the platform does not tell is NaN, or -1 where
 * it is a whole number.
 *
 * @param durationNanos how long was watched
 * @param hiccups how late a thread woke that does nothing but sleep
 * @param pauses when garbage collection stopped everything
 * @param cpu who used the processors
 * @param descriptors files and sockets of this process
 * @param allocatedBytes what its threads allocated; those that ended meanwhile are not counted
 * @param held requests that were sent later than they were due
 */
public record Health(
        long durationNanos,
        Hiccups hiccups,
        Pauses pauses,
        Cpu cpu,
        Descriptors descriptors,
        long allocatedBytes,
        Held held) {
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * The lateness of a timer, as anything that had fallen due at any time of the iteration would have met it.
     *
     * @param count how many times it was looked at
     * @param p50Nanos the median
     * @param p99Nanos the 99th percentile
     * @param maxNanos the greatest
     * @param maxAtNanos when that was, since the start of the iteration
     */
    public record Hiccups(long count, long p50Nanos, long p99Nanos, long maxNanos, long maxAtNanos) {}

    /**
     * Pauses for garbage collection. The JVM tells them in milliseconds.
     *
     * @param count how many
     * @param totalNanos all together
     * @param longestNanos the longest; of several within 50 ms their mean
     * @param longestAtNanos when that was, to 50 ms, since the start of the iteration
     */
    public record Pauses(long count, long totalNanos, long longestNanos, long longestAtNanos) {}

    /**
     * The use of processors.
     *
     * @param processCores processors that this process kept busy on average
     * @param machineShare the share of all processors that was busy, with whatever, 0 to 1
     * @param busiestThread the name of the thread that used most; empty where that is not known
     * @param busiestShare the share of the time that it was running, 0 to 1
     */
    public record Cpu(double processCores, double machineShare, String busiestThread, double busiestShare) {}

    /**
     * Files and sockets.
     *
     * @param open how many are open at the end
     * @param limit how many may be
     */
    public record Descriptors(long open, long limit) {
        /** {@return those of this process, now} */
        public static Descriptors ofThisProcess() {
            return Processors.descriptors();
        }
    }

    /**
     * Requests that were held back, and sent later.
     *
     * @param byRecorder while too many that had ended were not yet recorded, or checked
     * @param byCap while as many were in flight as an open loop may have
     */
    public record Held(long byRecorder, long byCap) {
        /**
         * {@return those of all iterations; empty where those of one are not known}
         *
         * @param iterations a count each; empty for an iteration that nobody looked at
         */
        public static Optional<Held> ofAll(List<Optional<Held>> iterations) {
            return iterations.stream().allMatch(Optional::isPresent)
                    ? iterations.stream().flatMap(Optional::stream).reduce(Held::plus)
                    : Optional.empty();
        }

        private Held plus(Held other) {
            return new Held(byRecorder + other.byRecorder, byCap + other.byCap);
        }
    }

    /** The same with what all clients together held back and allocated, whose requests are in one result. */
    Health withTotals(Collection<Health> all) {
        return new Health(
                durationNanos,
                hiccups,
                pauses,
                cpu,
                descriptors,
                all.stream().allMatch(one -> one.allocatedBytes >= 0)
                        ? all.stream().mapToLong(Health::allocatedBytes).sum()
                        : -1,
                all.stream().map(Health::held).reduce(new Held(0, 0), Held::plus));
    }

    /** {@return the figures as numbers, texts and maps that any JSON library writes; keys carry units} */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("durationMs", millis(durationNanos));
        Map<String, Object> late = new LinkedHashMap<>();
        late.put("count", hiccups.count());
        late.put("p50Ms", millis(hiccups.p50Nanos()));
        late.put("p99Ms", millis(hiccups.p99Nanos()));
        late.put("maxMs", millis(hiccups.maxNanos()));
        late.put("maxAtMs", millis(hiccups.maxAtNanos()));
        map.put("hiccups", late);
        Map<String, Object> gc = new LinkedHashMap<>();
        gc.put("pauses", pauses.count());
        gc.put("totalMs", millis(pauses.totalNanos()));
        gc.put("longestMs", millis(pauses.longestNanos()));
        gc.put("longestAtMs", millis(pauses.longestAtNanos()));
        map.put("gc", gc);
        Map<String, Object> used = new LinkedHashMap<>();
        used.put("processCores", number(cpu.processCores()));
        used.put("machineShare", number(cpu.machineShare()));
        used.put("busiestThread", cpu.busiestThread());
        used.put("busiestThreadShare", number(cpu.busiestShare()));
        map.put("cpu", used);
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("open", descriptors.open());
        files.put("limit", descriptors.limit());
        map.put("descriptors", files);
        map.put("allocatedBytes", allocatedBytes);
        if (held.byRecorder() > 0) {
            map.put("heldByRecorder", held.byRecorder());
        }
        if (held.byCap() > 0) {
            map.put("heldByCap", held.byCap());
        }
        return map;
    }

    /**
     * {@return the figures that {@link #toMap} made, or that were read from a file since; what is missing is not known}
     *
     * @param map keys and values as {@link #toMap} has them
     */
    public static Health ofMap(Map<String, Object> map) {
        Map<?, ?> late = part(map, "hiccups");
        Map<?, ?> gc = part(map, "gc");
        Map<?, ?> used = part(map, "cpu");
        Map<?, ?> files = part(map, "descriptors");
        return new Health(
                nanos(map, "durationMs"),
                new Hiccups(
                        count(late, "count"),
                        nanos(late, "p50Ms"),
                        nanos(late, "p99Ms"),
                        nanos(late, "maxMs"),
                        nanos(late, "maxAtMs")),
                new Pauses(count(gc, "pauses"), nanos(gc, "totalMs"), nanos(gc, "longestMs"), nanos(gc, "longestAtMs")),
                new Cpu(
                        number(used, "processCores"),
                        number(used, "machineShare"),
                        used.get("busiestThread") instanceof String name ? name : "",
                        number(used, "busiestThreadShare")),
                new Descriptors(count(files, "open"), count(files, "limit")),
                count(map, "allocatedBytes"),
                new Held(Math.max(0, count(map, "heldByRecorder")), Math.max(0, count(map, "heldByCap"))));
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }

    /** JSON has no NaN. */
    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static Map<?, ?> part(Map<?, ?> map, String name) {
        return map.get(name) instanceof Map<?, ?> part ? part : Map.of();
    }

    private static double number(Map<?, ?> map, String name) {
        return map.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static long count(Map<?, ?> map, String name) {
        return map.get(name) instanceof Number number ? number.longValue() : -1;
    }

    private static long nanos(Map<?, ?> map, String name) {
        return map.get(name) instanceof Number number ? Math.round(number.doubleValue() * NANOS_PER_MILLI) : -1;
    }
}
