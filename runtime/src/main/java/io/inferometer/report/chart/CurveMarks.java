package io.inferometer.report.chart;

import io.inferometer.report.TrialReport;
import io.inferometer.report.compare.Curve;
import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines and points of curves, each in a color and with a mark of its own. A line is dashed where the endpoint is
 * simulated, a point hollow where its figures are to be read with care.
 */
final class CurveMarks {
    private static final double MARK = 4.5;
    private static final int COLORS = 6;

    private final Plot plot;
    private final PointLabels labels = new PointLabels(Plot.LEFT, Plot.TOP, Plot.RIGHT, Plot.BOTTOM);

    CurveMarks(Plot plot) {
        this.plot = plot;
    }

    /** Draws the line of a curve, if it has one. */
    void line(Svg svg, Curve curve, int number) {
        if (curve.trials().size() < 2) {
            return;
        }
        StringBuilder points = new StringBuilder();
        for (TrialReport trial : curve.trials()) {
            points.append(points.isEmpty() ? "" : " ")
                    .append(Svg.number(plot.x(trial)))
                    .append(',')
                    .append(Svg.number(plot.y(trial)));
        }
        stroke(svg, "polyline", curve, number, "points", points.toString());
    }

    /** Draws its points, with their labels. */
    void points(Svg svg, Curve curve, int number) {
        for (TrialReport trial : curve.trials()) {
            labels.avoid(plot.x(trial), plot.y(trial), MARK);
        }
        for (TrialReport trial : curve.trials()) {
            double x = plot.x(trial);
            double y = plot.y(trial);
            List<String> marks = new ArrayList<>(curve.marks(trial));
            boolean hollow = !marks.isEmpty();
            if (!Curve.steady(trial)) {
                marks.add("whole run");
            }
            bars(svg, trial, number, x, y);
            svg.open("g").text("title", tooltip(curve, trial));
            mark(svg, number, hollow, x, y);
            svg.close("g");
            String label = Curve.load(trial) + (marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")");
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

    /** How far a point would be from here in another run: a bar along each axis. */
    private void bars(Svg svg, TrialReport trial, int number, double x, double y) {
        String kind = "bar c" + number % COLORS;
        plot.upward(trial)
                .ifPresent(of -> svg.element("line", "class", kind, "x1", x, "y1", of.from(), "x2", x, "y2", of.to()));
        plot.across(trial)
                .ifPresent(of -> svg.element("line", "class", kind, "x1", of.from(), "y1", y, "x2", of.to(), "y2", y));
    }

    private String tooltip(Curve curve, TrialReport trial) {
        return curve.name() + ", " + Format.load(trial.header().load()) + ": "
                + Format.brief(Curve.interactivity(trial)) + " tokens/s for each user, "
                + Format.brief(plot.throughput(trial)) + " " + plot.unit();
    }

    /** Draws a line and a mark like those of a curve, to tell whose they are. */
    static void sample(Svg svg, Curve curve, int number, double y) {
        stroke(svg, "line", curve, number, "x1", Plot.LEFT, "y1", y, "x2", Plot.LEFT + 44, "y2", y);
        mark(
                svg,
                number,
                curve.trials().stream().noneMatch(trial -> curve.marks(trial).isEmpty()),
                Plot.LEFT + 22,
                y);
    }

    private static void stroke(Svg svg, String element, Curve curve, int number, Object... attributes) {
        List<Object> all = new ArrayList<>(List.of("class", "line c" + number % COLORS));
        if (curve.header().simulated()) {
            all.addAll(List.of("stroke-dasharray", "7 4"));
        }
        all.addAll(List.of(attributes));
        svg.element(element, all.toArray());
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
}
