package io.inferometer.report.header;

import io.inferometer.instrument.Compilation;
import io.inferometer.judge.Requirement;
import io.inferometer.plan.Plan;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Split;
import io.inferometer.stats.Summary;
import io.inferometer.workload.Objective;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has to be known of a run to understand its numbers: what ran it, where, when, and its trials.
 *
 * @param runner what ran it
 * @param startedAt when the run was planned
 * @param clock what tells the run's time zero to other runs
 * @param client what was done about the client itself, and how it reached the endpoint
 * @param judged how its figures were to be judged
 * @param percentiles the percentiles that tables show, ascending
 * @param pause how long nothing is sent between two trials; zero for no pause
 * @param journal the file that keeps each request's record; empty for none
 * @param notes what the user should know of how the plan came about, a line each
 * @param settings what was given and declared, and by what; empty where that is not known
 * @param trials the trials, in the order in which they run
 */
public record RunHeader(
        Runner runner,
        Instant startedAt,
        RunClock clock,
        Client client,
        Judged judged,
        List<Double> percentiles,
        Duration pause,
        String journal,
        List<String> notes,
        List<SettingSource> settings,
        List<TrialHeader> trials) {
    /**
     * Copies its lists.
     *
     * @param runner as of the record
     * @param startedAt as of the record
     * @param clock as of the record
     * @param client as of the record
     * @param judged as of the record
     * @param percentiles copied
     * @param pause as of the record
     * @param journal as of the record
     * @param notes copied
     * @param settings copied
     * @param trials copied
     */
    public RunHeader {
        percentiles = List.copyOf(percentiles);
        notes = List.copyOf(notes);
        settings = List.copyOf(settings);
        trials = List.copyOf(trials);
    }

    /**
     * What ran it.
     *
     * @param version the version of this program
     * @param definitions the version of the metrics' definitions that were in force; what is computed anew is by today's
     * @param jdk the JDK's version and name, and what was asked of its compilers
     * @param jdkFeature the JDK's feature number: 17
     * @param os the operating system, its version and architecture
     * @param cpus how many processors the JVM may use
     * @param crew the clients that share the load; empty where one sends all of it
     */
    public record Runner(
            String version, int definitions, String jdk, int jdkFeature, String os, int cpus, Optional<RunCrew> crew) {
        private static final String LEAN = ", JIT: C1, and C2 for events";

        /** It is not known. */
        public static final Runner UNKNOWN = new Runner("", Summary.DEFINITIONS, "", 0, "", 0, Optional.empty());

        private static Runner thisOne(Optional<RunCrew> crew) {
            return new Runner(
                    programVersion(),
                    Summary.DEFINITIONS,
                    String.join(
                            " ",
                            Runtime.version().toString(),
                            "(" + System.getProperty("java.vendor") + ",",
                            System.getProperty("java.vm.name") + ")" + (Compilation.isLean() ? LEAN : "")),
                    Runtime.version().feature(),
                    String.join(
                            " ",
                            System.getProperty("os.name"),
                            System.getProperty("os.version"),
                            System.getProperty("os.arch")),
                    Runtime.getRuntime().availableProcessors(),
                    crew);
        }

        private Runner with(RunCrew other) {
            return new Runner(version, definitions, jdk, jdkFeature, os, cpus, Optional.of(other));
        }

        /** What is told of one of them; of several the first, and each of its JDKs and systems. */
        private static Runner ofAll(List<RunHeader> runs, Optional<RunCrew> crew) {
            Runner first = runs.get(0).runner;
            return new Runner(
                    first.version,
                    first.definitions,
                    each(runs, run -> run.runner.jdk),
                    first.jdkFeature,
                    each(runs, run -> run.runner.os),
                    first.cpus,
                    crew);
        }
    }

    /**
     * What was done about the client itself, and how it reached the endpoint.
     *
     * @param warmup whether its own code was run before the first request until it was fast
     * @param calibrate when the load is replayed to measure what the client itself adds: {@code after} a trial, {@code
     *     before} it or {@code off}; empty where that was not told
     * @param transport what moved the bytes of requests; empty where that is not known
     * @param transportReason why it was this one; empty where it was asked for by its name
     * @param insecure whether endpoints' certificates were not verified
     */
    public record Client(boolean warmup, String calibrate, String transport, String transportReason, boolean insecure) {
        /** It is not known. */
        public static final Client UNKNOWN = new Client(false, "", "", "", false);

        /** {@return whether its transport tells which requests had to wait for a connection; java.net.http does not} */
        public boolean tellsConnections() {
            return transport.equals("nio");
        }

        static Client of(Plan.Client client) {
            return new Client(
                    client.warmup(),
                    client.calibrate().name().toLowerCase(Locale.ROOT),
                    client.transport().kind().name().toLowerCase(Locale.ROOT),
                    client.transport().reason(),
                    client.transport().insecure());
        }
    }

    /**
     * How its figures were to be judged.
     *
     * @param maxFailures the share of measured requests that may fail, 0 to 1
     * @param required what figures have to be
     * @param beside how its two sides are judged beside each other; empty where it has none
     */
    public record Judged(double maxFailures, List<Requirement> required, Optional<Plan.Beside> beside) {
        /** It was not said. */
        public static final Judged NOT = new Judged(0, List.of(), Optional.empty());

        /**
         * Copies its list.
         *
         * @param maxFailures as of the record
         * @param required copied
         * @param beside as of the record
         */
        public Judged {
            required = List.copyOf(required);
        }

        private static Judged of(Plan.Judgement judgement) {
            return new Judged(judgement.maxFailures(), judgement.required(), judgement.beside());
        }
    }

    /**
     * {@return the header of a run of this plan in this JVM}
     *
     * @param plan what is to be run
     */
    public static RunHeader of(Plan plan) {
        return new RunHeader(
                Runner.thisOne(ownPart(plan)),
                plan.startedAt(),
                RunClock.UNKNOWN,
                Client.of(plan.client()),
                Judged.of(plan.judgement()),
                plan.judgement().percentiles(),
                plan.course().pause(),
                plan.files().journal().map(Path::toString).orElse(""),
                plan.notes(),
                plan.settings(),
                plan.trials().stream().map(TrialHeader::of).toList());
    }

    private static Optional<RunCrew> ownPart(Plan plan) {
        Split split = plan.trials().get(0).split();
        return split.alone()
                ? Optional.empty()
                : Optional.of(
                        new RunCrew(split.members(), false, List.of(split.name()), OptionalInt.of(split.member())));
    }

    /**
     * {@return the header that {@link #toMap} made, or that was read from a file since}
     *
     * @param map keys and values as {@link #toMap} has them
     * @throws IllegalArgumentException if something is missing or is not what it should be
     */
    public static RunHeader ofMap(Map<String, Object> map) {
        return HeaderJson.header(map);
    }

    /** {@return the header as numbers, texts, lists and maps that any JSON library writes; keys carry units} */
    public Map<String, Object> toMap() {
        return HeaderJson.map(this);
    }

    /**
     * {@return the same header with a number of GPUs wherever none is known}
     *
     * @param gpus of the endpoint
     */
    public RunHeader withGpus(int gpus) {
        return withTrials(trials.stream().map(trial -> trial.withGpus(gpus)).toList());
    }

    /**
     * {@return the same header with another objective in every trial}
     *
     * @param objective the limits that requests have to keep
     */
    public RunHeader withObjective(Objective objective) {
        return withTrials(
                trials.stream().map(trial -> trial.withObjective(objective)).toList());
    }

    /**
     * {@return the same header of a run that begins, with what its time zero is}
     *
     * @param zero what {@code 0} is in its records' times
     */
    public RunHeader startedAt(RunClock zero) {
        return new RunHeader(
                runner, startedAt, zero, client, judged, percentiles, pause, journal, notes, settings, trials);
    }

    /**
     * {@return the same header of a run whose load these share}
     *
     * @param crew who does
     */
    public RunHeader sharedBy(RunCrew crew) {
        return new RunHeader(
                runner.with(crew),
                startedAt,
                clock,
                client,
                judged,
                percentiles,
                pause,
                journal,
                notes,
                settings,
                trials);
    }

    /**
     * {@return the same header with other percentiles to show, ascending}
     *
     * @param shown 99.9 for p99.9
     */
    public RunHeader withPercentiles(List<Double> shown) {
        return new RunHeader(runner, startedAt, clock, client, judged, shown, pause, journal, notes, settings, trials);
    }

    /**
     * {@return the same header with what the plan of a run that is gone on with may say otherwise}
     *
     * @param planned the header of that plan
     */
    public RunHeader goneOnWithAs(RunHeader planned) {
        Client then = new Client(
                client.warmup, planned.client.calibrate, client.transport, client.transportReason, client.insecure);
        return new RunHeader(
                runner,
                startedAt,
                clock,
                then,
                planned.judged,
                percentiles,
                planned.pause,
                journal,
                notes,
                settings,
                trials);
    }

    /**
     * {@return the header of several runs that are taken for one: forks that came one after the other, each of members that
     * ran at the same time}
     *
     * @param runs headers that are alike but for their seeds and forks, at least one
     * @param forks how many forks they have together
     * @param members how many of them ran at the same time; the load is that of all of these
     */
    public static RunHeader ofAll(List<RunHeader> runs, int forks, int members) {
        RunHeader first = runs.get(0);
        return new RunHeader(
                Runner.ofAll(runs, Optional.empty()),
                first.startedAt,
                first.clock,
                first.client,
                first.judged,
                first.percentiles,
                first.pause,
                each(runs, RunHeader::journal),
                runs.stream().flatMap(run -> run.notes.stream()).distinct().toList(),
                runs.stream().flatMap(run -> run.settings.stream()).distinct().toList(),
                first.trials.stream()
                        .map(trial -> trial.together(forks, members))
                        .toList());
    }

    private static String each(List<RunHeader> runs, Function<RunHeader, String> what) {
        return runs.stream().map(what).distinct().collect(Collectors.joining("; "));
    }

    /**
     * {@return the same header with other trials}
     *
     * @param otherTrials in the order of their indices
     */
    public RunHeader withTrials(List<TrialHeader> otherTrials) {
        return new RunHeader(
                runner, startedAt, clock, client, judged, percentiles, pause, journal, notes, settings, otherTrials);
    }

    /**
     * {@return what was done about the client of a trial: where its side has one of its own, that}
     *
     * @param trial one of the run's
     */
    public Client client(TrialHeader trial) {
        return trial.side().map(TrialHeader.Side::client).orElse(client);
    }

    /**
     * {@return what was done about clients, of each trial that has one like no trial before it; the run's where there are
     * none}
     */
    public List<Client> clients() {
        return trials.isEmpty()
                ? List.of(client)
                : trials.stream().map(this::client).distinct().toList();
    }

    /** {@return whether any trial's endpoint is the simulated one} */
    public boolean simulated() {
        return trials.stream().anyMatch(TrialHeader::simulated);
    }

    /**
     * {@return the trial of a number}
     *
     * @param index from 0
     */
    public TrialHeader trial(int index) {
        return trials.stream()
                .filter(trial -> trial.index() == index)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the run has no trial " + index));
    }

    /** {@return the version of this program, which the build has written into a resource} */
    public static String programVersion() {
        try (InputStream in = RunHeader.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
