package io.inferometer.harness.batch;

import io.inferometer.annotations.Setting;
import io.inferometer.endpoint.batch.RequestsFile;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.record.journal.JournalReader;
import io.inferometer.report.output.JobResult;
import io.inferometer.service.Providers;
import io.inferometer.workload.Extent;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Resolves what a job does, before anything is sent, as {@link Planner} resolves a run. */
public final class JobPlanner {
    /** Settings that only a workload beside the job has a use for. */
    public static final Set<Setting> OF_BESIDE = EnumSet.of(
            Setting.CONCURRENCY,
            Setting.STAGGER,
            Setting.RATE,
            Setting.ALL_AT_ONCE,
            Setting.ARRIVALS,
            Setting.BURSTINESS,
            Setting.RAMP_UP_STRATEGY,
            Setting.RAMP_UP_START_RPS,
            Setting.RAMP_UP_END_RPS,
            Setting.STAGES,
            Setting.USERS,
            Setting.SPAWN_RATE,
            Setting.SPEED,
            Setting.MAX_IDLE,
            Setting.MAX_IN_FLIGHT,
            Setting.TRACEPARENT,
            Setting.TRANSPORT,
            Setting.RESOLVE,
            Setting.TIMEOUT,
            Setting.TOKENIZER,
            Setting.GPUS,
            Setting.SERVER_METRICS,
            Setting.NO_PREFLIGHT,
            Setting.ITERATIONS,
            Setting.UNTIL,
            Setting.AT_MOST,
            Setting.TIME,
            Setting.REQUESTS_PER_SLOT,
            Setting.SESSIONS,
            Setting.MAX_TURNS,
            Setting.ON_FAILED_TURN,
            Setting.WARMUP_ITERATIONS,
            Setting.WARMUP_TIME,
            Setting.WARMUP_REQUESTS,
            Setting.WARMUP_REQUESTS_PER_SLOT,
            Setting.WARMUP_SESSIONS,
            Setting.STREAMING,
            Setting.CALIBRATE,
            Setting.NO_CLIENT_WARMUP,
            Setting.SLO,
            Setting.STRICT);

    /** Settings that only the job itself has a use for. */
    public static final Set<Setting> OF_JOB =
            EnumSet.of(Setting.REQUESTS, Setting.RESULT_FORMAT, Setting.RESULT_FILE, Setting.JOURNAL);

    private final Providers<WorkloadBinding<?>> workloads;
    private final UnaryOperator<String> environment;
    private final Clock clock;

