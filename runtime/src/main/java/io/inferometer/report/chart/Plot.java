package io.inferometer.report.chart;

import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Curve;
import io.inferometer.workload.Load;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The ground that curves are drawn on: interactivity to the right, throughput upwards. */
final class Plot {
    static final double WIDTH = 880;
    static final double LEFT = 84;
    static final double TOP = 72;
    static final double RIGHT = WIDTH - 36;
    static final double BOTTOM = TOP + 400;

    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Curve> curves;
    private final boolean perGpu;
    private final Axis across;
    private final Axis upward;

    Plot(List<Curve> curves) {
        this.curves = curves;
        perGpu = !curves.isEmpty() && curves.stream().allMatch(Curve::gpusKnown);
        across = axis(Curve::interactivity);
        upward = axis(this::throughput);
    }

    private Axis axis(ToDoubleFunction<TrialReport> figure) {
        DoubleSummaryStatistics values = curves.stream()
                .flatMap(curve -> curve.trials().stream())
                .mapToDouble(figure)
                .summaryStatistics();
        return values.getCount() == 0 ? Axis.of(0, 1) : Axis.of(values.getMin(), values.getMax());
    }

    /** What a trial is upwards. */
    double throughput(TrialReport trial) {
        return perGpu ? Curve.outputPerGpu(trial) : Curve.outputPerSecond(trial);
    }

    /** What {@link #throughput} is. */
    String unit() {
        return perGpu ? "output tokens/s per GPU" : "output tokens/s";
    }

    double x(TrialReport trial) {
        return x(Curve.interactivity(trial));
    }

    double y(TrialReport trial) {
        return y(throughput(trial));
    }

    /** From where to where its interval goes upwards, within the plot; empty where it has none. */
    Optional<Span> upward(TrialReport trial) {
        double share = throughput(trial) / Curve.outputPerSecond(trial);
        return Curve.outputInterval(trial)
                .map(of ->
                        new Span(within(y(of.low() * share), TOP, BOTTOM), within(y(of.high() * share), TOP, BOTTOM)));
    }

    /** From where to where its interval goes to the right, within the plot; empty where it has none. */
    Optional<Span> across(TrialReport trial) {
        return Curve.tpotInterval(trial)
                .map(of -> new Span(
                        within(x(NANOS_PER_SECOND / of.high()), LEFT, RIGHT),
                        within(x(NANOS_PER_SECOND / of.low()), LEFT, RIGHT)));
    }

    /** Two places on an axis. */
    record Span(double from, double to) {}

    private static double within(double place, double least, double greatest) {
        return Math.max(least, Math.min(greatest, place));
    }

    private double x(double value) {
        return LEFT + across.share(value) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - upward.share(value) * (BOTTOM - TOP);
    }

    /** Draws the axes and what they are. */
    void draw(Svg svg) {
        svg.text("text", unit(), "class", "muted", "x", LEFT, "y", TOP - 16);
        svg.text("text", labelled(), "class", "muted", "x", RIGHT, "y", TOP - 16, "text-anchor", "end");
        for (double tick : upward.ticks()) {
            double y = y(tick);
            svg.element("line", "class", "grid", "x1", LEFT, "y1", y, "x2", RIGHT, "y2", y);
            svg.text("text", upward.label(tick), "x", LEFT - 10, "y", y + 4, "text-anchor", "end");
        }
        for (double tick : across.ticks()) {
            double x = x(tick);
            svg.element("line", "class", "grid", "x1", x, "y1", TOP, "x2", x, "y2", BOTTOM);
            svg.text("text", across.label(tick), "x", x, "y", BOTTOM + 20, "text-anchor", "middle");
        }
        svg.element("line", "class", "axis", "x1", LEFT, "y1", BOTTOM, "x2", RIGHT, "y2", BOTTOM);
        svg.element("line", "class", "axis", "x1", LEFT, "y1", TOP, "x2", LEFT, "y2", BOTTOM);
        svg.text(
                "text",
                "interactivity, tokens/s for each user: 1 / p50 tpot",
                "class",
                "muted",
                "x",
                RIGHT,
                "y",
                BOTTOM + 40,
                "text-anchor",
                "end");
    }

    private String labelled() {
        List<Load> loads = curves.stream()
                .flatMap(curve -> curve.trials().stream())
                .map(trial -> trial.header().load())
                .toList();
        boolean closed = loads.stream().allMatch(Load.Closed.class::isInstance);
        boolean open = loads.stream().allMatch(Load.Open.class::isInstance);
        boolean bars = curves.stream()
                .flatMap(curve -> curve.trials().stream())
                .anyMatch(trial -> trial.intervals().isPresent());
        return "labels: "
                + (closed ? "concurrency" : open ? "requests/s offered" : "concurrency, or requests/s offered")
                + (bars ? "; bars: 95 % intervals" : "");
    }
}
