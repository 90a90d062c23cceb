package io.inferometer.stats;

import java.util.Map;
import java.util.TreeMap;

/** How many tokens came in each millisecond: 4 bytes for each, in pages of about a second. */
final class TokenSeries {
    private static final int PAGE = 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final TreeMap<Long, float[]> pages = new TreeMap<>();
    private long currentKey = Long.MIN_VALUE;
    private float[] current;

    void add(long nanos, float tokens) {
        long milli = milli(nanos);
        long key = Math.floorDiv(milli, PAGE);
        if (key != currentKey) {
            currentKey = key;
            current = pages.computeIfAbsent(key, k -> new float[PAGE]);
        }
        current[Math.floorMod(milli, PAGE)] += tokens;
    }

    /** The tokens from one time, inclusive, to another, exclusive; both to the millisecond. */
    double sum(long fromNanos, long toNanos) {
        Total total = new Total();
        long from = milli(fromNanos);
        long to = milli(toNanos);
        each((milli, tokens) -> {
            if (milli >= from && milli < to) {
                total.tokens += tokens;
            }
        });
        return total.tokens;
    }

    /** The most tokens in any of the seconds that begin whole seconds after a time. */
    double peakPerSecond(long originNanos) {
        Total second = new Total();
        long origin = milli(originNanos);
        each((milli, tokens) -> {
            long number = Math.floorDiv(milli - origin, MILLIS_PER_SECOND);
            if (number != second.number) {
                second.number = number;
                second.tokens = 0;
            }
            second.tokens += tokens;
            second.peak = Math.max(second.peak, second.tokens);
        });
        return second.peak;
    }

    private static long milli(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_MILLI);
    }

    private void each(Visitor visitor) {
        for (Map.Entry<Long, float[]> page : pages.entrySet()) {
            long first = page.getKey() * PAGE;
            float[] tokens = page.getValue();
            for (int i = 0; i < PAGE; i++) {
                if (tokens[i] != 0) {
                    visitor.visit(first + i, tokens[i]);
                }
            }
        }
    }

    private interface Visitor {
        void visit(long milli, float tokens);
    }

    private static final class Total {
        private long number = Long.MIN_VALUE;
        private double tokens;
        private double peak;
    }
}