    /**
     * @param workloads the workloads that there are
     * @param environment a variable's value by its name, null where it is unset
     * @param clock tells when the job starts, and in which zone its files' timestamps are
     */
    public JobPlanner(Providers<WorkloadBinding<?>> workloads, UnaryOperator<String> environment, Clock clock) {
        this.workloads = workloads;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * {@return the plan of a job}
     *
     * @param asked what is to be done
     * @throws UsageException where it can't be done as asked
     */
    public JobPlan plan(JobOptions asked) {
        Optional<RequestsFile> file = asked.requestsFile().map(JobPlanner::read);
        checkSource(asked);
        Optional<WorkloadBinding<?>> beside =
                asked.beside().isEmpty() ? Optional.empty() : Optional.of(one(asked.beside(), "--beside"));
        if (beside.isEmpty()) {
            checkUseless(asked.options());
        }
        WorkloadBinding<?> binding = file.<WorkloadBinding<?>>map(FileBinding::new)
                .orElseGet(() -> one(String.join("|", asked.options().workloads()), "WORKLOAD"));
        checkParams(asked.options(), binding, beside);
        Plan plan = planned(binding, jobOptions(asked.options(), binding))
                .asked(of(binding, asked.options(), OF_BESIDE, ""));
        check(plan, file);
        return new JobPlan(
                plan,
                file,
                requests(asked.options(), plan.trials().get(0)),
                asked.completionWindow().strip(),
                asked.poll(),
                beside.flatMap(other -> beside(other, asked.options(), plan)),
                asked.cancelOnInterrupt());
    }

    private static RequestsFile read(Path path) {
        try {
            return RequestsFile.read(path);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        } catch (IOException e) {
            throw new UsageException("--requests-file " + path + " can't be read: " + e.getMessage());
        }
    }

    private static void checkSource(JobOptions asked) {
        boolean named = !asked.options().workloads().isEmpty();
        if (named == asked.requestsFile().isPresent()) {
            throw new UsageException(
                    named
                            ? "a job's requests are those of a WORKLOAD or of --requests-file, not of both"
                            : "a job needs requests: name a WORKLOAD, or give --requests-file FILE");
        }
        if (asked.requestsFile().isPresent()
                && asked.options().text(Setting.REQUESTS).isPresent()) {
            throw new UsageException("--requests is of a WORKLOAD: a job of --requests-file has all that the file has");
        }
    }

    private static void checkUseless(Options options) {
        for (Setting setting : options.settings().keySet()) {
            if (OF_BESIDE.contains(setting)) {
                throw new UsageException(Options.name(setting)
                        + " is of the workload of --beside, and there is none: the endpoint itself decides how it runs"
                        + " the job's requests");
            }
        }
    }

    private static void checkParams(Options options, WorkloadBinding<?> binding, Optional<WorkloadBinding<?>> beside) {
        Set<String> known = new LinkedHashSet<>(params(binding));
        beside.ifPresent(other -> known.addAll(params(other)));
        for (String name : options.params().keySet()) {
            if (!known.contains(name)) {
                throw new UsageException("-p " + name + ": there is no such parameter; there are: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
    }

    private static List<String> params(WorkloadBinding<?> binding) {
        return binding.descriptor().params().stream().map(ParamSpec::name).toList();
    }

    private WorkloadBinding<?> one(String regex, String what) {
        List<WorkloadBinding<?>> found = Planner.find(workloads, List.of(regex));
        if (found.size() > 1) {
            throw new UsageException(what + " " + regex + " names " + found.size() + " workloads, and one is wanted: "
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(binding -> binding.descriptor().name())
                                    .toList()));
        }
        return BareBinding.of(found.get(0));
    }

    private Plan planned(WorkloadBinding<?> binding, Options options) {
        Plan plan = new Planner(Providers.of(List.of(binding)), environment, clock).plan(options);
        if (plan.course().agents().isPresent()) {
            throw new UsageException("--agents is not of a job, which the endpoint itself runs");
        }
        for (Trial trial : plan.trials()) {
            if (trial.endpoint().simulated()) {
                throw new UsageException(trial.endpoint().url()
                        + " would end with this process, and a job is to outlive it: start one with java -jar JAR serve"
                        + " --port 8000 --profile '" + trial.endpoint().profile()
                        + "', and give --base-url http://127.0.0.1:8000");
            }
        }
        return plan;
    }

    /** The options of one of the two workloads: those without the other's, and the parameters that it has. */
    private static Options of(WorkloadBinding<?> binding, Options all, Set<Setting> others, String resume) {
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        all.settings().forEach((setting, texts) -> {
            if (!others.contains(setting)) {
                settings.put(setting, texts);
            }
        });
        Map<String, List<String>> params = new LinkedHashMap<>(all.params());
        params.keySet().retainAll(params(binding));
        String name = "^" + Pattern.quote(binding.descriptor().name()) + "$";
        return new Options(List.of(name), List.of(), settings, params, resume, all.variables());
    }

    private static Options jobOptions(Options all, WorkloadBinding<?> binding) {
        Options own = of(binding, all, OF_BESIDE, all.resume());
        // A job that is gone on with has to make the same requests again.
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        settings.putAll(own.settings());
        settings.putIfAbsent(Setting.CACHE_MARKER, List.of("none"));
        return new Options(own.workloads(), own.excludes(), settings, own.params(), own.resume(), own.variables());
    }

    private static void check(Plan plan, Optional<RequestsFile> file) {
        if (plan.trials().size() > 1) {
            throw new UsageException("a job is of one load and one value of each parameter, and there are "
                    + plan.trials().size() + " trials: give one of each");
        }
        if (plan.trials().get(0).schedule().sessions().isPresent()) {
            throw new UsageException(plan.trials().get(0).binding().descriptor().name()
                    + " has sessions, whose turns follow from answers, and a job is sent before there is any: take a"
                    + " workload with a @Request method");
        }
        for (Plan.ResultFile result : plan.files().results()) {
            JobResult.refusal(result.format()).ifPresent(reason -> {
                throw new UsageException(
                        reason + "; the report subcommand makes the others of the journal of the load beside it");
            });
        }
        String model = plan.trials().get(0).everyRequest().model();
        file.filter(known -> !known.file().model().equals(model)).ifPresent(known -> {
            throw new UsageException(
                    known.file().path() + " asks for the model " + known.file().model() + ", and --model is " + model);
        });
    }

    private static long requests(Options options, Trial trial) {
        Iterations measured = trial.schedule().measurement();
        if (options.text(Setting.REQUESTS).isPresent()) {
            return trial.schedule().requests(false).orElseThrow();
        }
        if (measured.extent() instanceof Extent.Time) {
            WorkloadDescriptor workload = trial.binding().descriptor();
            throw new UsageException(
                    workload.name() + " runs for a time, which is no number of requests: give --requests N");
        }
        return trial.schedule().requests(false).orElse(Long.MAX_VALUE / measured.count()) * measured.count();
    }

    /** Empty where it has all been measured before the job was gone on with. */
    private Optional<Plan> beside(WorkloadBinding<?> binding, Options all, Plan job) {
        Path journal = JobPlan.beside(job.files().journal().orElseThrow(), JobPlan.BESIDE);
        boolean goesOn = job.resumes() && Files.exists(journal);
        if (goesOn && complete(journal)) {
            return Optional.empty();
        }
        Options own = of(binding, all, OF_JOB, goesOn ? journal.toString() : "");
        if (!goesOn) {
            Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
            settings.putAll(own.settings());
            settings.put(Setting.JOURNAL, List.of(journal.toString()));
            own = new Options(own.workloads(), own.excludes(), settings, own.params(), "", own.variables());
        }
        return Optional.of(planned(binding, own).repeated(JobPlan.PHASE, JobPlan.PHASES));
    }

    private static boolean complete(Path journal) {
        try {
            return JournalReader.ending(journal).complete();
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
