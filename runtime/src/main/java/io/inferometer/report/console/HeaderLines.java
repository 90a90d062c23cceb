package io.inferometer.report.console;

import io.inferometer.annotations.Protocol;
import io.inferometer.judge.precision.Until;
import io.inferometer.plan.CacheMarker;
import io.inferometer.report.header.RunCrew;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Answers;
import io.inferometer.workload.Extent;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lines at the top of a run and of a trial that make a pasted log self-explaining. */
public final class HeaderLines {
    /** From this JDK on, java.net.http is as lean as it gets. */
    private static final int LEAN_JDK = 25;

    /** So many names of members are told; a result has all. */
    private static final int MOST_NAMES = 8;

    private HeaderLines() {}

    public static List<String> of(RunHeader header) {
        List<String> lines = new ArrayList<>();
        lines.add("Inferometer " + header.runner().version());
        lines.add("JDK " + header.runner().jdk());
        if (header.runner().jdkFeature() < LEAN_JDK
                && header.clients().stream()
                        .anyMatch(client -> client.transport().equals("jdk"))) {
            lines.add("JDK " + LEAN_JDK
                    + " takes 1.3 to 1.5 times less CPU per event than 17, and is steadier: consider it");
        }
        lines.add(header.runner().os() + ", " + Format.count(header.runner().cpus(), "CPU"));
        header.runner().crew().ifPresent(crew -> lines.add("Members: " + crew(crew)));
        lines.add("Started: " + header.startedAt().truncatedTo(ChronoUnit.SECONDS));
        lines.add("Client: "
                + each(
                        header,
                        client -> client.warmup()
                                ? "warmed up against a metronome before the first request"
                                : "not warmed up: its first requests are slower than its later ones"));
        if (!header.trials().stream().allMatch(TrialHeader::simulated)) {
            add("Client overhead: ", each(header, HeaderLines::calibration), lines);
        }
        add("Transport: ", each(header, HeaderLines::transport), lines);
        if (!header.pause().isZero() && header.trials().size() > 1) {
            lines.add("Pause: " + Format.setting(header.pause()) + " between trials");
        }
        if (!header.journal().isEmpty()) {
            lines.add("Journal: " + header.journal());
        }
        header.judged()
                .beside()
                .ifPresent(beside -> beside.differences().forEach(line -> lines.add("A and B differ in " + line)));
        header.notes().forEach(note -> lines.add("Note: " + note));
        return lines;
    }

    /** {@code 4 on one machine}, {@code 2: 10.0.0.2:7800, 10.0.0.3:7800}. */
    private static String crew(RunCrew crew) {
        if (crew.own().isPresent()) {
            return Format.count(crew.count()) + "; this is the journal of one, "
                    + crew.names().get(0);
        }
        if (crew.oneMachine()) {
            return Format.count(crew.count()) + " on one machine";
        }
        List<String> names = crew.names();
        int shown = names.size() > MOST_NAMES ? MOST_NAMES - 1 : names.size();
        return Format.count(crew.count())
                + (names.isEmpty() ? "" : ": " + String.join(", ", names.subList(0, shown)))
                + (shown == names.size() ? "" : " and " + Format.count(names.size() - shown) + " more");
    }

    private static void add(String name, String text, List<String> lines) {
        if (!text.isEmpty()) {
            lines.add(name + text);
        }
    }

    /** What is to be said of the client; of each side's where these differ. */
    private static String each(RunHeader header, Function<RunHeader.Client, String> what) {
        Map<String, List<String>> sides = new LinkedHashMap<>();
        header.trials()
                .forEach(trial -> sides.computeIfAbsent(what.apply(header.client(trial)), text -> new ArrayList<>())
                        .add(trial.side().map(side -> side.letter().name()).orElse("")));
        return sides.size() <= 1
                ? what.apply(header.clients().get(0))
                : sides.entrySet().stream()
                        .map(side -> (side.getKey().isEmpty() ? "none told" : side.getKey()) + " in "
                                + side.getValue().get(0))
                        .collect(Collectors.joining("; "));
    }

    private static String transport(RunHeader.Client client) {
        return client.transport()
                + (client.transportReason().isEmpty() ? "" : ": " + client.transportReason())
                + (client.insecure() ? ", certificates not verified" : "");
    }

    private static String calibration(RunHeader.Client client) {
        return switch (client.calibrate()) {
            case "after" -> "measured after each trial, by a replay here of a few seconds";
            case "before" -> "measured before each trial, by a replay here of a few seconds";
            case "off" -> "not measured, as --calibrate off says";
            default -> "";
        };
    }

