package io.inferometer.harness;

import io.inferometer.annotations.Protocol;
import io.inferometer.judge.precision.Until;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.KeyHeader;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A plan for tests: what a test does not set is as plain as it can be, and nothing is asked before the run. */
public final class APlan {
    private List<Trial> trials;
    private Optional<Path> journal;
    private Plan.Earlier earlier = Plan.Earlier.NONE;
    private boolean force;
    private boolean saveDetailed;
    private boolean clientWarmup;
    private Plan.Calibrate calibrate = Plan.Calibrate.OFF;
    private Plan.Transport transport = transport();
    private double maxFailures;
    private Duration pause = Duration.ZERO;
    private boolean failOnError;
    private Optional<Duration> runTime = Optional.empty();
    private Plan.Crew crew = Plan.Crew.ALONE;
    private Plan.Verbosity verbosity = Plan.Verbosity.NORMAL;
    private Optional<Plan.Live> live = Optional.empty();

    /** The one that runs have by default; the other by {@code -Djdk.argLine=-Dtransport=jdk}, for the suite over both. */
    private static Plan.Transport transport() {
        return new Plan.Transport(
                Plan.Transport.Kind.valueOf(
                        System.getProperty("transport", "nio").toUpperCase(Locale.ROOT)),
                "",
                false,
                Plan.Transport.Resolve.FIRST);
    }

    private APlan(List<Trial> trials, Optional<Path> journal) {
        this.trials = trials;
        this.journal = journal;
    }

    /** A plan of these trials. */
    public static APlan of(Path journal, ATrial... trials) {
        List<Trial> made = new ArrayList<>();
        for (ATrial trial : trials) {
            made.add(trial.trial(made.size()));
        }
        return new APlan(made, Optional.of(journal));
    }

    /** The plan of a test, for what is to be another way in it. */
    public static APlan like(Plan plan) {
        APlan copy = new APlan(plan.trials(), plan.files().journal());
        copy.earlier = plan.files().earlier();
        copy.force = plan.files().force();
        copy.saveDetailed = plan.files().saveDetailed();
        copy.clientWarmup = plan.client().warmup();
        copy.calibrate = plan.client().calibrate();
        copy.transport = plan.client().transport();
        copy.maxFailures = plan.judgement().maxFailures();
        copy.pause = plan.course().pause();
        copy.failOnError = plan.course().failOnError();
        copy.runTime = plan.course().runTime();
        copy.crew = plan.course().crew();
        copy.verbosity = plan.console().verbosity();
        copy.live = plan.console().live();
        return copy;
    }

