package io.inferometer.report.compare;

import io.inferometer.report.Flag;
import io.inferometer.report.TrialReport;
import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Finds why curves that are shown together may not be compared, or only with care. */
final class Differences {
    private final List<Curve> curves;

    Differences(List<Curve> curves) {
        this.curves = curves;
    }

    /** What is not alike; of a single curve, what its points should be read with. */
    List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        models(flags);
        some(flags, "simulated", curve -> curve.header().simulated(), "these are figures of a model, not of a machine");
        lengths(flags, "prompts", Curve::promptTokens);
        lengths(flags, "answers", Curve::answerTokens);
        failures(flags);
        wholeRuns(flags);
        some(
                flags,
                "definitions",
                curve -> curve.header().imported(),
                "these were measured by another tool: its clock starts earlier, and an event without text counts as its"
                        + " first token");
        gpus(flags);
        return flags;
    }

    private void models(List<Flag> flags) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        curves.forEach(curve -> names.computeIfAbsent(curve.header().model(), model -> new ArrayList<>())
                .add(curve.name()));
        if (names.size() > 1) {
            flags.add(new Flag(
                    "models",
                    names.entrySet().stream()
                            .map(entry -> (entry.getKey().isEmpty() ? "none" : entry.getKey()) + " in "
                                    + String.join(", ", entry.getValue()))
                            .collect(Collectors.joining("; "))));
        }
    }

    /** Names the curves of which something is true, unless they are all of several. */
    private void some(List<Flag> flags, String name, Predicate<Curve> trait, String meaning) {
        List<String> having = curves.stream().filter(trait).map(Curve::name).toList();
        if (!having.isEmpty()) {
            String which = having.size() == curves.size() ? "" : String.join(", ", having) + ": ";
            flags.add(new Flag(name, which + meaning));
        }
    }

    private void lengths(List<Flag> flags, String what, ToDoubleFunction<TrialReport> length) {
        DoubleSummaryStatistics all = curves.stream()
                .flatMap(curve -> curve.trials().stream())
                .mapToDouble(length)
                .summaryStatistics();
        if (all.getMax() > all.getMin() * (1 + Curve.LENGTHS_ALIKE)) {
            flags.add(new Flag(
                    what,
                    "mean length in tokens: "
                            + curves.stream()
                                    .map(curve -> Curve.tokens(curve.range(length)) + " in " + curve.name())
                                    .collect(Collectors.joining("; "))));
        }
    }

    private void failures(List<Flag> flags) {
        List<String> parts = new ArrayList<>();
        for (Curve curve : curves) {
            List<String> points = curve.trials().stream()
                    .filter(Curve::failed)
                    .map(trial -> Format.percent(1 - Curve.success(trial)) + " at " + Curve.load(trial))
                    .toList();
            if (!points.isEmpty()) {
                parts.add((curves.size() == 1 ? "" : curve.name() + ": ") + String.join(", ", points));
            }
        }
        if (!parts.isEmpty()) {
            flags.add(new Flag("failures", String.join("; ", parts) + ": failed requests give the others room"));
        }
    }

    private void wholeRuns(List<Flag> flags) {
        List<String> parts = new ArrayList<>();
        for (Curve curve : curves) {
            String points = curve.trials().stream()
                    .filter(trial -> !Curve.steady(trial))
                    .map(Curve::load)
                    .collect(Collectors.joining(", "));
            if (!points.isEmpty()) {
                parts.add((curves.size() == 1 ? "" : curve.name() + ": ") + points);
            }
        }
        if (!parts.isEmpty()) {
            flags.add(new Flag(
                    "whole-run",
                    "in parentheses at " + String.join("; ", parts)
                            + ": the load had no steady time, and throughput is that of the whole run, ramp-up and drain"
                            + " included"));
        }
    }

    private void gpus(List<Flag> flags) {
        List<String> unknown = curves.stream()
                .filter(curve -> !curve.gpusKnown())
                .map(Curve::name)
                .toList();
        if (!unknown.isEmpty() && unknown.size() < curves.size()) {
            flags.add(new Flag(
                    "gpus", "not known of " + String.join(", ", unknown) + ": the drawing shows whole endpoints"));
        }
    }
}
