package io.inferometer.report.header;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.report.text.Format;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two runs did the same, so that their requests may be taken together. What a header says is looked at as a
 * whole, but for what does not change what is measured: a thing that headers come to say is looked at by itself.
 */
public final class Likeness {
    /** Of a run: who ran it, where and when, and how it was to be judged. */
    private static final Set<String> CIRCUMSTANCES = Set.of(
            "version",
            "jdk",
            "os",
            "cpus",
            "members",
            "startedAt",
            "clock",
            "maxFailures",
            "required",
            "beside",
            "pauseMs",
            "journal",
            "notes",
            "settings",
            "simulated",
            "calibrate");

    /** Of a trial: its words, and which part of it this is. */
    private static final Set<String> FREE =
            Set.of("index", "fork", "description", "apiKeyEnv", "apiKeySet", "client.calibrate");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Likeness() {}

    /**
     * {@return what keeps runs from being taken for one, in a few words: {@code trial 2: load.concurrency is 4 and 8}} Empty
     * where nothing does. Machines, days and seeds may differ; the JDK's feature number may not, as the client is then
     * another.
     *
     * @param one of the run that is looked at first
     * @param other of the other run
     */
    public static Optional<String> difference(RunHeader one, RunHeader other) {
        return difference(one, other, false);
    }

    /**
     * {@return what keeps a plan from being the one of an earlier run; its seeds and forks must be the same too}
     *
     * @param one of the earlier run
     * @param other of the plan
     */
    public static Optional<String> differenceOfPlan(RunHeader one, RunHeader other) {
        return difference(one, other, true);
    }

    private static Optional<String> difference(RunHeader one, RunHeader other, boolean samePlan) {
        int trials = one.trials().size();
        if (trials != other.trials().size()) {
            return Optional.of("one has " + Format.count(trials, "trial") + ", the other "
                    + Format.count(other.trials().size()));
        }
        Set<String> circumstances = new LinkedHashSet<>(CIRCUMSTANCES);
        if (!samePlan) {
            circumstances.add("percentiles");
        }
        Optional<String> run = difference("", HeaderJson.run(one), HeaderJson.run(other), circumstances);
        for (int i = 0; run.isEmpty() && i < trials; i++) {
            Set<String> free = new LinkedHashSet<>(FREE);
            if (!samePlan) {
                free.addAll(Set.of("seed", "forks.count"));
            }
            String number = trials == 1 ? "" : "trial " + (i + 1) + ": ";
            run = difference(
                            "",
                            HeaderJson.trial(one.trials().get(i)),
                            HeaderJson.trial(other.trials().get(i)),
                            free)
                    .map(difference -> number + difference);
        }
        return run;
    }

    private static Optional<String> difference(String path, JsonNode one, JsonNode other, Set<String> free) {
        if (!one.isObject() || !other.isObject()) {
            return one.equals(other)
                    ? Optional.empty()
                    : Optional.of(path + " is " + text(one) + " and " + text(other));
        }
        Set<String> names = new LinkedHashSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(name -> !free.contains(below(path, name)))
                .map(name -> difference(below(path, name), node(one, name), node(other, name), free))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static JsonNode node(JsonNode object, String name) {
        return object.has(name) ? object.get(name) : MAPPER.nullNode();
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "not set" : value.isValueNode() ? value.asText() : value.toString();
    }
}
