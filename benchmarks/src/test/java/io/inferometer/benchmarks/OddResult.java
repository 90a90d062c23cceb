package io.inferometer.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What came of a command line, to be held against what is right.
 *
 * @param status the exit status
 * @param console all that was told
 * @param result the native result; missing where none was written
 */
record OddResult(int status, String console, JsonNode result) {
    private static final int OK = 0;
    private static final int FAILURES = 3;
    private static final String TIME = "ms is out of ";
    /** How the prompt of the pre-flight begins. */
    private static final String PRE_FLIGHT = "Before a measurement";

    /** Whether a fault may be the machine's. */
    static boolean ofTime(String fault) {
        return fault.contains(TIME);
    }

    /** The same, but for a name that would be taken for a word of ours. */
    OddResult without(String name) {
        return new OddResult(status, console.replace(name, "…"), result);
    }

    /** What is not as it should be. */
    List<String> faults(JsonNode expected, List<String> prompts) {
        List<String> faults = new ArrayList<>();
        texts(expected, faults);
        outcomes(expected, faults);
        for (String metric : List.of("ttft", "tpot", "itl", "e2el")) {
            if (expected.has(metric + "_ms")) {
                time(metric, expected.path(metric + "_ms"), faults);
            }
        }
        for (String side : List.of("output", "input")) {
            if (expected.has(side + "_tokens")) {
                tokens(side, expected.path(side + "_tokens").asDouble(), faults);
            }
        }
        if (expected.has("prompts")) {
            prompts(expected.path("prompts"), prompts, faults);
        }
        if (expected.has("any")) {
            List<String> each = new ArrayList<>();
            for (JsonNode one : expected.path("any")) {
                List<String> these = faults(one, prompts);
                if (these.isEmpty()) {
                    return faults;
                }
                each.add(String.join(", ", these));
            }
            faults.add(String.join(" OR ", each));
        }
        return faults;
    }

    private void texts(JsonNode expected, List<String> faults) {
        String told = (console + " " + trial().path("failures") + trial().path("flags") + result.path("flags"))
                .replace("\\\"", "\"")
                .replaceAll("\\s+", " ");
        for (String key : List.of("message_contains", "warning_contains")) {
            expected.path(key).forEach(regex -> {
                if (!found(regex, told)) {
                    faults.add("lacks " + regex);
                }
            });
        }
        for (String key : List.of("message_lacks", "warning_lacks")) {
            expected.path(key).forEach(regex -> {
                if (found(regex, told)) {
                    faults.add("has " + regex);
                }
            });
        }
    }

    private static boolean found(JsonNode regex, String text) {
        return Pattern.compile(regex.asText(), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    private JsonNode trial() {
        return result.path("trials").path(0);
    }

    private void outcomes(JsonNode expected, List<String> faults) {
        Map<String, Long> counts = counts(trial().at("/summary/requests/outcomes"));
        counts.values().removeIf(count -> count == 0);
        String found = counts + " with exit " + status;
        if (expected.has("outcome")
                && !allEnded(Set.of(expected.path("outcome").asText().split("\\|")), counts)) {
            faults.add("ended as " + found + ", not " + expected.path("outcome"));
        }
        if (expected.has("outcomes")) {
            Map<String, Long> wanted = counts(expected.path("outcomes"));
            if (status != FAILURES || !counts.equals(wanted)) {
                faults.add("ended as " + found + ", not " + wanted);
            }
        }
        if (expected.has("exit") && status != expected.path("exit").asInt()) {
            faults.add("exit " + status + ", not " + expected.path("exit"));
        }
    }

    private static Map<String, Long> counts(JsonNode node) {
        Map<String, Long> counts = new TreeMap<>();
        node.properties()
                .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
        return counts;
    }

    /** Whether each request ended in one of these ways; a pre-flight that ended the run leaves none. */
    private boolean allEnded(Set<String> outcomes, Map<String, Long> counts) {
        boolean well = counts.keySet().equals(Set.of("success"));
        return status == (well ? OK : FAILURES)
                && (counts.isEmpty() ? outcomes.contains("preflight") : outcomes.containsAll(counts.keySet()));
    }

    private void time(String metric, JsonNode bounds, List<String> faults) {
        JsonNode median = trial().at("/summary/metrics/" + metric + "Ms/p50");
        if (bounds.isNull()) {
            if (median.isNumber()) {
                faults.add(metric + " should be absent, and is " + median);
            }
        } else if (!median.isNumber()) {
            faults.add(metric + " is absent");
        } else if (median.asDouble() < bounds.path(0).asDouble()
                || median.asDouble() > bounds.path(1).asDouble()) {
            faults.add(metric + " of " + median + " " + TIME + bounds);
        }
    }

    private void tokens(String side, double wanted, List<String> faults) {
        JsonNode summary = trial().path("summary");
        double mean = summary.at("/tokens/" + side).asDouble()
                / summary.at("/requests/succeeded").asDouble();
        if (mean != wanted) {
            faults.add(mean + " " + side + " tokens, not " + wanted);
        }
    }

    private static void prompts(JsonNode expected, List<String> prompts, List<String> faults) {
        List<String> wanted = new ArrayList<>();
        expected.forEach(prompt -> wanted.add(prompt.asText()));
        List<String> sent = new ArrayList<>(prompts);
        sent.removeIf(prompt -> prompt.startsWith(PRE_FLIGHT));
        wanted.sort(null);
        sent.sort(null);
        if (!sent.equals(wanted)) {
            faults.add("sent " + sent);
        }
    }
}
