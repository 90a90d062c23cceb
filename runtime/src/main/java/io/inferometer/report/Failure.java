package io.inferometer.report;

import io.inferometer.record.Outcome;
import io.inferometer.report.text.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * What went wrong with some requests of an iteration, or of a trial, in the same way.
 *
 * @param outcome how they ended
 * @param status the response's status, 0 where none came
 * @param message what went wrong, on one line, with the endpoint's own message
 * @param requests how many
 */
public record Failure(Outcome outcome, int status, String message, long requests) {
    /**
     * {@return the lines that tell of the most frequent failures, and how many others there are}
     *
     * @param failures the most frequent first
     * @param most how many are told of by name
     */
    public static List<String> lines(List<Failure> failures, int most) {
        List<String> lines = new ArrayList<>();
        failures.stream().limit(most).forEach(failure -> lines.add(failure.line()));
        if (failures.size() > most) {
            lines.add("and " + Format.count(failures.size() - most, "other message"));
        }
        return lines;
    }

    private String line() {
        return Format.count(requests) + " x " + outcome.label() + ": " + message;
    }
}