    public static List<String> of(TrialHeader trial) {
        List<String> lines = new ArrayList<>();
        lines.add("Workload: " + trial.workload()
                + (trial.work().description().isEmpty()
                        ? ""
                        : " (" + trial.work().description() + ")"));
        lines.add("Endpoint: " + endpoint(trial));
        trial.endpoint()
                .protocol()
                .filter(protocol -> protocol != Protocol.CHAT)
                .ifPresent(protocol -> lines.add("Protocol: " + protocol.name().toLowerCase(Locale.ROOT)));
        if (trial.figures().gpus() > 0) {
            lines.add("GPUs: " + trial.figures().gpus());
        }
        lines.add("Model: " + (trial.model().isEmpty() ? "none" : trial.model())
                + (trial.figures().tokenizer().isEmpty()
                        ? ""
                        : ", tokenizer " + trial.figures().tokenizer()));
        lines.add("Load: " + Format.load(trial.load()));
        lines.add("Warmup: " + iterations(trial, trial.schedule().warmup()));
        lines.add("Measurement: " + iterations(trial, trial.schedule().measurement()));
        trial.schedule()
                .until()
                .ifPresent(until -> lines.add(
                        "Until: " + until(until) + (trial.forks().count() > 0 ? ", in each fork by itself" : "")));
        if (trial.forks().count() > 0) {
            lines.add("Forks: " + forks(trial.forks()));
        }
        lines.add("Timeout: " + Format.setting(trial.everyRequest().timeout()) + " per request");
        trial.figures().objective().ifPresent(objective -> lines.add("Objective: " + objective(objective)));
        trial.everyRequest()
                .streaming()
                .ifPresent(on -> lines.add("Streaming: " + (on ? "on" : "off") + " for all requests"));
        if (!trial.everyRequest().lengthField().isEmpty()) {
            lines.add("Length field: " + trial.everyRequest().lengthField());
        }
        if (!trial.everyRequest().extraBody().isEmpty()) {
            lines.add("Extra body: " + trial.everyRequest().extraBody());
        }
        if (!trial.everyRequest().headerNames().isEmpty()) {
            lines.add("Extra headers: " + String.join(", ", trial.everyRequest().headerNames()));
        }
        if (!trial.params().isEmpty()) {
            lines.add("Parameters: "
                    + trial.params().entrySet().stream()
                            .map(param -> param.getKey() + " = " + param.getValue())
                            .collect(Collectors.joining(", ")));
        }
        lines.add("Seed: " + trial.drawing().seed());
        if (trial.drawing().samePrompts()) {
            lines.add("Prompts: the same in all trials and forks");
        }
        marker(trial).ifPresent(lines::add);
        trial.drawing().files().timeUnit().ifPresent(unit -> lines.add("Times of files: in " + FileReading.word(unit)));
        if (trial.drawing().files().skipBadLines()) {
            lines.add("Lines of files that can't be read: passed over");
        }
        trial.drawing()
                .files()
                .answers()
                .ifPresent(answers -> lines.add("Answers in the history: "
                        + (answers == Answers.SERVER ? "the endpoint's own" : "those recorded")));
        if (trial.drawing().files().steadyStart()) {
            lines.add("Start: the first session of each slot in the middle of its recorded run");
        }
        return lines;
    }

    private static Optional<String> marker(TrialHeader trial) {
        CacheMarker marker = trial.drawing().marker();
        if (marker.on()) {
            return Optional.of("Cache marker: "
                    + (marker.scope() == CacheMarker.Scope.RUN ? "this run's" : "each trial's") + " own words begin "
                    + (marker.all() ? "all prompts that are texts" : "prompts that are made up to a length"));
        }
        return trial.load() instanceof Load.Replay
                ? Optional.of("Cache marker: none, prompts are sent as they were recorded")
                : Optional.empty();
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
            return trial.endpoint().url() + " (simulated)";
        }
        if (trial.endpoint().apiKeyEnv().isEmpty()) {
            return trial.endpoint().url();
        }
        return trial.endpoint().url()
                + (trial.endpoint().apiKeySet()
                        ? ", key from " + trial.endpoint().apiKeyEnv()
                        : ", no key (" + trial.endpoint().apiKeyEnv() + " is not set)");
    }

    private static String iterations(TrialHeader trial, Iterations iterations) {
        if (iterations.count() == 0) {
            return "none";
        }
        boolean least = trial.schedule().until().isPresent()
                && iterations.equals(trial.schedule().measurement());
        return (least ? "at least " : "") + Format.count(iterations.count(), "iteration") + ", "
                + extent(trial, iterations) + (iterations.count() == 1 && !least ? "" : " each");
    }

    /** {@code ttft.p99 +/- 5%, 10 min at most}. */
    private static String until(Until until) {
        return until.goals().stream()
                        .map(goal -> goal.figure() + " +/- " + goal.width())
                        .collect(Collectors.joining(", "))
                + ", " + Format.setting(until.atMost()) + " at most";
    }

    private static String extent(TrialHeader trial, Iterations iterations) {
        Extent extent = iterations.extent();
        if (extent instanceof Extent.Time time) {
            return Format.setting(time.duration());
        }
        if (extent instanceof Extent.Sessions sessions) {
            return Format.count(sessions.count(), "session");
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
