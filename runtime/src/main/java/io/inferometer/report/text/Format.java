package io.inferometer.report.text;

import io.inferometer.annotations.Arrivals;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** How numbers are written for people: the same everywhere, {@code -} for what is not known. */
public final class Format {
    public static final String ABSENT = "-";

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Format() {}

    /** {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 request}, {@code 2 requests}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** With a number of decimals: {@code 1,234.50}. */
    public static String decimal(double number, int decimals) {
        if (Double.isNaN(number)) {
            return ABSENT;
        }
        double least = 0.5 * Math.pow(10, -decimals);
        return String.format(Locale.ROOT, "%,." + decimals + "f", Math.abs(number) < least ? 0 : number);
    }

    /** To about three digits, without an exponent: {@code 0.123}, {@code 12.3}, {@code 1,234}. */
    public static String brief(double number) {
        double size = Math.abs(number);
        return decimal(number, size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    }

    /** A number as short as it can be: {@code 8}, {@code 2.5}. */
    public static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** Nanoseconds as milliseconds. */
    public static String millis(double nanos, int decimals) {
        return decimal(nanos / NANOS_PER_MILLI, decimals);
    }

    /** Nanoseconds as milliseconds with their unit, briefly: {@code 51.2 ms}. */
    public static String briefMillis(double nanos) {
        return Double.isNaN(nanos) ? ABSENT : brief(nanos / NANOS_PER_MILLI) + " ms";
    }

    /** Nanoseconds as seconds with their unit: {@code 3.46 s}. */
    public static String seconds(double nanos) {
        return Double.isNaN(nanos) ? ABSENT : brief(nanos / NANOS_PER_SECOND) + " s";
    }

    /** A share of 0 to 1: {@code 2.5 %}. */
    public static String percent(double share) {
        double percent = share * 100;
        boolean whole = percent == Math.rint(percent) || percent >= 10;
        return Double.isNaN(share) ? ABSENT : decimal(percent, whole ? 0 : percent >= 1 ? 1 : 2) + " %";
    }

    /** A time on the clock: {@code 00:01:05}. */
    public static String clock(Duration duration) {
        return String.format(
                Locale.ROOT, "%02d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    /** A time that was set: {@code 10 min}, {@code 90 s}, {@code 250 ms}. */
    public static String setting(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return plain(duration.toNanos() / NANOS_PER_MILLI) + " ms";
        }
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** {@code gamma (burstiness 0.5)}. */
    public static String arrivals(Arrivals law, double burstiness) {
        return law == Arrivals.GAMMA ? word(law) + " (burstiness " + plain(burstiness) + ")" : word(law);
    }

    /** What a stage gives: {@code 2..20/s}, {@code 4}. */
    public static String stage(StagedLoad.Kind kind, StagedLoad.Stage stage) {
        return plain(stage.from())
                + (stage.from() == stage.to() ? "" : ".." + plain(stage.to()))
                + (kind == StagedLoad.Kind.RATE ? "/s" : "");
    }

    /** A constant's name as options have it: {@code vllm-rescaled}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The requests per second of an open loop: {@code 8}, or {@code 2..20} where they rise. */
    public static String rate(Load.Open load) {
        return load.ramp()
                .map(ramp -> plain(ramp.startPerSecond()) + ".." + plain(ramp.endPerSecond()))
                .orElseGet(() -> plain(load.rate()));
    }

    /** {@code closed loop, concurrency 4}. */
    public static String load(Load load) {
        if (load instanceof Load.Closed closed) {
            return "closed loop, concurrency " + closed.concurrency()
                    + (closed.together() ? "" : ", beginning over " + setting(closed.stagger()));
        }
        if (load instanceof Load.Open open) {
            return "open loop, " + rate(open) + " requests/s"
                    + open.ramp()
                            .map(ramp -> " (" + word(ramp.strategy()) + ")")
                            .orElse("") + ", "
                    + arrivals(open.arrivals(), open.burstiness()) + " arrivals"
                    + (open.capped() ? ", " + count(open.mostInFlight()) + " in flight at most" : "");
        }
        if (load instanceof Load.AtOnce atOnce) {
            return "all at once"
                    + (atOnce.slots() == Load.AtOnce.ALL ? "" : ", " + count(atOnce.slots()) + " in flight at most")
                    + (atOnce.slotsPerSecond() == Load.AtOnce.INSTANT
                            ? ""
                            : ", beginning at " + plain(atOnce.slotsPerSecond()) + "/s");
        }
        if (load instanceof Load.Replay replay) {
            return "replay"
                    + (replay.speed() == 1 ? " at its own speed" : ", " + plain(replay.speed()) + " times as fast")
                    + replay.maxIdle()
                            .map(gap -> ", gaps cut to " + setting(gap))
                            .orElse("");
        }
        if (load instanceof StagedLoad staged) {
            return "stages, "
                    + staged.stages().stream()
                            .map(stage -> stage(staged.kind(), stage) + " for " + setting(stage.time()))
                            .collect(Collectors.joining(", "))
                    + (staged.kind() == StagedLoad.Kind.CONCURRENCY
                            ? " slots"
                            : ", " + arrivals(staged.arrivals(), staged.burstiness()) + " arrivals"
                                    + staged.cap().stream()
                                            .mapToObj(most -> ", " + count(most) + " in flight at most")
                                            .collect(Collectors.joining()));
        }
        throw new IllegalArgumentException("no such load: " + load);
    }
}
