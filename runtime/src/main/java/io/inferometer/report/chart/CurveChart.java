package io.inferometer.report.chart;

import io.inferometer.report.Flag;
import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.compare.Curve;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Paragraph;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Draws curves: interactivity to the right, throughput upwards, a point for each load. A line is dashed where the
 * endpoint is simulated, a point hollow where requests failed. Legible on light and on dark ground, without a script.
 */
final class CurveChart {
    private static final double WIDTH = 880;
    private static final double LEFT = 84;
    private static final double RIGHT = 36;
    private static final double TOP = 72;
    private static final double PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final double PLOT_HEIGHT = 400;
    private static final double BOTTOM = TOP + PLOT_HEIGHT;
    private static final double LINE_HEIGHT = 18;
    private static final double MARK = 4.5;
    private static final int COLORS = 6;
    private static final int LINE_CHARACTERS = 108;

    private static final String STYLE = """
            text { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; fill: #1f2328; }
            .title { font-size: 16px; font-weight: 600; }
            .name { font-weight: 600; }
            .muted { fill: #59636e; }
            .ground { fill: #ffffff; }
            .grid { stroke: #d8dee4; }
            .axis { stroke: #59636e; }
            .line { fill: none; stroke-width: 2; }
            .mark { stroke-width: 2; }
            .hollow { fill: #ffffff; }
            .label { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; }
            .c0 { stroke: #0b62c4; } .f0 { fill: #0b62c4; }
            .c1 { stroke: #c2410c; } .f1 { fill: #c2410c; }
            .c2 { stroke: #0f766e; } .f2 { fill: #0f766e; }
            .c3 { stroke: #a21caf; } .f3 { fill: #a21caf; }
            .c4 { stroke: #8a6100; } .f4 { fill: #8a6100; }
            .c5 { stroke: #475569; } .f5 { fill: #475569; }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc; }
              .muted { fill: #9198a1; }
              .ground, .hollow { fill: #0d1117; }
              .grid { stroke: #2d333b; }
              .axis { stroke: #9198a1; }
              .label { stroke: #0d1117; }
              .c0 { stroke: #60a5fa; } .f0 { fill: #60a5fa; }
              .c1 { stroke: #fb923c; } .f1 { fill: #fb923c; }
              .c2 { stroke: #2dd4bf; } .f2 { fill: #2dd4bf; }
              .c3 { stroke: #e879f9; } .f3 { fill: #e879f9; }
              .c4 { stroke: #facc15; } .f4 { fill: #facc15; }
              .c5 { stroke: #94a3b8; } .f5 { fill: #94a3b8; }
            }
            """;

    private final List<Curve> curves;
    private final List<Flag> notes;
    private final boolean perGpu;
    private final Axis across;
    private final Axis upward;
    private final PointLabels labels = new PointLabels(LEFT, TOP, LEFT + PLOT_WIDTH, BOTTOM);

    CurveChart(Comparison comparison) {
        curves = comparison.curves();
        notes = comparison.differences();
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

    private double throughput(TrialReport trial) {
        return perGpu ? Curve.outputPerGpu(trial) : Curve.outputPerSecond(trial);
    }

    /** The drawing. */
    String svg() {
        List<String> noteLines = noteLines();
        double legend = BOTTOM + 66;
        double noteTop = legend + 2 * LINE_HEIGHT * curves.size() + 8;
        double height = noteTop + LINE_HEIGHT * noteLines.size() + 12;
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                WIDTH,
                "height",
                height,
                "viewBox",
                "0 0 " + Svg.number(WIDTH) + " " + Svg.number(height),
                "role",
                "img");
        svg.text("title", "Output throughput against interactivity");
        svg.open("style").raw(STYLE).close("style");
        svg.element("rect", "class", "ground", "width", WIDTH, "height", height);
        axes(svg);
        if (curves.isEmpty()) {
            svg.text("text", "No trial has output tokens and a tpot.", "x", LEFT + 20, "y", TOP + 40);
        }
        for (int i = 0; i < curves.size(); i++) {
            line(svg, curves.get(i), i);
        }
        for (int i = 0; i < curves.size(); i++) {
            points(svg, curves.get(i), i);
        }
        for (int i = 0; i < curves.size(); i++) {
            legend(svg, curves.get(i), i, legend + 2 * LINE_HEIGHT * i);
        }
        for (int i = 0; i < noteLines.size(); i++) {
            svg.text("text", noteLines.get(i), "class", "muted", "x", LEFT, "y", noteTop + LINE_HEIGHT * i);
        }
        return svg.close("svg").toString();
    }

