package io.inferometer.simulator.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How many of some times were at most so long, and all of them together. Thread-safe. */
final class Histogram {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final LongAdder nanos = new LongAdder();

    /** One with buckets up to each of these bounds, in seconds, and one beyond. */
    Histogram(double... bounds) {
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Takes a time, {@code times} times. */
    void observe(long time, int times) {
        double seconds = time / (double) TimeUnit.SECONDS.toNanos(1);
        int bucket = 0;
        while (bucket < bounds.length && seconds > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].add(times);
        nanos.add(time * times);
    }

    /** In Prometheus' text form, without head. */
    String text(String name, String labels) {
        StringBuilder text = new StringBuilder();
        long count = 0;
        for (int i = 0; i < counts.length; i++) {
            count += counts[i].sum();
            String bound = i < bounds.length ? String.valueOf(bounds[i]) : "+Inf";
            text.append(line(name + "_bucket", labels + ",le=\"" + bound + "\"", "" + count));
        }
        return text
                + line(name + "_sum", labels, "" + nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1))
                + line(name + "_count", labels, "" + count);
    }

    private static String line(String name, String labels, String value) {
        return name + "{" + labels + "} " + value + "\n";
    }
}
