package io.inferometer.harness;

import io.inferometer.plan.EndpointAddress;
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
import java.util.Map;
import java.util.Optional;

/** A plan for tests: what a test does not set is as plain as it can be, and nothing is asked before the run. */
final class APlan {
    private List<Trial> trials;
    private Optional<Path> journal;
    private Plan.Earlier earlier = Plan.Earlier.NONE;
    private boolean force;
    private boolean clientWarmup;
    private Plan.Calibrate calibrate = Plan.Calibrate.OFF;
    private Plan.Transport transport = new Plan.Transport(Plan.Transport.Kind.JDK, false);
    private double maxFailures;
    private Duration pause = Duration.ZERO;
    private boolean failOnError;
    private Optional<Duration> runTime = Optional.empty();
    private Plan.Verbosity verbosity = Plan.Verbosity.NORMAL;

    private APlan(List<Trial> trials, Optional<Path> journal) {
        this.trials = trials;
        this.journal = journal;
    }

    /** A plan of these trials. */
    static APlan of(Path journal, ATrial... trials) {
        List<Trial> made = new ArrayList<>();
        for (ATrial trial : trials) {
            made.add(trial.trial(made.size()));
        }
        return new APlan(made, Optional.of(journal));
    }

    /** The plan of a test, for what is to be another way in it. */
    static APlan like(Plan plan) {
        APlan copy = new APlan(plan.trials(), plan.journal());
        copy.earlier = plan.earlier();
        copy.force = plan.force();
        copy.clientWarmup = plan.clientWarmup();
        copy.calibrate = plan.calibrate();
        copy.transport = plan.transport();
        copy.maxFailures = plan.maxFailures();
        copy.pause = plan.pause();
        copy.failOnError = plan.failOnError();
        copy.runTime = plan.runTime();
        copy.verbosity = plan.verbosity();
        return copy;
    }

    /** Its first trial, several times, one after the other. */
    APlan trials(int times) {
        ATrial first = ATrial.like(trials.get(0));
        List<Trial> made = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            made.add(first.trial(i));
        }
        trials = made;
        return this;
    }

    /** So many forks of its first trial, which it has alone. */
    APlan forks(int count) {
        trials = List.of(ATrial.like(trials.get(0)).forks(count).trial(0));
        return this;
    }

    /** It goes on with the run of its journal. */
    APlan resumed() {
        earlier = new Plan.Earlier(journal, 0);
        return this;
    }

    APlan force(boolean files) {
        force = files;
        return this;
    }

    APlan clientWarmup() {
        clientWarmup = true;
        return this;
    }

    APlan calibrate(Plan.Calibrate when) {
        calibrate = when;
        return this;
    }

    APlan transport(Plan.Transport.Kind kind) {
        transport = new Plan.Transport(kind, false);
        return this;
    }

    APlan maxFailures(double share) {
        maxFailures = share;
        return this;
    }

    APlan pause(Duration time) {
        pause = time;
        return this;
    }

    APlan failOnError() {
        failOnError = true;
        return this;
    }

    APlan runTime(Duration time) {
        runTime = Optional.of(time);
        return this;
    }

    APlan silent() {
        verbosity = Plan.Verbosity.SILENT;
        return this;
    }

    Plan plan() {
        return new Plan(
                Instant.EPOCH,
                trials,
                List.of(),
                journal,
                earlier,
                force,
                false,
                clientWarmup,
                calibrate,
                Optional.empty(),
                transport,
                maxFailures,
                Plan.PERCENTILES,
                pause,
                failOnError,
                false,
                runTime,
                Duration.ofSeconds(5),
                verbosity);
    }

    /** A trial for tests, of a closed loop with one slot and one request unless it is set otherwise. */
    static final class ATrial {
        private final WorkloadBinding<?> binding;
        private final String url;
        private String model = "m";
        private Load load = new Load.Closed(1);
        private Iterations warmup = Iterations.NONE;
        private Iterations measurement = Iterations.ofRequests(1, 1);
        private Duration timeout = Duration.ofSeconds(30);
        private Forks forks = Forks.NONE;

        ATrial(WorkloadBinding<?> binding, String url) {
            this.binding = binding;
            this.url = url;
        }

        static ATrial like(Trial trial) {
            return new ATrial(trial.binding(), trial.endpoint().url())
                    .model(trial.model())
                    .load(trial.load(), trial.warmup(), trial.measurement())
                    .timeout(trial.timeout())
                    .forks(trial.forks().count());
        }

        ATrial model(String name) {
            model = name;
            return this;
        }

        ATrial load(Load requests, Iterations first, Iterations then) {
            load = requests;
            warmup = first;
            measurement = then;
            return this;
        }

        ATrial timeout(Duration time) {
            timeout = time;
            return this;
        }

        ATrial forks(int count) {
            forks = Forks.NONE.times(count);
            return this;
        }

        /** The trial of a number. */
        Trial trial(int index) {
            return new Trial(
                    index,
                    0,
                    binding,
                    ParamValues.NONE,
                    load,
                    warmup,
                    measurement,
                    new EndpointAddress(url, false, "", "", false, "Bearer"),
                    model,
                    "",
                    timeout,
                    Optional.empty(),
                    Optional.empty(),
                    "",
                    Map.of(),
                    0,
                    forks,
                    0);
        }
    }
}