    private void axes(Svg svg) {
        svg.text("text", "Output throughput against interactivity", "class", "title", "x", LEFT, "y", 30.0);
        svg.text(
                "text",
                perGpu ? "output tokens/s per GPU" : "output tokens/s",
                "class",
                "muted",
                "x",
                LEFT,
                "y",
                TOP - 16);
        svg.text("text", labelled(), "class", "muted", "x", LEFT + PLOT_WIDTH, "y", TOP - 16, "text-anchor", "end");
        for (double tick : upward.ticks()) {
            double y = y(tick);
            svg.element("line", "class", "grid", "x1", LEFT, "y1", y, "x2", LEFT + PLOT_WIDTH, "y2", y);
            svg.text("text", upward.label(tick), "x", LEFT - 10, "y", y + 4, "text-anchor", "end");
        }
        for (double tick : across.ticks()) {
            double x = x(tick);
            svg.element("line", "class", "grid", "x1", x, "y1", TOP, "x2", x, "y2", BOTTOM);
            svg.text("text", across.label(tick), "x", x, "y", BOTTOM + 20, "text-anchor", "middle");
        }
        svg.element("line", "class", "axis", "x1", LEFT, "y1", BOTTOM, "x2", LEFT + PLOT_WIDTH, "y2", BOTTOM);
        svg.element("line", "class", "axis", "x1", LEFT, "y1", TOP, "x2", LEFT, "y2", BOTTOM);
        svg.text(
                "text",
                "tokens/s for each user: 1 / mean tpot",
                "class",
                "muted",
                "x",
                LEFT + PLOT_WIDTH,
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
        return "labels: "
                + (closed ? "concurrency" : open ? "requests/s offered" : "concurrency, or requests/s offered");
    }

    private double x(double value) {
        return LEFT + across.share(value) * PLOT_WIDTH;
    }

    private double y(double value) {
        return BOTTOM - upward.share(value) * PLOT_HEIGHT;
    }

    private void line(Svg svg, Curve curve, int number) {
        if (curve.trials().size() < 2) {
            return;
        }
        StringBuilder points = new StringBuilder();
        for (TrialReport trial : curve.trials()) {
            points.append(points.isEmpty() ? "" : " ")
                    .append(Svg.number(x(Curve.interactivity(trial))))
                    .append(',')
                    .append(Svg.number(y(throughput(trial))));
        }
        stroke(svg, "polyline", curve, number, "points", points.toString());
    }

    private static void stroke(Svg svg, String element, Curve curve, int number, Object... attributes) {
        List<Object> all = new ArrayList<>(List.of("class", "line c" + number % COLORS));
        if (curve.header().simulated()) {
            all.addAll(List.of("stroke-dasharray", "7 4"));
        }
        all.addAll(List.of(attributes));
        svg.element(element, all.toArray());
    }

    private void points(Svg svg, Curve curve, int number) {
        for (TrialReport trial : curve.trials()) {
            labels.avoid(x(Curve.interactivity(trial)), y(throughput(trial)), MARK);
        }
        for (TrialReport trial : curve.trials()) {
            double x = x(Curve.interactivity(trial));
            double y = y(throughput(trial));
            boolean failed = Curve.failed(trial);
            svg.open("g").text("title", tooltip(curve, trial));
            mark(svg, number, failed, x, y);
            svg.close("g");
            String label =
                    Curve.load(trial) + (failed ? " (" + Format.percent(1 - Curve.success(trial)) + " failed)" : "");
            PointLabels.Place place = labels.place(x, y, label);
            svg.text(
                    "text",
                    label,
                    "class",
                    "label f" + number % COLORS,
                    "x",
                    place.x(),
                    "y",
                    place.y(),
                    "text-anchor",
                    place.anchor());
        }
    }

    private String tooltip(Curve curve, TrialReport trial) {
        return curve.name() + ", " + Format.load(trial.header().load()) + ": "
                + Format.brief(Curve.interactivity(trial)) + " tokens/s for each user, "
                + Format.brief(throughput(trial)) + (perGpu ? " output tokens/s per GPU" : " output tokens/s");
    }

    /** A mark whose shape and color are the curve's. */
    private static void mark(Svg svg, int number, boolean hollow, double x, double y) {
        int color = number % COLORS;
        String kind = "mark c" + color + (hollow ? " hollow" : " f" + color);
        switch ((number + number / COLORS) % 4) {
            case 0 -> svg.element("circle", "class", kind, "cx", x, "cy", y, "r", MARK);
            case 1 -> svg.element("rect", "class", kind, "x", x - 4, "y", y - 4, "width", 8.0, "height", 8.0);
            case 2 -> svg.element("path", "class", kind, "d", path(x, y, 0, -6, 5.5, 4, -5.5, 4));
            default -> svg.element("path", "class", kind, "d", path(x, y, 0, -6, 6, 0, 0, 6, -6, 0));
        }
    }

    private static String path(double x, double y, double... steps) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < steps.length; i += 2) {
            path.append(i == 0 ? "M" : " L")
                    .append(Svg.number(x + steps[i]))
                    .append(',')
                    .append(Svg.number(y + steps[i + 1]));
        }
        return path.append(" Z").toString();
    }

    private void legend(Svg svg, Curve curve, int number, double y) {
        stroke(svg, "line", curve, number, "x1", LEFT, "y1", y - 4, "x2", LEFT + 44, "y2", y - 4);
        mark(svg, number, curve.trials().stream().allMatch(Curve::failed), LEFT + 22, y - 4);
        svg.text("text", curve.name(), "class", "name", "x", LEFT + 56, "y", y);
        svg.text("text", facts(curve), "class", "muted", "x", LEFT + 56, "y", y + LINE_HEIGHT - 2);
    }

    /** What has to be known of a curve to compare it. */
    private static String facts(Curve curve) {
        List<String> facts = new ArrayList<>();
        if (curve.header().simulated()) {
            facts.add("simulated");
        }
        if (!curve.header().model().isEmpty()) {
            facts.add(curve.header().model());
        }
        if (curve.gpusKnown()) {
            facts.add(Format.count(curve.header().figures().gpus(), "GPU"));
        }
        facts.add(Curve.tokens(curve.range(Curve::promptTokens)) + " tokens in");
        facts.add(Curve.tokens(curve.range(Curve::answerTokens)) + " out");
        double least = curve.range(Curve::success).getMin();
        facts.add(least == 1 ? "all requests succeeded" : "at worst " + Format.percent(1 - least) + " failed");
        String line = String.join(" · ", facts);
        return line.length() <= LINE_CHARACTERS ? line : line.substring(0, LINE_CHARACTERS - 1) + "…";
    }

    private List<String> noteLines() {
        List<String> lines = new ArrayList<>();
        if (!notes.isEmpty()) {
            lines.add(curves.size() > 1 ? "Not alike:" : "Mind:");
        }
        notes.forEach(note -> lines.addAll(Paragraph.lines("– ", note.name() + ": " + note.text(), LINE_CHARACTERS)));
        return lines;
    }
}
