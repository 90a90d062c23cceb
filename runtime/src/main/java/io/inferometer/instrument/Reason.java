package io.inferometer.instrument;

import java.util.Locale;

/** What a client can be suspect of. */
public enum Reason {
    /** Garbage collection takes too much of the time. */
    GC_TIME("gc-time", Unit.SHARE, "garbage collection took %s of the time", "give it more heap with -Xmx"),
    /** The machine is busy. */
    MACHINE_CPU(
            "machine-cpu",
            Unit.SHARE,
            "the machine's processors were %s busy, %s",
            "measure from a machine that does nothing else, or with fewer streams"),
    /** One collection took too long. */
    GC_PAUSE(
            "gc-pause",
            Unit.MILLIS,
            "a garbage collection stopped everything for %s",
            "give it more heap with -Xmx, or fewer streams"),
    /** What has ended is recorded, or checked, too slowly. */
    RECORDER(
            "recorder",
            Unit.SHARE,
            "%s of the requests were held back until those before them were recorded",
            "the disk or a @Check is too slow: put the journal on a faster one, or check less"),
    /** One thread has too much to do. */
    THREAD_CPU(
            "thread-cpu",
            Unit.SHARE,
            "one thread was busy %s of the time, %s",
            "give it fewer streams, or share them among processes"),
    /** Timers are late. */
    HICCUPS(
            "hiccups",
            Unit.MILLIS,
            "timers were %s late at p99",
            "something stops this process or its machine: is it a virtual one?"),
    /** Requests of an open loop are sent late. */
    SCHEDULE_DELAY(
            "schedule-delay",
            Unit.MILLIS,
            "requests were sent %s late at p99",
            "the client can't send as fast as that: give it a lower rate"),
    /** Slots of a closed loop stand empty. */
    TURNAROUND(
            "turnaround",
            Unit.SHARE,
            "slots stood empty for %s of the time that a request takes",
            "the client can't make requests as fast as that: give it fewer slots"),
    /** Files and sockets run out. */
    DESCRIPTORS("descriptors", Unit.SHARE, "%s of the file descriptors were in use", "raise ulimit -n");

    private final String label;
    private final Unit unit;
    private final String text;
    private final String remedy;

    Reason(String label, Unit unit, String text, String remedy) {
        this.label = label;
        this.unit = unit;
        this.text = text;
        this.remedy = remedy;
    }

    /** {@return the name in results} */
    public String label() {
        return label;
    }

    /** {@return what the figure is in: {@code ms}, or {@code share} of 0 to 1} */
    public String unit() {
        return unit == Unit.SHARE ? "share" : "ms";
    }

    /** Whether it shows in what became of requests, and these are of all clients. */
    boolean ofRequests() {
        return this == RECORDER || this == SCHEDULE_DELAY || this == TURNAROUND;
    }

    /** {@return what to do about it} */
    public String remedy() {
        return remedy;
    }

    /** A figure as people read it, with its unit. */
    String figure(double figure) {
        return unit.text(figure);
    }

    /** What is wrong, in words. */
    String text(double figure, String who) {
        return String.format(Locale.ROOT, text, unit.text(figure), who);
    }

    /** What a figure is in. */
    private enum Unit {
        /** 0 to 1. */
        SHARE,
        /** Milliseconds. */
        MILLIS;

        private String text(double figure) {
            double shown = this == SHARE ? figure * 100 : figure;
            String number =
                    String.format(Locale.ROOT, shown < 10 && shown != Math.rint(shown) ? "%.1f" : "%.0f", shown);
            return number + (this == SHARE ? " %" : " ms");
        }
    }
}
