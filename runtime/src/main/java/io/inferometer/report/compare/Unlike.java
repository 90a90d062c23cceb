package io.inferometer.report.compare;

import io.inferometer.plan.UsageException;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Extent;
import io.inferometer.workload.binding.Iterations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** Why one side can't be judged beside another: what would be in the difference besides what is asked about. */
public final class Unlike {
    /** Shares of failures of runs that are alike differ by no more than a point. */
    private static final double FAILURES_ALIKE = 0.01;

    private static final Map<String, BiFunction<RunReport, TrialHeader, String>> FIELDS = fields();

    /** What may be allowed to be unlike. */
    public static final List<String> NAMES = names();

    private Unlike() {}

    /**
     * Something that is not alike.
     *
     * @param field its name, for who allows it
     * @param text what it is, in a few words
     */
    public record Difference(String field, String text) {}

    private static Map<String, BiFunction<RunReport, TrialHeader, String>> fields() {
        Map<String, BiFunction<RunReport, TrialHeader, String>> fields = new LinkedHashMap<>();
        fields.put("workload", (run, trial) -> trial.imported() ? "" : trial.workload());
        fields.put("params", (run, trial) -> trial.params().toString());
        fields.put("model", (run, trial) -> trial.model());
        fields.put(
                "protocol",
                (run, trial) -> trial.endpoint()
                        .protocol()
                        .map(protocol -> protocol.toString().toLowerCase(Locale.ROOT))
                        .orElse("not told"));
        fields.put("load", (run, trial) -> Format.load(trial.load()));
        fields.put("extent", (run, trial) -> trial.imported() ? "" : extent(trial));
        fields.put("transport", (run, trial) -> run.header().client(trial).transport());
        fields.put("jdk", (run, trial) -> Integer.toString(run.header().runner().jdkFeature()));
        fields.put("definitions", (run, trial) -> trial.imported() ? "another tool's" : "ours");
        return fields;
    }

    /** How long an iteration is: ramp-up and drain are another part of a longer one, and its tail is of more requests. */
    private static String extent(TrialHeader trial) {
        Iterations measured = trial.schedule().measurement();
        if (measured.extent() instanceof Extent.Time time) {
            return "iterations of " + Format.setting(time.duration());
        }
        if (measured.extent() instanceof Extent.Sessions sessions) {
            return "iterations of " + Format.count(sessions.count(), "session");
        }
        OptionalLong requests = trial.requests(measured);
        return requests.isEmpty()
                ? "iterations of a request for each prompt"
                : "iterations of " + Format.count(requests.getAsLong() / measured.count(), "request");
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(FIELDS.keySet());
        names.addAll(List.of("lengths", "failures", "suspect", "overloaded", "incomplete"));
        return List.copyOf(names);
    }

    /** @throws UsageException if one is not among the {@link #NAMES} */
    public static void check(List<String> allowed) {
        for (String field : allowed) {
            if (!NAMES.contains(field)) {
                throw new UsageException("--allow-unlike " + field + " is none of " + String.join(", ", NAMES));
            }
        }
    }

    /** What is not alike, or not fit to be judged, in two sides that have as many trials. */
    public static List<Difference> of(Side a, Side b) {
        Map<String, Difference> found = new LinkedHashMap<>();
        for (int trial = 0; trial < a.trials(); trial++) {
            differences(a, b, trial).forEach(difference -> found.putIfAbsent(difference.field(), difference));
        }
        return List.copyOf(found.values());
    }

    /** Why two sides have no trials to be set beside each other; empty where they have. */
    public static Optional<String> trials(Side a, Side b) {
        for (Side side : List.of(a, b)) {
            for (RunReport run : side.runs()) {
                if (run.trials().size() != a.trials()) {
                    return Optional.of(
                            "A has " + Format.count(a.trials(), "trial") + ", and a run of " + (side == a ? "A" : "B")
                                    + " " + Format.count(run.trials().size()));
                }
            }
        }
        return a.trials() == 0 ? Optional.of("nothing was measured") : Optional.empty();
    }

    /** What is not fit to be judged in two sides of one run: what was asked of them may differ, what came of it not. */
    static List<Difference> unfit(Side a, Side b) {
        Map<String, Difference> found = new LinkedHashMap<>();
        for (int trial = 0; trial < a.trials(); trial++) {
            outcomes(a, b, trial).forEach(difference -> found.putIfAbsent(difference.field(), difference));
        }
        return List.copyOf(found.values());
    }

    private static List<Difference> differences(Side a, Side b, int index) {
        List<Difference> differences = new ArrayList<>();
        RunReport first = a.runs().get(0);
        FIELDS.forEach((name, value) -> {
            String expected = value.apply(first, a.trial(index).get(0).header());
            for (Side side : List.of(a, b)) {
                for (RunReport run : side.runs()) {
                    String other = value.apply(run, run.trials().get(index).header());
                    if (!other.equals(expected)) {
                        differences.add(new Difference(name, told(expected) + " and " + told(other)));
                        return;
                    }
                }
            }
        });
        differences.addAll(outcomes(a, b, index));
        return differences;
    }

    private static List<Difference> outcomes(Side a, Side b, int index) {
        List<Difference> differences = new ArrayList<>();
        lengths("prompts", a, b, index, Curve::promptTokens).ifPresent(differences::add);
        lengths("answers", a, b, index, Curve::answerTokens).ifPresent(differences::add);
        if (Math.abs(a.failures(index) - b.failures(index)) > FAILURES_ALIKE) {
            differences.add(new Difference(
                    "failures",
                    Format.percent(a.failures(index)) + " of requests failed in A and "
                            + Format.percent(b.failures(index)) + " in B"));
        }
        for (Side side : List.of(a, b)) {
            String name = side == a ? "A" : "B";
            if (side.suspect(index)) {
                differences.add(new Difference("suspect", "the client is suspect in most forks of " + name));
            }
            if (side.overloaded(index)) {
                differences.add(new Difference("overloaded", name + " was offered more than it served"));
            }
            if (side.runs().stream().anyMatch(run -> !run.complete())) {
                differences.add(new Difference("incomplete", "a run of " + name + " did not come to its end"));
            }
        }
        return differences;
    }

    /** Answers of other lengths are no others in speed: a mean length that is more than a tenth greater. */
    private static Optional<Difference> lengths(
            String what, Side a, Side b, int index, ToDoubleFunction<TrialReport> length) {
        double ofA = mean(a, index, length);
        double ofB = mean(b, index, length);
        return Math.max(ofA, ofB) > Math.min(ofA, ofB) * (1 + Curve.LENGTHS_ALIKE)
                ? Optional.of(new Difference(
                        "lengths",
                        what + " of " + Format.brief(ofA) + " tokens on average in A and " + Format.brief(ofB)
                                + " in B"))
                : Optional.empty();
    }

    private static double mean(Side side, int index, ToDoubleFunction<TrialReport> length) {
        return side.trial(index).stream().mapToDouble(length).average().orElse(Double.NaN);
    }

    private static String told(String value) {
        return value.isEmpty() ? "not told" : value;
    }
}