    /** Its first trial, several times, one after the other. */
    public APlan trials(int times) {
        ATrial first = ATrial.like(trials.get(0));
        List<Trial> made = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            made.add(first.trial(i));
        }
        trials = made;
        return this;
    }

    /** So many forks of its first trial, which it has alone. */
    public APlan forks(int count) {
        trials = List.of(ATrial.like(trials.get(0)).forks(count).trial(0));
        return this;
    }

    /** It goes on with the run of its journal. */
    public APlan resumed() {
        earlier = new Plan.Earlier(journal, OptionalLong.empty());
        return this;
    }

    public APlan force(boolean files) {
        force = files;
        return this;
    }

    public APlan saveDetailed() {
        saveDetailed = true;
        return this;
    }

    public APlan clientWarmup() {
        clientWarmup = true;
        return this;
    }

    public APlan calibrate(Plan.Calibrate when) {
        calibrate = when;
        return this;
    }

    public APlan transport(Plan.Transport.Kind kind) {
        transport = new Plan.Transport(kind, "", false, Plan.Transport.Resolve.FIRST);
        return this;
    }

    public APlan maxFailures(double share) {
        maxFailures = share;
        return this;
    }

    public APlan pause(Duration time) {
        pause = time;
        return this;
    }

    public APlan failOnError() {
        failOnError = true;
        return this;
    }

    /** So many members. */
    public APlan members(int count) {
        crew = new Plan.Crew(count, Plan.OnLost.END);
        return this;
    }

    public APlan runTime(Duration time) {
        runTime = Optional.of(time);
        return this;
    }

    public APlan silent() {
        verbosity = Plan.Verbosity.SILENT;
        return this;
    }

    public APlan live(Plan.Live page) {
        live = Optional.of(page);
        return this;
    }

    public Plan plan() {
        return new Plan(
                Instant.EPOCH,
                trials,
                new Plan.Files(List.of(), journal, earlier, force, saveDetailed),
                new Plan.Client(clientWarmup, calibrate, Optional.empty(), transport),
                new Plan.Course(pause, runTime, Duration.ofSeconds(5), failOnError, crew, Optional.empty()),
                new Plan.Judgement(maxFailures, Plan.PERCENTILES, false, List.of(), Optional.empty()),
                new Plan.Console(verbosity, List.of(), Optional.empty(), live),
                List.of(),
                List.of());
    }

    /** A trial for tests, of a closed loop with one slot and one request unless it is set otherwise. */
    public static final class ATrial {
        private final WorkloadBinding<?> binding;
        private final String url;
        private String model = "m";
        private Load load = new Load.Closed(1);
        private Iterations warmup = Iterations.NONE;
        private Iterations measurement = Iterations.ofRequests(1, 1);
        private Optional<Until> until = Optional.empty();
        private Duration timeout = Duration.ofSeconds(30);
        private Forks forks = Forks.NONE;
        private Protocol protocol = Protocol.CHAT;
        private Trial.Sessions sessions = Trial.Sessions.USUAL;
        private List<String> serverMetrics = List.of();

        public ATrial(WorkloadBinding<?> binding, String url) {
            this.binding = binding;
            this.url = url;
        }

        public static ATrial like(Trial trial) {
            return new ATrial(trial.binding(), trial.endpoint().url())
                    .model(trial.everyRequest().model())
                    .load(
                            trial.schedule().load(),
                            trial.schedule().warmup(),
                            trial.schedule().measurement())
                    .timeout(trial.everyRequest().timeout())
                    .forks(trial.forks().count())
                    .protocol(trial.endpoint().protocol())
                    .serverMetrics(trial.figures().serverMetrics())
                    .sessions(trial.schedule().sessions().orElse(Trial.Sessions.USUAL));
        }

        public ATrial model(String name) {
            model = name;
            return this;
        }

        public ATrial load(Load requests, Iterations first, Iterations then) {
            load = requests;
            warmup = first;
            measurement = then;
            return this;
        }

        public ATrial until(Until goals) {
            until = Optional.of(goals);
            return this;
        }

        public ATrial timeout(Duration time) {
            timeout = time;
            return this;
        }

        public ATrial forks(int count) {
            forks = Forks.NONE.times(count);
            return this;
        }

        public ATrial protocol(Protocol spoken) {
            protocol = spoken;
            return this;
        }

        /** How sessions are gone on with, where the workload has any. */
        public ATrial sessions(Trial.Sessions settings) {
            sessions = settings;
            return this;
        }

        /** The pages of metrics that are read. */
        public ATrial serverMetrics(List<String> pages) {
            serverMetrics = pages;
            return this;
        }

        /** The trial of a number. */
        public Trial trial(int index) {
            return new Trial(
                    index,
                    0,
                    binding,
                    ParamValues.NONE,
                    new Trial.Schedule(
                            load,
                            warmup,
                            measurement,
                            until,
                            binding.inSessions() ? Optional.of(sessions) : Optional.empty()),
                    new EndpointAddress(url, false, "", "", false, KeyHeader.BEARER, protocol),
                    new Trial.EveryRequest(model, Optional.empty(), "", "", Map.of(), timeout),
                    new Trial.Figures("", Optional.empty(), 0, serverMetrics),
                    forks,
                    new Trial.Drawing(0, false),
                    Optional.empty());
        }
    }
}
