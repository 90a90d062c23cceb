package io.inferometer.harness.resume;

import java.util.List;

/** How much of an iteration's time has gone by, without the times between the runs that went on with it; in nanoseconds. */
final class Elapsed {
    private long begin;
    private long last;
    private long between;

    /** The iteration begins. */
    void begin(long nanos) {
        begin = nanos;
        last = Math.max(last, nanos);
        between = 0;
    }

    /** It has come so far. */
    void until(long nanos) {
        last = Math.max(last, nanos);
    }

    /** It stood still since it came where it is, and goes on. */
    void goOn(long nanos) {
        between += Math.max(0, nanos - last);
        until(nanos);
    }

    long last() {
        return last;
    }

    long nanos() {
        return last - begin - between;
    }

    List<Long> toList() {
        return List.of(begin, last, between);
    }

    void restore(List<Long> numbers) {
        begin = numbers.get(0);
        last = numbers.get(1);
        between = numbers.get(2);
    }
}
