package io.inferometer.report.chart;

import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis with round ticks. It begins at 0 unless all values are far from it, and never shows so little
 * that small differences look great.
 *
 * @param from where it begins, a tick
 * @param to where it ends, a tick
 * @param step from tick to tick
 */
record Axis(double from, double to, double step) {
    private static final int TICKS = 6;

    /** Values whose least is above this share of the greatest leave 0 out. */
    private static final double FAR_FROM_ZERO = 0.4;

    /** At least this share of the greatest value is shown. */
    private static final double LEAST_SHOWN = 0.25;

    /** Room beyond the outermost values, as a share of what is shown. */
    private static final double ROOM = 0.04;

    /** An axis for values that are 0 or more. */
    static Axis of(double least, double greatest) {
        boolean far = greatest > least && least > FAR_FROM_ZERO * greatest;
        double shown = far ? Math.max(greatest - least, LEAST_SHOWN * greatest) : greatest;
        double room = shown * ROOM;
        double beyond = far ? (shown - (greatest - least)) / 2 : 0;
        double low = far ? least - beyond - room : 0;
        double high = Math.max(greatest + beyond + room, low + Double.MIN_NORMAL);
        double step = step((high - low) / TICKS);
        return new Axis(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
    }

    /** The least of 1, 2, 2.5 and 5 times a power of ten that is not below. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        long count = Math.round((to - from) / step);
        for (long i = 0; i <= count; i++) {
            ticks.add(from + i * step);
        }
        return ticks;
    }

    /** Where a value stands between the two ends, 0 to 1. */
    double share(double value) {
        return (value - from) / (to - from);
    }

    /** A tick's label, with the decimals that the step needs. */
    String label(double tick) {
        int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        boolean half = Math.abs(step * Math.pow(10, decimals) - Math.rint(step * Math.pow(10, decimals))) > 1e-6;
        return Format.decimal(tick, half ? decimals + 1 : decimals);
    }
}
