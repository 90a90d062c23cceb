package io.inferometer.harness.search;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.judge.search.SearchRule;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.report.search.SearchAim;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.service.Providers;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.WorkloadBinding;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Resolves what a search does, before anything is sent, as {@link Planner} resolves a run. */
public final class SearchPlanner {
    /** What holds one trial alone has no place for a search. */
    private static final Set<ResultFormat> FORMATS = Collections.unmodifiableSet(EnumSet.of(
            ResultFormat.JSON,
            ResultFormat.CSV,
            ResultFormat.REQUESTS,
            ResultFormat.SVG,
            ResultFormat.HTML,
            ResultFormat.JUNIT,
            ResultFormat.MARKDOWN));

    private static final Set<Setting> NOT_OF_A_SEARCH = EnumSet.of(
            Setting.ALL_AT_ONCE,
            Setting.USERS,
            Setting.SPAWN_RATE,
            Setting.RAMP_UP_STRATEGY,
            Setting.RAMP_UP_START_RPS,
            Setting.RAMP_UP_END_RPS,
            Setting.ITERATIONS,
            Setting.UNTIL,
            Setting.AT_MOST,
            Setting.REQUESTS,
            Setting.REQUESTS_PER_SLOT,
            Setting.WARMUP_ITERATIONS,
            Setting.WARMUP_REQUESTS,
            Setting.WARMUP_REQUESTS_PER_SLOT,
            Setting.SAME_PROMPTS,
            Setting.MAX_FAILURES,
            Setting.REQUIRE);

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Providers<WorkloadBinding<?>> workloads;
    private final UnaryOperator<String> environment;
    private final Clock clock;

    /**
     * @param workloads the workloads that there are
     * @param environment a variable's value by its name, null where it is unset
     * @param clock tells when the search starts, and in which zone its files' timestamps are
     */
    public SearchPlanner(Providers<WorkloadBinding<?>> workloads, UnaryOperator<String> environment, Clock clock) {
        this.workloads = workloads;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * {@return the plan of a search}
     *
     * @param asked the range, the objective and the options of its probes
     * @throws UsageException where it can't be done as asked
     */
    public SearchPlan plan(SearchOptions asked) {
        Options given = asked.options();
        given.settings().keySet().forEach(SearchPlanner::refuse);
        Duration window = time(given, Setting.TIME).orElse(WINDOW);
        Duration lead = time(given, Setting.WARMUP_TIME).orElse(window);
        Plan plan = new Planner(workloads, environment, clock)
                .unchecked(first(asked, window, lead))
                .asked(given);
        Trial trial = one(plan);
        SearchAsked search = new SearchAsked(
                asked.axis(),
                new SearchRule(
                        asked.from(), asked.to(), asked.axis() == SearchAsked.Axis.CONCURRENCY, asked.tolerance()),
                aim(asked, trial),
                window,
                lead);
        SearchPlan probes = new SearchPlan(plan, search);
        Trial first = probes.next(new SearchReport(search, List.of(), Optional.empty()))
                .orElseThrow();
        double mayFail = asked.most().isPresent() ? 1 : 1 - asked.attainment();
        return new SearchPlan(plan.searching(first, results(plan, given), mayFail), search);
    }

    private static SearchAim aim(SearchOptions asked, Trial trial) {
        if (asked.most().isEmpty()) {
            Objective objective = trial.figures()
                    .objective()
                    .orElseThrow(() -> new UsageException("a search needs limits that requests must meet: give --slo"
                            + " ttft=200,tpot=20, or --max outputTokensPerSecond"));
            return new SearchAim.Limits(objective, asked.attainment());
        }
        if (asked.options().text(Setting.SLO).isPresent()) {
            throw new UsageException("a search is for one thing: the highest load under --slo, or the knee of --max");
        }
        return new SearchAim.Most(asked.most().get());
    }

    private static void refuse(Setting setting) {
        if (NOT_OF_A_SEARCH.contains(setting)) {
            throw new UsageException(
                    Options.name(setting) + " is not of a search: each load that is tried takes as long as"
                            + " it takes to tell, windows of -r after a lead of -w, and a failed request is one that missed its"
                            + " limits");
        }
        if (EnumSet.of(
                        Setting.FORKS,
                        Setting.MEMBERS,
                        Setting.ON_LOST_AGENT,
                        Setting.JVM,
                        Setting.JVM_ARGS,
                        Setting.AGENTS)
                .contains(setting)) {
            throw new UsageException(
                    Options.name(setting) + " is not of a search, which runs in this JVM; measure what it"
                            + " has found with run -f 5 --rate N");
        }
    }

    /** What the workload's annotations and variables say of extents and forks is of its runs. */
    private static Options first(SearchOptions asked, Duration window, Duration lead) {
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        settings.putAll(asked.options().settings());
        if (asked.axis() == SearchAsked.Axis.RATE) {
            settings.put(Setting.RATE, List.of(Double.toString(asked.from())));
        } else {
            settings.put(Setting.CONCURRENCY, List.of(Long.toString((long) asked.to())));
        }
        settings.put(Setting.ITERATIONS, List.of("1"));
        settings.put(Setting.TIME, List.of(window.plus(lead).toMillis() + "ms"));
        settings.put(Setting.WARMUP_ITERATIONS, List.of("0"));
        settings.remove(Setting.WARMUP_TIME);
        settings.put(Setting.FORKS, List.of("0"));
        settings.put(Setting.MEMBERS, List.of("1"));
        return new Options(
                asked.options().workloads(),
                asked.options().excludes(),
                settings,
                asked.options().params(),
                asked.options().resume(),
                asked.options().variables());
    }

    private static Trial one(Plan plan) {
        Trial trial = plan.trials().get(0);
        if (plan.trials().size() > 1) {
            throw new UsageException("a search is of one workload and one value of each parameter, and there are "
                    + plan.trials().size() + " trials: give one of each");
        }
        if (trial.schedule().sessions().isPresent()) {
            throw new UsageException(
                    trial.binding().descriptor().name()
                            + " has sessions, and a search is of requests that stand alone: sweep it with run --concurrency 1,2,4,8");
        }
        Load load = trial.schedule().load();
        if (load instanceof Load.Replay
                || load instanceof Load.Open open && open.ramp().isPresent()) {
            throw new UsageException(trial.binding().descriptor().name() + " has a load of its own, "
                    + (load instanceof Load.Replay ? "times that come with its requests" : "a rate that rises")
                    + ", which can't be searched");
        }
        return trial;
    }

    private static Optional<Duration> time(Options options, Setting setting) {
        return options.text(setting).map(text -> Planner.time(Options.name(setting), text));
    }

    /** {@return those that have a place for a search} */
    public static Set<ResultFormat> formats() {
        return FORMATS;
    }

    /** A format that is asked for and has no place for a search is refused; a workload's own is left out. */
    private static List<Plan.ResultFile> results(Plan plan, Options given) {
        List<Plan.ResultFile> other = plan.files().results().stream()
                .filter(file -> !FORMATS.contains(file.format()))
                .toList();
        if (!other.isEmpty() && given.text(Setting.RESULT_FORMAT).isPresent()) {
            throw new UsageException(
                    "-rf "
                            + other.get(0).format().name().toLowerCase(Locale.ROOT)
                            + " holds runs, and no search: give json, requests, csv, svg, html, junit or markdown, and run what it has found");
        }
        return plan.files().results().stream()
                .filter(file -> FORMATS.contains(file.format()))
                .toList();
    }
}
