package io.inferometer.plan;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.judge.Gate;
import io.inferometer.judge.Requirement;
import io.inferometer.secret.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything a run does, resolved before its first request from the command line, the environment, the annotations and
 * the defaults, in that order.
 *
 * @param startedAt when the run was planned; the timestamp of its files
 * @param trials what is run, in this order
 * @param files what is written
 * @param client what is done about the client itself, and how it reaches the endpoint
 * @param course how the run passes from one trial to the next, and what ends it early
 * @param judgement how its figures are shown and judged
 * @param console what is told while it runs
 * @param notes what the user should know of how the plan came about, a line each
 * @param settings what was given and declared, and by what
 */
public record Plan(
        Instant startedAt,
        List<Trial> trials,
        Files files,
        Client client,
        Course course,
        Judgement judgement,
        Console console,
        List<String> notes,
        List<SettingSource> settings) {
    /** The percentiles that tables show where nobody chose others. */
    public static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0);

    /**
     * Copies what it is given, and checks it.
     *
     * @param startedAt as of the record
     * @param trials copied
     * @param files as of the record
     * @param client as of the record
     * @param course as of the record
     * @param judgement as of the record
     * @param console as of the record
     * @param notes copied
     * @param settings copied
     */
    public Plan {
        trials = List.copyOf(trials);
        notes = List.copyOf(notes);
        settings = List.copyOf(settings);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("a plan needs a trial");
        }
    }

    /**
     * {@return what the JVM of a fork does of this plan: one trial, of which it keeps the journal alone} The first fork
     * measures what the client adds: the others are alike.
     *
     * @param trial the trial's number
     * @param fork which of its forks this is, from 0
     * @param split which part of its load it sends
     * @param journal the file that the fork keeps, made anew
     * @param origin the time zero of the run, by {@link System#nanoTime} in the fork's JVM
     * @param simulatedUrl the simulated endpoint that the run has started; empty for one of its own, or none
     */
    public Plan forked(int trial, int fork, Split split, Path journal, long origin, Optional<String> simulatedUrl) {
        return new Plan(
                startedAt,
                List.of(trial(trial).forked(fork, split)),
                files.forked(journal, origin, simulatedUrl),
                fork == 0 ? client : client.calibrated(Calibrate.OFF),
                new Course(Duration.ZERO, Optional.empty(), course.grace, course.failOnError),
                judgement,
                Console.SILENT,
                notes,
                settings);
    }

    private Trial trial(int index) {
        return trials.stream()
                .filter(trial -> trial.index() == index)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan has no trial " + index));
    }

    /**
     * {@return this plan as one of two sides that take turns: A's trials have the even numbers, B's the odd ones behind
     * them}
     *
     * @param letter which side
     */
    public Plan of(Trial.Letter letter) {
        Trial.Side side = new Trial.Side(letter, client);
        return with(
                trials.stream()
                        .map(trial -> trial.of(side, 2 * trial.index() + letter.ordinal()))
                        .toList(),
                judgement,
                notes);
    }

    /**
     * {@return this plan with other trials, judgement and notes; all else is as it is}
     *
     * @param others what is run, in this order
     * @param judged how it is judged
     * @param told the notes
     */
    public Plan with(List<Trial> others, Judgement judged, List<String> told) {
        return new Plan(startedAt, others, files, client, course, judged, console, told, settings);
    }

    /**
     * {@return this plan, of what was asked for: what planned it has put options of its own over these}
     *
     * @param options what was asked for
     */
    public Plan asked(Options options) {
        return saying(Stream.concat(SettingSource.given(options).stream(), declared().stream())
                .toList());
    }

    /**
     * {@return this plan, of a run that was planned then}
     *
     * @param then by the run's own clock
     */
    public Plan startedAt(Instant then) {
        return new Plan(then, trials, files, client, course, judgement, console, notes, settings);
    }

    /**
     * {@return this plan with other words of what was given and declared}
     *
     * @param said a row for each setting, in the order in which they are told
     */
    public Plan saying(List<SettingSource> said) {
        return new Plan(startedAt, trials, files, client, course, judgement, console, notes, said);
    }

    /** {@return what is not given by the command line, or the Java API, but below it} */
    public List<SettingSource> declared() {
        return settings.stream().filter(setting -> !setting.isGiven()).toList();
    }

    /**
     * The plan that runs its only trial several times, one after the other.
     *
     * @param param what tells them apart, a parameter that the workload does not know
     * @param values its value in each of them
     * @return the plan
     */
    public Plan repeated(String param, List<String> values) {
        if (trials.size() != 1) {
            throw new UsageException(trials.get(0).binding().descriptor().name() + " is run with " + trials.size()
                    + " loads or values of parameters, and one is wanted: give one of each");
        }
        if (trials.get(0).params().values().containsKey(param)) {
            throw new UsageException(trials.get(0).binding().descriptor().name() + " has a parameter " + param
                    + ", which is to tell its trials apart; rename it");
        }
        List<Trial> repeated = IntStream.range(0, values.size())
                .mapToObj(i -> trials.get(0).told(i, param, values.get(i)))
                .toList();
        return with(repeated, judgement, notes);
    }

    /**
     * {@return the plan of a search}
     *
     * @param first the first load that is tried; which others are follows from what comes of it
     * @param results the result files
     * @param maxFailures the share of measured requests that may fail
     */
    public Plan searching(Trial first, List<ResultFile> results, double maxFailures) {
        return new Plan(
                startedAt,
                List.of(first),
                new Files(results, files.journal, files.earlier, files.force, files.saveDetailed),
                client,
                course,
                new Judgement(maxFailures, judgement.percentiles, judgement.strict, List.of(), judgement.beside),
                console,
                notes,
                settings);
    }

    /**
     * {@return what requests of this plan carry that must neither be shown nor kept}
     *
     * @param environment a variable's value by its name, null where it is unset
     */
    public Secrets secrets(UnaryOperator<String> environment) {
        return Secrets.of(
                trials.stream().map(trial -> trial.endpoint().apiKeyEnv()).toList(),
                trials.stream().map(trial -> trial.everyRequest().headers()).toList(),
                environment);
    }

    /**
     * {@return whether the journal is that of an interrupted run, and is added to} A fork adds to none, and keeps one
     * of its own.
     */
    public boolean resumes() {
        return files.earlier.journal.isPresent() && files.earlier.journal.equals(files.journal);
    }

    /**
     * What a run writes.
     *
     * @param results the result files
     * @param journal where each request's record is kept as it ends; empty to keep none
     * @param earlier what there is of the run before this begins
     * @param force whether files that exist are replaced
     * @param saveDetailed whether records keep the answers' text
     */
    public record Files(
            List<ResultFile> results, Optional<Path> journal, Earlier earlier, boolean force, boolean saveDetailed) {
        /**
         * Copies what it is given.
         *
         * @param results copied
         * @param journal as of the record
         * @param earlier as of the record
         * @param force as of the record
         * @param saveDetailed as of the record
         */
        public Files {
            results = List.copyOf(results);
        }

        private Files forked(Path ownJournal, long origin, Optional<String> simulatedUrl) {
            return new Files(
                    List.of(),
                    Optional.of(ownJournal),
                    new Earlier(earlier.journal, OptionalLong.of(origin), simulatedUrl),
                    force,
                    saveDetailed);
        }
    }

    /**
     * What there is of a run before a plan of it begins.
     *
     * @param journal the journal of the interrupted run that is gone on with; empty for none
     * @param origin the time zero of the run by {@link System#nanoTime}, from which a fork's times count; empty but in forks
     * @param simulatedUrl the simulated endpoint that a fork's run has started; empty where there is none
     */
    public record Earlier(Optional<Path> journal, OptionalLong origin, Optional<String> simulatedUrl) {
        /** Nothing. */
        public static final Earlier NONE = new Earlier(Optional.empty(), OptionalLong.empty());

        /**
         * Has no simulated endpoint that was started before.
         *
         * @param journal as of the record
         * @param origin as of the record
         */
        public Earlier(Optional<Path> journal, OptionalLong origin) {
            this(journal, origin, Optional.empty());
        }
    }

    /**
     * A result file that is written at the end of the run, or, as a row per request, during it.
     *
     * @param format what is written
     * @param path where; {@code {timestamp}} in it has been replaced
     */
    public record ResultFile(ResultFormat format, Path path) {}

    /**
     * What is done about the client itself, and how it reaches the endpoint.
     *
     * @param warmup whether its own code is run before the first request until it is fast
     * @param calibrate when it is measured what it adds to latencies
     * @param preFlight how long an endpoint that is not ready is waited for before the run, zero for not at all; empty to
     *     ask none before the run
     * @param transport what moves the bytes of requests
     */
    public record Client(boolean warmup, Calibrate calibrate, Optional<Duration> preFlight, Transport transport) {
        private Client calibrated(Calibrate when) {
            return new Client(warmup, when, preFlight, transport);
        }
    }

    /** When a trial's load is replayed against a metronome on this machine, to measure what the client itself adds. */
    public enum Calibrate {
        /** After its measured iterations. */
        AFTER,
        /** After its warm-up, in the shape of the warm-up; without one, after its measured iterations. */
        BEFORE,
        /** Never. */
        OFF
    }

    /**
     * What moves the bytes of requests.
     *
     * @param kind the transport
     * @param reason why it is this one; empty where it was asked for by its name
     * @param insecure whether the endpoint's certificate is not verified
     * @param resolve which addresses of a host connections go to
     */
    public record Transport(Kind kind, String reason, boolean insecure, Resolve resolve) {
        /** What may be asked for. */
        public enum Choice {
            /** {@link Kind#NIO}, or {@link Kind#JDK} where only that reaches the endpoint. */
            AUTO,
            /** {@link Kind#JDK}. */
            JDK,
            /** {@link Kind#NIO}. */
            NIO
        }

        /** The transports that there are. */
        public enum Kind {
            /** The JDK's {@code java.net.http}. */
            JDK,
            /** Our own, over the JDK's channels. */
            NIO
        }

        /** Which addresses of a host that has several connections go to. */
        public enum Resolve {
            /** The first one that answers. */
            FIRST,
            /** All of them in turn. */
            ALL
        }
    }

    /**
     * How a run passes from one trial to the next, and what ends it early.
     *
     * @param pause how long nothing is sent between two trials; zero for no pause
     * @param runTime when the run is ended, whatever is left of it; empty for no such limit
     * @param grace how long requests in flight have to end when the run is interrupted
     * @param failOnError whether the first failed request ends the run
     * @param crew who shares the load of its trials
     * @param agents the members on other machines that run its forks; empty for none
     */
    public record Course(
            Duration pause,
            Optional<Duration> runTime,
            Duration grace,
            boolean failOnError,
            Crew crew,
            Optional<Agents> agents) {
        /**
         * Has one client, on this machine.
         *
         * @param pause between two trials, 0 or more
         * @param runTime after which it ends, whatever is left; empty for no bound
         * @param grace what requests in flight get to end when it is interrupted
         * @param failOnError whether it ends at the first measured request that fails
         */
        public Course(Duration pause, Optional<Duration> runTime, Duration grace, boolean failOnError) {
            this(pause, runTime, grace, failOnError, Crew.ALONE, Optional.empty());
        }

        /**
         * Checks what it is given.
         *
         * @param pause as of the record
         * @param runTime as of the record
         * @param grace as of the record
         * @param failOnError as of the record
         * @param crew as of the record
         * @param agents as of the record
         */
        public Course {
            if (pause.isNegative()) {
                throw new IllegalArgumentException("a pause must not be negative: " + pause);
            }
            if (grace.isNegative()) {
                throw new IllegalArgumentException("a grace must not be negative: " + grace);
            }
        }
    }

    /**
     * Members of a run on other machines.
     *
     * @param hosts where they are: {@code host:port}, or {@code dns:name:port} for all that a name stands for
     * @param expected how many there have to be; empty for all that are named
     * @param patience how long they are waited for; zero not to wait
     * @param listen the address of this machine that they reach; empty for the one that the way to the first begins at
     */
    public record Agents(List<String> hosts, OptionalInt expected, Duration patience, Optional<String> listen) {
        /**
         * Copies what it is given, and checks it.
         *
         * @param hosts copied
         * @param expected as of the record
         * @param patience as of the record
         * @param listen as of the record
         */
        public Agents {
            hosts = List.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("there are no agents");
            }
        }
    }

    /**
     * Who shares the load of a run's trials.
     *
     * @param members how many client JVMs, at the same time
     * @param onLost what becomes of the run when one is lost
     */
    public record Crew(int members, OnLost onLost) {
        /** One client. */
        public static final Crew ALONE = new Crew(1, OnLost.END);

        /**
         * Checks what it is given.
         *
         * @param members as of the record
         * @param onLost as of the record
         */
        public Crew {
            Objects.requireNonNull(onLost, "onLost");
            if (members < 1) {
                throw new IllegalArgumentException("a crew has at least one member, not " + members);
            }
        }
    }

    /** What becomes of a run that loses a member. */
    public enum OnLost {
        /** The others end in order, and the run with them. */
        END,
        /** The others go on with their parts of the load. */
        CONTINUE
    }

    /**
     * How a run's figures are shown and judged.
     *
     * @param maxFailures the share of measured requests that may fail before the run counts as failed, 0 to 1
     * @param percentiles the percentiles that tables show, ascending
     * @param strict whether a client that is suspect is an exit code
     * @param required what figures have to be
     * @param beside how two sides are judged beside each other; empty where there are none
     */
    public record Judgement(
            double maxFailures,
            List<Double> percentiles,
            boolean strict,
            List<Requirement> required,
            Optional<Beside> beside) {
        /**
         * Copies what it is given, and checks it.
         *
         * @param maxFailures as of the record
         * @param percentiles copied
         * @param strict as of the record
         * @param required copied
         * @param beside as of the record
         */
        public Judgement {
            percentiles = List.copyOf(percentiles);
            required = List.copyOf(required);
        }
    }

    /**
     * How B is judged beside A.
     *
     * @param gates the figures that must not be worse
     * @param named whether the user named them: one that can't be judged is then an error, else it is left out
     * @param equivalent whether B must be no better either
     * @param allowed the names of what may be unlike, or unfit
     * @param differences what the options of the sides differ in, a line each
     */
    public record Beside(
            List<Gate> gates, boolean named, boolean equivalent, List<String> allowed, List<String> differences) {
        /**
         * Copies what it is given.
         *
         * @param gates copied
         * @param named as of the record
         * @param equivalent as of the record
         * @param allowed copied
         * @param differences copied
         */
        public Beside {
            gates = List.copyOf(gates);
            allowed = List.copyOf(allowed);
            differences = List.copyOf(differences);
        }
    }

    /**
     * What is told while it runs.
     *
     * @param verbosity how much
     * @param dialects the other tools in whose words the run is told too, by their names
     * @param output the file that takes the text; empty for the process's own output
     * @param live the page that shows it; empty for none
     */
    public record Console(Verbosity verbosity, List<String> dialects, Optional<Path> output, Optional<Live> live) {
        static final Console SILENT = new Console(Verbosity.SILENT, List.of(), Optional.empty(), Optional.empty());

        /**
         * Copies what it is given.
         *
         * @param verbosity as of the record
         * @param dialects copied
         * @param output as of the record
         * @param live as of the record
         */
        public Console {
            dialects = List.copyOf(dialects);
        }
    }

    /**
     * A page on this machine that shows the run while it goes on.
     *
     * @param port where; 0 for any that is free
     * @param open whether its address has no token in it
     */
    public record Live(int port, boolean open) {
        /** Those beyond are none. */
        public static final int HIGHEST_PORT = 65_535;
    }

    /** How much the console tells. */
    public enum Verbosity {
        /** Only errors. */
        SILENT,
        /** The header, the iterations, the table. */
        NORMAL,
        /** Also the stack traces of errors, and each failed request. */
        EXTRA
    }
}
