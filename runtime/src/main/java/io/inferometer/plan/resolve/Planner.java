package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Nearest;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.service.Providers;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.WorkloadBinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Resolves what a run does, before its first request: the command line over the environment over the annotations over
 * the defaults. Nothing below the plan looks at any of them again, but for the values of keys and of variables in
 * headers, which are read when the header is made.
 */
public final class Planner {
    private final Providers<WorkloadBinding<?>> workloads;
    private final UnaryOperator<String> environment;
    private final Clock clock;
    private final Predicate<Path> taken;

    /**
     * With everything that a plan depends on but the files that there are.
     *
     * @param workloads the workloads that there are
     * @param environment a variable's value by its name, null where it is unset
     * @param clock tells when the run starts, and in which zone its files' timestamps are
     */
    public Planner(Providers<WorkloadBinding<?>> workloads, UnaryOperator<String> environment, Clock clock) {
        this(workloads, environment, clock, Files::exists);
    }

    /** @param taken whether a file is another run's, so that a timestamp that names it is too */
    public Planner(
            Providers<WorkloadBinding<?>> workloads,
            UnaryOperator<String> environment,
            Clock clock,
            Predicate<Path> taken) {
        this.workloads = workloads;
        this.environment = environment;
        this.clock = clock;
        this.taken = taken;
    }

    /**
     * The plan of a run.
     *
     * @throws UsageException where it can't be done as asked
     */
    public Plan plan(Options options) {
        Plan plan = unchecked(options);
        check(plan);
        return plan;
    }

    /** Settings of which a run has one: one that stands above the others of its set takes the place of all of them. */
    public static List<Set<Setting>> alternatives() {
        return List.of(
                Set.of(EndpointResolution.ENDPOINT),
                Set.of(LoadResolution.LOAD_OR_STAGES),
                IterationsResolution.Phase.MEASUREMENT.extents(),
                IterationsResolution.Phase.WARMUP.extents());
    }

    /**
     * Makes sure that a plan can tell what is required of it.
     *
     * @throws UsageException if it can't
     */
    public static void check(Plan plan) {
        RequirementsCheck.check(plan);
    }

    /**
     * A plan of which it is not looked at yet whether it can tell what is required of it: a part of another plan.
     *
     * @throws UsageException where it can't be done as asked
     */
    public Plan unchecked(Options options) {
        Instant startedAt = clock.instant();
        List<WorkloadBinding<?>> selected =
                new WorkloadSelection(workloads).select(options.workloads(), options.excludes());
        checkParams(options, selected);
        List<WorkloadPlan> workloads = selected.stream()
                .map(binding -> new WorkloadPlan(binding, options, environment, startedAt))
                .toList();
        List<Trial> trials = new ArrayList<>();
        workloads.forEach(workload -> trials.addAll(workload.trials(trials.size())));
        RunResolution run = new RunResolution(
                workloads.stream().map(WorkloadPlan::layers).toList(),
                trials.stream().map(Trial::endpoint).distinct().toList());
        return new Plan(
                startedAt,
                trials,
                files(options, startedAt, workloads, run),
                run.client(),
                run.course(),
                run.judgement(),
                run.console(),
                workloads.stream()
                        .flatMap(workload -> workload.notes().stream())
                        .distinct()
                        .toList(),
                settings(options, workloads));
    }

    private static List<SettingSource> settings(Options options, List<WorkloadPlan> workloads) {
        Map<String, List<SettingSource>> declared = new LinkedHashMap<>();
        workloads.forEach(workload -> declared.put(workload.name(), workload.settings()));
        return Stream.concat(SettingSource.given(options).stream(), SettingSource.together(declared).stream())
                .toList();
    }

