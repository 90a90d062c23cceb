package io.inferometer.report.compare;

import io.inferometer.judge.Comparing;
import io.inferometer.judge.Contrast;
import io.inferometer.judge.Figure;
import io.inferometer.judge.Finding;
import io.inferometer.judge.Gate;
import io.inferometer.report.gate.Sheet;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Judges one side beside another by gates: all figures of all trials together.
 *
 * @param gates what is judged
 * @param named whether the user named them: one that can't be judged is then an error, else it is left out
 * @param equivalent whether B must be no better either
 * @param paired whether each fork of B ran beside the one of A that has its place
 */
public record Gates(List<Gate> gates, boolean named, boolean equivalent, boolean paired) {
    private static final List<String> COLUMNS =
            List.of("Figure", "A", "B", "Units", "difference", "95 % interval", "margin", "forks", "Verdict");

    public Gates {
        gates = List.copyOf(gates);
    }

    /** Why there are too few forks to judge by, on one line; empty where there are enough. */
    public static Optional<String> tooFew(Side a, Side b) {
        for (Side side : List.of(a, b)) {
            for (int trial = 0; trial < side.trials(); trial++) {
                int forks = side.forks(trial).size();
                if (forks < Contrast.FEWEST_FORKS) {
                    return Optional.of((side == a ? "A" : "B") + " has " + Format.count(forks, "whole fork") + ", and "
                            + Contrast.FEWEST_FORKS + " are the least that can be judged: run it with -f 5, or give"
                            + " several runs of it with commas between");
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What comes of them.
     *
     * @param about what the sides are
     * @param notes what else a reader should know
     * @throws IllegalArgumentException if one that is named can't be judged
     */
    public Sheet judge(Side a, Side b, List<String> about, List<String> notes) {
        List<String> all = new ArrayList<>(notes);
        List<String> names = new ArrayList<>();
        List<Gate.Measured> measured = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        TrialNames trials = TrialNames.of(a.runs().get(0).header());
        for (int trial = 0; trial < a.trials(); trial++) {
            String label = trials.label(a.trial(trial).get(0).header());
            for (Gate gate : gates) {
                String name = gate.figure() + (label.isEmpty() ? "" : " (" + label + ")");
                List<List<Summary>> ofA = paired ? a.forksBeside(b, trial) : a.forks(trial);
                List<List<Summary>> ofB = paired ? b.forksBeside(a, trial) : b.forks(trial);
                Optional<String> lacking = gate.lacking(ofA, ofB);
                if (lacking.isPresent() && named) {
                    throw new IllegalArgumentException(name + ": " + lacking.get());
                }
                lacking.ifPresent(reason -> all.add(name + " is left out: " + reason));
                if (lacking.isEmpty()) {
                    names.add(name);
                    measured.add(paired ? gate.ofPairs(ofA, ofB) : gate.of(ofA, ofB));
                    indices.add(trial);
                }
            }
        }
        return new Sheet(Sheet.Subject.BESIDE, about, COLUMNS, rows(names, indices, measured), all);
    }

    /** What nothing is judged of. */
    Sheet none(List<String> about, String reason) {
        return new Sheet(Sheet.Subject.BESIDE, about, COLUMNS, List.of(), List.of(reason));
    }

    private List<Sheet.Row> rows(List<String> names, List<Integer> trials, List<Gate.Measured> measured) {
        List<Finding> findings =
                Comparing.judge(measured.stream().map(Gate.Measured::compared).toList());
        List<Sheet.Row> rows = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Finding finding = findings.get(i);
            rows.add(new Sheet.Row(
                    names.get(i),
                    result(finding),
                    cells(names.get(i), measured.get(i), finding),
                    values(trials.get(i), measured.get(i), finding)));
        }
        return rows;
    }

    private Sheet.Result result(Finding finding) {
        if (finding instanceof Finding.Worse) {
            return Sheet.Result.FAIL;
        }
        if (finding instanceof Finding.Unclear) {
            return Sheet.Result.UNCLEAR;
        }
        if (!equivalent || finding instanceof Finding.Same) {
            return Sheet.Result.PASS;
        }
        return finding instanceof Finding.Better ? Sheet.Result.FAIL : Sheet.Result.UNCLEAR;
    }

    private static List<String> cells(String name, Gate.Measured measured, Finding finding) {
        Figure.Unit unit = measured.gate().figure().unit();
        String points = unit.share() ? " points" : " %";
        return List.of(
                name,
                number(measured.a(), unit),
                number(measured.b(), unit),
                switch (unit) {
                    case MILLIS -> "ms";
                    case PER_SECOND -> "1/s";
                    case GOOD_SHARE, BAD_SHARE -> "%";
                },
                signed(measured.difference()) + points,
                signed(measured.low()) + " to " + signed(measured.high()),
                Format.plain(Math.rint(measured.gate().margin() * 1e6) / 1e4) + points,
                finding instanceof Finding.Unclear unclear ? forks(unclear.forks()) : Format.ABSENT,
                finding.word());
    }

    private static Map<String, Object> values(int trial, Gate.Measured measured, Finding finding) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pair", trial);
        values.put("figure", measured.gate().figure().name());
        values.put("a", measured.a());
        values.put("b", measured.b());
        values.put("difference", measured.difference());
        values.put("low", measured.low());
        values.put("high", measured.high());
        values.put("margin", measured.gate().margin());
        values.put("finding", finding.word());
        if (finding instanceof Finding.Unclear unclear) {
            values.put("forksToTell", unclear.forks());
        }
        return values;
    }

    private static String forks(int number) {
        return number == Contrast.MOST_FORKS ? Format.count(number) + "+" : Format.count(number);
    }

    private static String number(double value, Figure.Unit unit) {
        return Format.brief(unit.share() ? value * 100 : value);
    }

    private static String signed(double share) {
        double percent = share * 100;
        return String.format(Locale.ROOT, "%+.1f", Math.abs(percent) < 0.05 ? 0 : percent);
    }
}
