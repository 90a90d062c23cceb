package io.inferometer.report.chart;

import io.inferometer.report.Flag;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.compare.Curve;
import io.inferometer.report.text.Format;
import io.inferometer.report.text.Paragraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws curves: interactivity to the right, throughput upwards, a point for each load; beneath them what each is, and
 * what to read them with. Legible on light and on dark ground, without a script.
 */
final class CurveChart {
    private static final String TITLE = "Output throughput against interactivity";
    private static final double LEFT = Plot.LEFT;
    private static final double LINE_HEIGHT = 18;
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
            .bar { stroke-width: 1; opacity: 0.7; }
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

    CurveChart(Comparison comparison) {
        curves = comparison.curves();
        notes = comparison.differences();
    }

    /** The drawing. */
    String svg() {
        List<String> noteLines = noteLines();
        double legend = Plot.BOTTOM + 66;
        double noteTop = legend + 2 * LINE_HEIGHT * curves.size() + 8;
        double height = noteTop + LINE_HEIGHT * noteLines.size() + 12;
        Plot plot = new Plot(curves);
        CurveMarks marks = new CurveMarks(plot);
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                Plot.WIDTH,
                "height",
                height,
                "viewBox",
                "0 0 " + Svg.number(Plot.WIDTH) + " " + Svg.number(height),
                "role",
                "img");
        svg.text("title", TITLE);
        svg.open("style").raw(STYLE).close("style");
        svg.element("rect", "class", "ground", "width", Plot.WIDTH, "height", height);
        svg.text("text", TITLE, "class", "title", "x", LEFT, "y", 30.0);
        plot.draw(svg);
        if (curves.isEmpty()) {
            svg.text("text", "No trial has output tokens and a tpot.", "x", LEFT + 20, "y", Plot.TOP + 40);
        }
        for (int i = 0; i < curves.size(); i++) {
            marks.line(svg, curves.get(i), i);
        }
        for (int i = 0; i < curves.size(); i++) {
            marks.points(svg, curves.get(i), i);
        }
        for (int i = 0; i < curves.size(); i++) {
            legend(svg, curves.get(i), i, legend + 2 * LINE_HEIGHT * i);
        }
        for (int i = 0; i < noteLines.size(); i++) {
            svg.text("text", noteLines.get(i), "class", "muted", "x", LEFT, "y", noteTop + LINE_HEIGHT * i);
        }
        return svg.close("svg").toString();
    }

    private static void legend(Svg svg, Curve curve, int number, double y) {
        CurveMarks.sample(svg, curve, number, y - 4);
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
