package io.inferometer.report.console;

import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The lines at the top of a run and of a trial that make a pasted log self-explaining. */
public final class HeaderLines {
    /** From this JDK on, java.net.http is as lean as it gets. */
    private static final int LEAN_JDK = 25;

    private HeaderLines() {}

    public static List<String> of(RunHeader header) {
        List<String> lines = new ArrayList<>();
        lines.add("Inferometer " + header.version());
        lines.add("JDK " + header.jdk());
        if (header.jdkFeature() < LEAN_JDK && header.transport().equals("jdk")) {
            lines.add("JDK " + LEAN_JDK
                    + " takes 1.3 to 1.5 times less CPU per event than 17, and is steadier: consider it");
        }
        lines.add(header.os() + ", " + Format.count(header.cpus(), "CPU"));
        lines.add("Started: " + header.startedAt().truncatedTo(ChronoUnit.SECONDS));
        lines.add("Client: "
                + (header.clientWarmup()
                        ? "warmed up against a metronome before the first request"
                        : "not warmed up: its first requests are slower than its later ones"));
        calibration(header).ifPresent(lines::add);
        if (!header.transport().isEmpty()) {
            lines.add("Transport: " + header.transport() + (header.insecure() ? ", certificates not verified" : ""));
        }
        if (!header.pause().isZero() && header.trials().size() > 1) {
            lines.add("Pause: " + Format.setting(header.pause()) + " between trials");
        }
        if (!header.journal().isEmpty()) {
            lines.add("Journal: " + header.journal());
        }
        return lines;
    }

    private static Optional<String> calibration(RunHeader header) {
        if (header.trials().stream().allMatch(TrialHeader::simulated)) {
            return Optional.empty();
        }
        return switch (header.calibrate()) {
            case "after" ->
                Optional.of("Client overhead: measured after each trial, by a replay here of a few seconds");
            case "before" ->
                Optional.of("Client overhead: measured before each trial, by a replay here of a few seconds");
            case "off" -> Optional.of("Client overhead: not measured, as --calibrate off says");
            default -> Optional.empty();
        };
    }

    public static List<String> of(TrialHeader trial) {
        List<String> lines = new ArrayList<>();
        lines.add("Workload: " + trial.workload()
                + (trial.description().isEmpty() ? "" : " (" + trial.description() + ")"));
        lines.add("Endpoint: " + endpoint(trial));
        if (trial.gpus() > 0) {
            lines.add("GPUs: " + trial.gpus());
        }
        lines.add("Model: " + (trial.model().isEmpty() ? "none" : trial.model())
                + (trial.tokenizer().isEmpty() ? "" : ", tokenizer " + trial.tokenizer()));
        lines.add("Load: " + Format.load(trial.load()));
        lines.add("Warmup: " + iterations(trial, trial.warmup()));
        lines.add("Measurement: " + iterations(trial, trial.measurement()));
        if (trial.forks().count() > 0) {
            lines.add("Forks: " + forks(trial.forks()));
        }
        lines.add("Timeout: " + Format.setting(trial.timeout()) + " per request");
        trial.objective().ifPresent(objective -> lines.add("Objective: " + objective(objective)));
        trial.streaming().ifPresent(on -> lines.add("Streaming: " + (on ? "on" : "off") + " for all requests"));
        if (!trial.extraBody().isEmpty()) {
            lines.add("Extra body: " + trial.extraBody());
        }
        if (!trial.headerNames().isEmpty()) {
            lines.add("Extra headers: " + String.join(", ", trial.headerNames()));
        }
        if (!trial.params().isEmpty()) {
            lines.add("Parameters: "
                    + trial.params().entrySet().stream()
                            .map(param -> param.getKey() + " = " + param.getValue())
                            .collect(Collectors.joining(", ")));
        }
        lines.add("Seed: " + trial.seed());
        if (trial.samePrompts()) {
            lines.add("Prompts: the same in all trials and forks");
        }
        return lines;
    }

    private static String forks(Forks forks) {
        String jvm = forks.jvm().isEmpty() && forks.jvmArgs().isEmpty()
                ? ""
                : ": " + (forks.jvm().isEmpty() ? "java" : forks.jvm())
                        + forks.jvmArgs().stream().map(option -> " " + option).collect(Collectors.joining());
        return Format.count(forks.count()) + ", each in a JVM of its own" + jvm;
    }

    private static String endpoint(TrialHeader trial) {
        if (trial.simulated()) {
            return trial.endpoint() + " (simulated)";
        }
        if (trial.apiKeyEnv().isEmpty()) {
            return trial.endpoint();
        }
        return trial.endpoint()
                + (trial.apiKeySet()
                        ? ", key from " + trial.apiKeyEnv()
                        : ", no key (" + trial.apiKeyEnv() + " is not set)");
    }

    private static String iterations(TrialHeader trial, Iterations iterations) {
        if (iterations.count() == 0) {
            return "none";
        }
        return Format.count(iterations.count(), "iteration") + ", " + extent(trial, iterations)
                + (iterations.count() == 1 ? "" : " each");
    }

    private static String extent(TrialHeader trial, Iterations iterations) {
        Extent extent = iterations.extent();
        if (extent instanceof Extent.Time time) {
            return Format.setting(time.duration());
        }
        OptionalLong all = trial.requests(iterations);
        if (all.isEmpty()) {
            return "a request for each prompt";
        }
        return Format.count(all.getAsLong() / iterations.count(), "request")
                + (extent instanceof Extent.RequestsPerSlot perSlot ? " (" + perSlot.count() + " per slot)" : "");
    }

    /** {@code ttft <= 200 ms, tpot <= 20 ms}. */
    static String objective(Objective objective) {
        List<String> limits = new ArrayList<>();
        limit("ttft", objective.ttftMillis(), limits);
        limit("tpot", objective.tpotMillis(), limits);
        limit("e2el", objective.e2elMillis(), limits);
        return String.join(", ", limits);
    }

    private static void limit(String name, double millis, List<String> limits) {
        if (millis > 0) {
            limits.add(name + " <= " + Format.plain(millis) + " ms");
        }
    }
}
