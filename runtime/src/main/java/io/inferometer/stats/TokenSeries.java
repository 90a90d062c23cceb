package io.inferometer.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * When the tokens of an iteration came: each event at its nanosecond, in 4 bytes, up to a limit; beyond the limit the
 * tokens of each millisecond, 8 bytes in pages. Beyond a number of pages they are made wider, so that an iteration of a day
 * takes as much as one of an hour. Sums are doubles either way.
 *
 * <p>However wide they are, as many fit into a second, and the first of them begins when the first request was sent: the
 * tokens of a second since then are counted whole. Other bounds are met to half the width.
 */
final class TokenSeries {
    /** The number of events that are kept: 40 MB. */
    static final int LIMIT = 10_000_000;

    /** The number of pages that are kept: 32 MB. */
    static final int PAGES = 4_096;

    private static final int PAGE = 1024;
    private static final int[] MILLIS = {1, 2, 4, 8, 40, 200, 1_000};
    /** What a run takes beside its events, in events. */
    private static final int RUN = 10;

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
    private final int pageLimit;
    private long originNanos = Long.MAX_VALUE;
    /** How wide a bin of a page is, by its place in {@link #MILLIS}; beyond the last each is ten times as wide. */
    private int width;

    TokenSeries() {
        this(LIMIT, PAGES);
    }

    TokenSeries(int limit, int pageLimit) {
        this.limit = limit;
        this.pageLimit = pageLimit;
    }

    /** A request was sent. The earliest of them is taken to be told before there are as many events as are kept. */
    void sent(long nanos) {
        if (pages == null) {
            originNanos = Math.min(originNanos, nanos);
        }
    }

    /** The events that follow are another request's. */
    void next() {
        continued = false;
    }

    /** An event of a request, which brought so many tokens, as each of its events did. */
    void add(long nanos, double tokens) {
        if (pages == null && count + RUN * (long) runCount >= limit) {
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
        pages = new TreeMap<>();
        originNanos = originNanos == Long.MAX_VALUE ? 0 : originNanos;
        eachKept(this::page);
        steps = new int[0];
        runs = new Run[0];
        count = 0;
        runCount = 0;
    }

    private void page(long nanos, double tokens) {
        long bin = Math.floorDiv(nanos - originNanos, binNanos());
        double[] page = pages.get(Math.floorDiv(bin, PAGE));
        if (page == null && pages.size() == pageLimit) {
            widen();
            page(nanos, tokens);
            return;
        }
        if (page == null) {
            page = new double[PAGE];
            pages.put(Math.floorDiv(bin, PAGE), page);
        }
        page[Math.floorMod(bin, PAGE)] += tokens;
    }

    private void widen() {
        Map<Long, double[]> narrow = pages;
        long nanos = binNanos();
        width++;
        pages = new TreeMap<>();
        narrow.forEach((key, tokens) -> eachOf(key, tokens, nanos, this::page));
    }

    private long binNanos() {
        long millis = MILLIS[Math.min(width, MILLIS.length - 1)];
        for (int i = MILLIS.length; i <= width; i++) {
            millis *= 10;
        }
        return millis * NANOS_PER_MILLI;
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

    /** The most tokens in any of the seconds that begin whole seconds after a time; NaN where they are no longer told apart. */
    double peakPerSecond(long fromNanos) {
        if (width >= MILLIS.length) {
            return Double.NaN;
        }
        Map<Long, double[]> seconds = new HashMap<>();
        each((nanos, tokens) -> seconds.computeIfAbsent(
                        Math.floorDiv(nanos - fromNanos, NANOS_PER_SECOND), second -> new double[1])[0] += tokens);
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
        pages.forEach((key, tokens) -> eachOf(key, tokens, binNanos(), visitor));
    }

    /** In the middle of each bin. */
    private void eachOf(long page, double[] tokens, long binNanos, Visitor visitor) {
        for (int i = 0; i < PAGE; i++) {
            if (tokens[i] != 0) {
                visitor.visit(originNanos + (page * PAGE + i) * binNanos + binNanos / 2, tokens[i]);
            }
        }
    }

    /** How many bins there are in memory. */
    int bins() {
        return pages == null ? 0 : pages.size() * PAGE;
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
