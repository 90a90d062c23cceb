package io.inferometer.benchmarks.overhead;

import io.inferometer.judge.Comparing;
import io.inferometer.judge.Contrast;
import io.inferometer.judge.Finding;
import io.inferometer.report.text.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The transports judged as the subcommand {@code ab} judges any two sides: {@code nio} beside {@code jdk}, by the pairs of
 * forks that ran beside each other, so that what drifts on the machine falls on both.
 */
final class Beside {
    /** So far apart figures have to be before it counts. */
    private static final double MARGIN = 0.10;

    private static final String A = "jdk";
    private static final String B = "nio";
    private static final double PERCENT = 100;

    private Beside() {}

    /**
     * A figure of both.
     *
     * @param row the figure
     * @param contrast of logarithms; positive is worse
     * @param finding what was found of it, of all figures together
     */
    record Judged(Row row, Contrast contrast, Finding finding) {
        /** How much more or less B takes than A, 0.1 for a tenth more. */
        double difference() {
            return ofLogarithm(contrast.difference());
        }

        /** The ends of its 95 % interval, the lower one first. */
        double[] interval() {
            double one = ofLogarithm(contrast.difference() - contrast.halfWidth());
            double other = ofLogarithm(contrast.difference() + contrast.halfWidth());
            return new double[] {Math.min(one, other), Math.max(one, other)};
        }

        private double ofLogarithm(double value) {
            return Math.exp(row.sense() == Row.Sense.MORE ? -value : value) - 1;
        }
    }

    /** All figures of which there are enough pairs; those of a part in which a request failed are left out. */
    static List<Judged> judge(List<Row> rows) {
        List<Row> figures = new ArrayList<>();
        List<Comparing.Compared> compared = new ArrayList<>();
        for (Row row : rows) {
            double[][] pairs = pairs(row);
            if (pairs[0].length >= Contrast.FEWEST_FORKS) {
                figures.add(row);
                compared.add(new Comparing.Compared(Contrast.paired(pairs[0], pairs[1]), Math.log(1 + MARGIN)));
            }
        }
        List<Finding> findings = Comparing.judge(compared);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            judged.add(new Judged(figures.get(i), compared.get(i).contrast(), findings.get(i)));
        }
        return judged;
    }

    /** The logarithms of both, turned so that more is worse; empty where they can't be judged. */
    private static double[][] pairs(Row row) {
        Map<Integer, Double> a = row.values().getOrDefault(A, Map.of());
        Map<Integer, Double> b = row.values().getOrDefault(B, Map.of());
        boolean fit = (row.sense() == Row.Sense.LESS || row.sense() == Row.Sense.MORE)
                && !row.spoiled().contains(A)
                && !row.spoiled().contains(B);
        int sign = row.sense() == Row.Sense.MORE ? -1 : 1;
        int[] forks = new TreeSet<>(a.keySet())
                .stream()
                        .filter(fork -> fit && a.get(fork) > 0 && b.getOrDefault(fork, 0.0) > 0)
                        .mapToInt(fork -> fork)
                        .toArray();
        double[][] pairs = new double[2][forks.length];
        for (int i = 0; i < forks.length; i++) {
            pairs[0][i] = sign * Math.log(a.get(forks[i]));
            pairs[1][i] = sign * Math.log(b.get(forks[i]));
        }
        return pairs;
    }

    /** The table in aligned columns, with what it is; empty without a figure. */
    static List<String> lines(List<Row> rows) {
        List<Judged> judged = judge(rows);
        if (judged.isEmpty()) {
            return List.of();
        }
        Table table = new Table()
                .left("nio beside jdk")
                .right("pairs")
                .right("difference")
                .right("95 % interval")
                .left("verdict");
        for (Judged one : judged) {
            double[] interval = one.interval();
            table.row(List.of(
                    one.row().part() + ": " + one.row().label(),
                    Long.toString(Math.round(one.contrast().forks())),
                    signed(one.difference()) + " %",
                    signed(interval[0]) + " to " + signed(interval[1]),
                    word(one.finding())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(
                "Judged as ab judges: by pairs of forks that ran beside each other, all figures together, by a margin of "
                        + Math.round(MARGIN * PERCENT) + " %.");
        return lines;
    }

    private static String word(Finding finding) {
        return finding instanceof Finding.Unclear unclear
                ? "can't tell; it would take "
                        + (unclear.forks() < Contrast.MOST_FORKS ? unclear.forks() : "more than " + Contrast.MOST_FORKS)
                        + " forks"
                : finding.word();
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f", share * PERCENT);
    }

    /** For a result file: a map for each figure. */
    static List<Map<String, Object>> told(List<Row> rows) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Judged one : judge(rows)) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("part", one.row().part());
            told.put("figure", one.row().label());
            told.put("pairs", Math.round(one.contrast().forks()));
            told.put("difference", one.difference());
            told.put("low", one.interval()[0]);
            told.put("high", one.interval()[1]);
            told.put("margin", MARGIN);
            told.put("finding", one.finding().word());
            all.add(told);
        }
        return all;
    }
}