    /** What is written, by a timestamp that no other run's files have. */
    private Plan.Files files(Options options, Instant startedAt, List<WorkloadPlan> workloads, RunResolution run) {
        List<Layers> layers = workloads.stream().map(WorkloadPlan::layers).toList();
        for (int turn = 1; ; turn++) {
            ResultResolution named = new ResultResolution(options, startedAt.atZone(clock.getZone()), turn);
            List<Plan.ResultFile> results = workloads.stream()
                    .flatMap(workload -> workload.results(named).stream())
                    .distinct()
                    .toList();
            checkDistinct(results);
            Optional<Path> journal = named.journal(results, layers);
            if (Stream.concat(results.stream().map(Plan.ResultFile::path), journal.stream())
                    .filter(named::names)
                    .noneMatch(taken)) {
                return new Plan.Files(
                        results, journal, named.earlier(), run.any(Setting.FORCE), run.any(Setting.SAVE_DETAILED));
            }
        }
    }

    /**
     * The workloads whose names match, in the order of their names; all of them where there are no patterns.
     *
     * @throws UsageException where a pattern matches none
     */
    public static List<WorkloadBinding<?>> find(Providers<WorkloadBinding<?>> workloads, List<String> regexes) {
        return new WorkloadSelection(workloads).find(regexes);
    }

    /**
     * The result files that options name by themselves, for a report of a run that has been.
     *
     * @throws UsageException where they can't be
     */
    public static List<Plan.ResultFile> results(Options options, Clock clock) {
        List<Plan.ResultFile> results =
                new ResultResolution(options, clock.instant().atZone(clock.getZone()), 1).ofOptions();
        checkDistinct(results);
        return results;
    }

    /**
     * The objective that options name by themselves, for a report of a run that has been.
     *
     * @throws UsageException where it is none
     */
    public static Optional<Objective> objective(Options options) {
        return given(options, Setting.SLO).map(Given::objective);
    }

    /**
     * The percentiles that options name by themselves, for a report of a run that has been.
     *
     * @throws UsageException where they are none
     */
    public static Optional<List<Double>> percentiles(Options options) {
        return given(options, Setting.PERCENTILES).map(Given::percentiles);
    }

    /**
     * What options by themselves say of what is told while a run goes on, or a report of one is made.
     *
     * @throws UsageException where they say what can't be
     */
    public static Plan.Console console(Options options) {
        return RunResolution.console(setting -> given(options, setting));
    }

    /**
     * The time that a text says, above 0.
     *
     * @param option what gives it
     * @throws UsageException where it says none
     */
    public static Duration time(String option, String text) {
        return new Given(Setting.TIMEOUT, text, Layer.OPTION, option + ' ' + Given.oneLine(text)).time();
    }

    /**
     * The share that a text says, {@code 99%}.
     *
     * @param option what gives it
     * @throws UsageException where it says none
     */
    public static double share(String option, String text) {
        return new Given(Setting.MAX_FAILURES, text, Layer.OPTION, option + ' ' + Given.oneLine(text)).share();
    }

    private static Optional<Given> given(Options options, Setting setting) {
        return options.text(setting).map(text -> Given.option(setting, text));
    }

    private static void checkParams(Options options, List<WorkloadBinding<?>> selected) {
        List<String> known = selected.stream()
                .flatMap(binding -> binding.descriptor().params().stream())
                .map(ParamSpec::name)
                .distinct()
                .toList();
        for (String name : options.params().keySet()) {
            if (!known.contains(name)) {
                String there = known.isEmpty() ? "it has none" : "there are: " + String.join(", ", known);
                String nearest = Nearest.to(name, known)
                        .map(meant -> " (did you mean " + meant + "?)")
                        .orElse("");
                throw new UsageException("-p " + Given.oneLine(name) + ": "
                        + selected.get(0).descriptor().name() + " has no such parameter" + nearest + "; " + there);
            }
        }
    }

    private static void checkDistinct(List<Plan.ResultFile> results) {
        List<Plan.ResultFile> seen = new ArrayList<>();
        for (Plan.ResultFile file : results) {
            if (seen.stream().anyMatch(other -> other.path().equals(file.path()))) {
                throw new UsageException(
                        "-rff " + file.path() + " is there twice; each format needs a file of its own");
            }
            seen.add(file);
        }
    }
}
