package io.inferometer.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the tokens of an iteration came: each event at its nanosecond, in 4 bytes, up to a limit; beyond the limit the
 * tokens of each millisecond, 8 bytes in pages of about a second. Sums are doubles either way.
 */
final class TokenSeries {
    /** The number of events that are kept: 40 MB. */
    static final int LIMIT = 10_000_000;

    private static final int PAGE = 1024;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int limit;
    /** From one event of a run to the next; a run is of one request, with as many tokens in each of its events. */
    private int[] steps = new int[256];

    private int count;
    private Run[] runs = new Run[16];
    private int runCount;
    private long lastNanos;
    private boolean continued;
    private TreeMap<Long, double[]> pages;

    TokenSeries() {
        this(LIMIT);
    }

    TokenSeries(int limit) {
        this.limit = limit;
    }

    /** The events that follow are another request's. */
    void next() {
        continued = false;
    }

    /** An event of a request, which brought so many tokens, as each of its events did. */
    void add(long nanos, double tokens) {
        if (pages == null && count == limit) {
            fold();
        }
        if (pages != null) {
            page(nanos, tokens);
            return;
        }
        long step = nanos - lastNanos;
        if (!continued || step != (int) step) {
            begin(new Run(nanos, tokens, count));
            step = 0;
        }
        if (count == steps.length) {
            steps = Arrays.copyOf(steps, Math.min(limit, count + (count >> 1)));
        }
        steps[count++] = (int) step;
        lastNanos = nanos;
        continued = true;
    }

    private void begin(Run run) {
        if (runCount == runs.length) {
            runs = Arrays.copyOf(runs, runCount + (runCount >> 1));
        }
        runs[runCount++] = run;
    }

    private void fold() {
        TreeMap<Long, double[]> folded = new TreeMap<>();
        pages = folded;
        eachKept(this::page);
        steps = new int[0];
        runs = new Run[0];
        count = 0;
        runCount = 0;
    }

    private void page(long nanos, double tokens) {
        long milli = Math.floorDiv(nanos, NANOS_PER_MILLI);
        pages.computeIfAbsent(Math.floorDiv(milli, PAGE), key -> new double[PAGE])[Math.floorMod(milli, PAGE)] +=
                tokens;
    }

    /** The tokens from one time, inclusive, to another, exclusive. */
    double sum(long fromNanos, long toNanos) {
        double[] total = {0};
        each((nanos, tokens) -> {
            if (nanos >= fromNanos && nanos < toNanos) {
                total[0] += tokens;
            }
        });
        return total[0];
    }

    /** The most tokens in any of the seconds that begin whole seconds after a time. */
    double peakPerSecond(long originNanos) {
        Map<Long, double[]> seconds = new HashMap<>();
        each((nanos, tokens) -> seconds.computeIfAbsent(
                        Math.floorDiv(nanos - originNanos, NANOS_PER_SECOND), second -> new double[1])[0] += tokens);
        return seconds.values().stream().mapToDouble(second -> second[0]).max().orElse(0);
    }

    /** The tokens of each whole second from one time to another. */
    double[] perSecond(long fromNanos, long toNanos) {
        double[] seconds = new double[(int) ((toNanos - fromNanos) / NANOS_PER_SECOND)];
        each((nanos, tokens) -> {
            long second = Math.floorDiv(nanos - fromNanos, NANOS_PER_SECOND);
            if (second >= 0 && second < seconds.length) {
                seconds[(int) second] += tokens;
            }
        });
        return seconds;
    }

    private void each(Visitor visitor) {
        if (pages == null) {
            eachKept(visitor);
            return;
        }
        for (Map.Entry<Long, double[]> page : pages.entrySet()) {
            long first = page.getKey() * PAGE;
            double[] tokens = page.getValue();
            for (int i = 0; i < PAGE; i++) {
                if (tokens[i] != 0) {
                    visitor.visit((first + i) * NANOS_PER_MILLI, tokens[i]);
                }
            }
        }
    }

    private void eachKept(Visitor visitor) {
        for (int r = 0; r < runCount; r++) {
            int to = r + 1 < runCount ? runs[r + 1].from() : count;
            long nanos = runs[r].nanos();
            for (int i = runs[r].from(); i < to; i++) {
                nanos += steps[i];
                visitor.visit(nanos, runs[r].tokens());
            }
        }
    }

    /**
     * Events of a request, one after the other.
     *
     * @param nanos when the first of them came
     * @param tokens what each of them brought
     * @param from where their steps begin
     */
    private record Run(long nanos, double tokens, int from) {}

    private interface Visitor {
        void visit(long nanos, double tokens);
    }
}
