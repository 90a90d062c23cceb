package io.inferometer.report.gate;

import io.inferometer.judge.Figure;
import io.inferometer.judge.Requirement;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges a run by what its figures have to be. */
public final class Requirements {
    private static final List<String> COLUMNS = List.of("Required", "measured", "95 % interval", "Units", "Verdict");

    private Requirements() {}

    /**
     * {@return what came of each in each trial of a run}
     *
     * @param run as it was measured
     * @param requirements what is asked of each trial
     */
    public static Sheet of(RunReport run, List<Requirement> requirements) {
        List<Sheet.Row> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        TrialNames names = TrialNames.of(run.header());
        for (TrialReport trial : run.trials()) {
            String label = names.label(trial.header());
            for (Requirement requirement : requirements) {
                String name = requirement + (label.isEmpty() ? "" : " (" + label + ")");
                Requirement.Answer answer = requirement.judge(trial.forks());
                if (!answer.reason().isEmpty()) {
                    notes.add(name + ": " + answer.reason());
                }
                rows.add(row(name, trial.header().index(), requirement, answer));
            }
        }
        return new Sheet(Sheet.Subject.REQUIRED, List.of(), COLUMNS, rows, notes);
    }

    private static Sheet.Row row(String name, int trial, Requirement requirement, Requirement.Answer answer) {
        Figure figure = requirement.figure();
        String interval = Double.isNaN(answer.low())
                ? Format.ABSENT
                : number(answer.low(), figure) + " to " + number(answer.high(), figure);
        Optional<Boolean> held = answer.held();
        return new Sheet.Row(
                name,
                held.map(met -> met ? Sheet.Result.PASS : Sheet.Result.FAIL).orElse(Sheet.Result.UNCLEAR),
                List.of(
                        name,
                        number(answer.center(), figure),
                        interval,
                        unit(figure),
                        held.map(met -> met ? "met" : "not met").orElse("can't tell")),
                values(trial, requirement, answer));
    }

    private static Map<String, Object> values(int trial, Requirement requirement, Requirement.Answer answer) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("trial", trial);
        values.put("figure", requirement.figure().name());
        values.put("atMost", requirement.atMost());
        values.put("limit", requirement.limit());
        values.put("measured", answer.center());
        values.put("low", answer.low());
        values.put("high", answer.high());
        return values;
    }

    static String unit(Figure figure) {
        return switch (figure.unit()) {
            case MILLIS -> "ms";
            case PER_SECOND -> "1/s";
            case GOOD_SHARE, BAD_SHARE -> "%";
        };
    }

    static String number(double value, Figure figure) {
        return Format.brief(figure.unit().share() ? value * 100 : value);
    }
}
