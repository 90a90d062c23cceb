package io.inferometer.plan;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.resolve.Planner;
import io.inferometer.workload.Answers;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a run was asked for by its caller: the layer above the environment and the annotations. What is not said is left
 * to them. {@code Options.of("Sample01").concurrency(4, 8).requests(100).build()}.
 *
 * <p>Settings are kept as text, as those of the other layers are, and {@link Planner} reads all alike.
 *
 * @param workloads regular expressions that find workloads by a part of their names; empty for the main workload
 * @param excludes regular expressions of workloads that are left out
 * @param settings the text of each setting that is given; several of those that may be repeated
 * @param params the values of parameters by name
 * @param resume the journal of an interrupted run that is gone on with; empty for none
 * @param variables values of environment variables, before the process's own; a key may be among them, so nothing shows them
 */
public record Options(
        List<String> workloads,
        List<String> excludes,
        Map<Setting, List<String>> settings,
        Map<String, List<String>> params,
        String resume,
        Map<String, String> variables) {
    private static final Set<Setting> FLAGS = EnumSet.of(
            Setting.ALL_AT_ONCE,
            Setting.INSECURE,
            Setting.NO_PREFLIGHT,
            Setting.NO_CLIENT_WARMUP,
            Setting.SAME_PROMPTS,
            Setting.SKIP_BAD_LINES,
            Setting.STEADY_START,
            Setting.STREAMING,
            Setting.TRACEPARENT,
            Setting.FAIL_ON_ERROR,
            Setting.STRICT,
            Setting.SAVE_DETAILED,
            Setting.FORCE,
            Setting.NO_JOURNAL,
            Setting.LIVE_OPEN,
            Setting.HEADLESS);

    private static final Set<Setting> REPEATED = EnumSet.of(Setting.HEADER, Setting.RESULT_FORMAT, Setting.RESULT_FILE);

    /**
     * Copies what it is given.
     *
     * @param workloads copied
     * @param excludes copied
     * @param settings copied
     * @param params copied
     * @param resume as of the record
     * @param variables copied
     */
    public Options {
        workloads = List.copyOf(workloads);
        excludes = List.copyOf(excludes);
        EnumMap<Setting, List<String>> texts = new EnumMap<>(Setting.class);
        settings.forEach((setting, given) -> texts.put(setting, List.copyOf(given)));
        settings = Collections.unmodifiableMap(texts);
        Map<String, List<String>> values = new LinkedHashMap<>();
        params.forEach((name, given) -> values.put(name, List.copyOf(given)));
        params = Collections.unmodifiableMap(values);
        variables = Map.copyOf(variables);
    }

    /** Without the values of variables. */
    @Override
    public String toString() {
        return "Options[workloads=" + workloads + ", excludes=" + excludes + ", settings=" + settings + ", params="
                + params + ", resume=" + resume + ", variables=" + new TreeSet<>(variables.keySet()) + "]";
    }

    /**
     * {@return the option that gives a setting on the command line}
     *
     * @param setting any but one of an argument
     */
    public static String name(Setting setting) {
        return switch (setting) {
            case TIME -> "-r";
            case ITERATIONS -> "-i";
            case WARMUP_TIME -> "-w";
            case WARMUP_ITERATIONS -> "-wi";
            case FORKS -> "-f";
            case JVM -> "-jvm";
            case JVM_ARGS -> "-jvmArgs";
            case RESULT_FILE -> "-rff";
            case RESULT_FORMAT -> "-rf";
            case FAIL_ON_ERROR -> "-foe";
            case OUTPUT -> "-o";
            case VERBOSITY -> "-v";
            default -> "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /**
     * {@return whether a setting is either true or false}
     *
     * @param setting any
     */
    public static boolean isFlag(Setting setting) {
        return FLAGS.contains(setting);
    }

    /**
     * {@return whether a flag is given, and true}
     *
     * @param setting one that {@link #isFlag} says is one
     */
    public boolean flag(Setting setting) {
        return texts(setting).contains("true");
    }

    /**
     * {@return the text of a setting that is given once; empty where it is not given}
     *
     * @param setting one that is given once
     */
    public Optional<String> text(Setting setting) {
        return texts(setting).stream().findFirst();
    }

    /**
     * {@return the texts of a setting that may be repeated}
     *
     * @param setting one that may be repeated
     */
    public List<String> texts(Setting setting) {
        return settings.getOrDefault(setting, List.of());
    }

    /**
     * Starts with workloads, by regular expressions that a part of their names matches; none for the main workload.
     *
     * @param workloads as {@link Builder#workload} takes each
     * @return a builder without any other option
     */
    public static Builder of(String... workloads) {
        return new Builder(workloads);
    }

    /**
     * Collects options; one that is given again is replaced, but for what may be repeated. Not for use by several threads.
     *
     * <p>A number or a time that can't be one, and null, are refused at once, by an {@link IllegalArgumentException}; texts
     * are read by the plan. It refuses what they, or the workload at hand, do not allow as a {@link UsageException}, which
     * speaks of options by {@linkplain Options#name(Setting) their names on the command line}.
     */
    public static final class Builder {
        private final List<String> workloads;
        private final List<String> excludes = new ArrayList<>();
        private final Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        private final Map<String, List<String>> params = new LinkedHashMap<>();
        private final Map<String, String> variables = new HashMap<>();
        private String resume = "";

        private Builder(String... workloads) {
            this.workloads = new ArrayList<>();
            Arrays.stream(OptionText.given("workloads", workloads)).forEach(this::workload);
        }

        /**
         * Adds the workloads of which a part of the name matches. May be repeated.
         *
         * @param regex as of {@link java.util.regex.Pattern}
         * @return this
         */
        public Builder workload(String regex) {
            workloads.add(OptionText.given("a workload", regex));
            return this;
        }

        /**
         * Leaves out the workloads of which a part of the name matches. May be repeated.
         *
         * @param regex as of {@link java.util.regex.Pattern}
         * @return this
         */
        public Builder exclude(String regex) {
            excludes.add(OptionText.given("an excluded workload", regex));
            return this;
        }

        /**
         * Gives a parameter its values; several are swept.
         *
         * @param name the field's
         * @param values each as its text; at least one
         * @return this
         */
        public Builder param(String name, Object... values) {
            String what = "the parameter " + OptionText.given("a parameter's name", name);
            if (OptionText.given(what, values).length == 0) {
                throw new IllegalArgumentException(what + " needs a value");
            }
            params.put(
                    name,
                    Arrays.stream(values)
                            .map(value -> OptionText.text(what, value))
                            .toList());
            return this;
        }

        /**
         * Goes on with the interrupted run of this journal.
         *
         * @param journal what the run kept when it was interrupted
         * @return this
         */
        public Builder resume(Path journal) {
            resume = OptionText.given("a journal", journal).toString();
            return this;
        }

        /**
         * Gives an environment variable this value, for this run and its forks alone, in place of the process's own;
         * empty for a variable that is not set. For a key, for one: it is shown and written nowhere.
         *
         * @param name of the variable
         * @param value its text
         * @return this
         */
        public Builder env(String name, String value) {
            if (!OptionText.given("a variable's name", name).matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("a variable's name has letters, digits and _ alone");
            }
            if (OptionText.given("the variable " + name, value).indexOf('\0') >= 0) {
                throw new IllegalArgumentException("the variable " + name + " must not hold a NUL character");
            }
            variables.put(name, value);
            return this;
        }

        /**
         * Gives a setting by its text, as a command line or a variable has it; nothing is checked before the plan.
         *
         * @param setting any that is an option
         * @param text what stands behind the option; of a flag {@code true} or {@code false}
         * @return this
         */
        public Builder set(Setting setting, String text) {
            OptionText.given("a setting", setting);
            OptionText.given(Options.name(setting), text);
            if (!REPEATED.contains(setting)) {
                settings.remove(setting);
            }
            settings.computeIfAbsent(setting, none -> new ArrayList<>()).add(text);
            return this;
        }

        /**
         * Asks the endpoint at this base URL, or {@code sim:PROFILE}.
         *
         * @param url without the path of an API
         * @return this
         */
        public Builder baseUrl(String url) {
            return set(Setting.BASE_URL, url);
        }

        /**
         * Posts requests to this URL as it is.
         *
         * @param url the whole of it, path and query
         * @return this
         */
        public Builder url(String url) {
            return set(Setting.URL, url);
        }

        /**
         * Adds this path to the base URL.
         *
         * @param path such as {@code /v1/completions}
         * @return this
         */
        public Builder path(String path) {
            return set(Setting.PATH, path);
        }

        /**
         * Asks in this protocol.
         *
         * @param protocol whatever the path says
         * @return this
         */
        public Builder protocol(Protocol protocol) {
            return set(Setting.PROTOCOL, OptionText.word("a protocol", protocol));
        }

        /**
         * Takes the key from the variable of this name; empty for no key.
         *
         * @param variable its name, never the key itself
         * @return this
         */
        public Builder apiKeyEnv(String variable) {
            return set(Setting.API_KEY_ENV, variable);
        }

        /**
         * Sets what carries the key.
         *
         * @param carriedBy {@code bearer}, {@code api-key-scheme}, or the name of a header
         * @return this
         */
        public Builder auth(String carriedBy) {
            return set(Setting.AUTH, carriedBy);
        }

        /**
         * Adds a header; <code>${VAR}</code> in the value is read when the header is made. May be repeated.
         *
         * @param name of the header
         * @param value what stands in it
         * @return this
         */
        public Builder header(String name, String value) {
            return set(
                    Setting.HEADER,
                    OptionText.given("a header's name", name) + ": " + OptionText.given("a header", value));
        }

        /**
         * Sends each request as a trace of its own: a W3C {@code traceparent} header, whose id is in the request's
         * record.
         *
         * @return this
         */
        public Builder traceparent() {
            return flag(Setting.TRACEPARENT);
        }

        /**
         * Asks for this model.
         *
         * @param name as the endpoint knows it
         * @return this
         */
        public Builder model(String name) {
            return set(Setting.MODEL, name);
        }

        /**
         * Counts with this tokenizer where the endpoint does not.
         *
         * @param name of a tokenizer or a model, or what a provider accepts
         * @return this
         */
        public Builder tokenizer(String name) {
            return set(Setting.TOKENIZER, name);
        }

        /**
         * Merges a JSON object into the body of every request; what is null in it is left out of the body.
         *
         * @param json an object
         * @return this
         */
        public Builder extraBody(String json) {
            return set(Setting.EXTRA_BODY, json);
        }

        /**
         * Leaves fields out of the body of every request.
         *
         * @param fields names at the top of the body
         * @return this
         */
        public Builder omit(String... fields) {
            return set(Setting.OMIT, CommaList.join(List.of(OptionText.given("the fields that are left out", fields))));
        }

        /**
         * Names the field that carries the longest answer.
         *
         * @param name such as {@code max_tokens}
         * @return this
         */
        public Builder lengthField(String name) {
            return set(Setting.LENGTH_FIELD, name);
        }

        /**
         * Streams the answers, or not, whatever the workload asks for.
         *
         * @param on false for answers in one piece
         * @return this
         */
        public Builder streaming(boolean on) {
            return set(Setting.STREAMING, Boolean.toString(on));
        }

        /**
         * Bounds how long a request may take.
         *
         * @param time from its start to its end, a stalled stream included; above 0
         * @return this
         */
        public Builder timeout(Duration time) {
            return set(Setting.TIMEOUT, OptionText.aboveZero("a timeout", time));
        }

        /**
         * Tells how many GPUs the endpoint has.
         *
         * @param count at least 1
         * @return this
         */
        public Builder gpus(int count) {
            return set(Setting.GPUS, OptionText.atLeast(1, "GPUs", count));
        }

        /**
         * Reads these pages of metrics of the endpoint's servers while it is measured; {@code auto} is its own.
         *
         * @param pages their URLs, each with its path
         * @return this
         */
        public Builder serverMetrics(String... pages) {
            return set(
                    Setting.SERVER_METRICS,
                    OptionText.swept("server metrics", Arrays.stream(OptionText.given("server metrics", pages))));
        }

        /**
         * Waits so long for an endpoint that is not ready.
         *
         * @param time above 0
         * @return this
         */
        public Builder readyTimeout(Duration time) {
            return set(Setting.READY_TIMEOUT, OptionText.aboveZero("a ready timeout", time));
        }

        /**
         * Asks no endpoint before the run.
         *
         * @return this
         */
        public Builder noPreflight() {
            return flag(Setting.NO_PREFLIGHT);
        }

        /**
         * Sets what moves the bytes of requests.
         *
         * @param choice one of the two, or whichever reaches the endpoint
         * @return this
         */
        public Builder transport(Plan.Transport.Choice choice) {
            return set(Setting.TRANSPORT, OptionText.word("a transport", choice));
        }

        /**
         * Sets which addresses of a host that has several connections go to.
         *
         * @param which the first, or all of them in turn
         * @return this
         */
        public Builder resolve(Plan.Transport.Resolve which) {
            return set(Setting.RESOLVE, OptionText.word("a resolve", which));
        }

        /**
         * Does not verify the endpoint's certificate.
         *
         * @return this
         */
        public Builder insecure() {
            return flag(Setting.INSECURE);
        }

        /**
         * Runs a closed loop of so many slots; several are swept.
         *
         * @param slots each at least 1
         * @return this
         */
        public Builder concurrency(int... slots) {
            return set(
                    Setting.CONCURRENCY,
                    OptionText.swept(
                            "concurrency",
                            IntStream.of(OptionText.given("concurrency", slots))
                                    .mapToObj(n -> OptionText.atLeast(1, "concurrency", n))));
        }

        /**
         * Lets the slots of a closed loop begin one after the other, evenly over a time.
         *
         * @param time above 0
         * @return this
         */
        public Builder stagger(Duration time) {
            return set(Setting.STAGGER, OptionText.aboveZero("a stagger", time));
        }

        /**
         * Runs an open loop of so many requests per second; several are swept.
         *
         * @param requestsPerSecond each above 0
         * @return this
         */
        public Builder rate(double... requestsPerSecond) {
            return set(
                    Setting.RATE,
                    OptionText.swept(
                            "a rate",
                            DoubleStream.of(OptionText.given("a rate", requestsPerSecond))
                                    .mapToObj(rate -> OptionText.aboveZero("a rate", rate))));
        }

        /**
         * Spreads the starts of an open loop by this law.
         *
         * @param law of the gaps between them
         * @return this
         */
        public Builder arrivals(Arrivals law) {
            return set(Setting.ARRIVALS, OptionText.word("arrivals", law));
        }

        /**
         * Spreads the starts of an open loop by gaps of a gamma distribution.
         *
         * @param shape above 0: below 1 in bursts, 1 is a Poisson process
         * @return this
         */
        public Builder burstiness(double shape) {
            return set(Setting.BURSTINESS, OptionText.aboveZero("a burstiness", shape));
        }

        /**
         * Runs an open loop whose rate rises with its requests; give the rates at its start and its end too.
         *
         * @param strategy by the same difference each time, or the same factor
         * @return this
         */
        public Builder rampUpStrategy(Load.Ramp.Strategy strategy) {
            return set(Setting.RAMP_UP_STRATEGY, OptionText.word("a ramp-up strategy", strategy));
        }

        /**
         * Sets the requests per second at which a rise begins.
         *
         * @param requestsPerSecond above 0
         * @return this
         */
        public Builder rampUpStartRps(double requestsPerSecond) {
            return set(Setting.RAMP_UP_START_RPS, OptionText.aboveZero("a ramp-up's first rate", requestsPerSecond));
        }

        /**
         * Sets the requests per second at which a rise ends.
         *
         * @param requestsPerSecond not below that of the start
         * @return this
         */
        public Builder rampUpEndRps(double requestsPerSecond) {
            return set(Setting.RAMP_UP_END_RPS, OptionText.aboveZero("a ramp-up's last rate", requestsPerSecond));
        }

        /**
         * Bounds the requests of an open loop that are in flight; what would be beyond is held back, and told.
         *
         * @param count at least 1
         * @return this
         */
        public Builder maxInFlight(int count) {
            return set(Setting.MAX_IN_FLIGHT, OptionText.atLeast(1, "the most in flight", count));
        }

        /**
         * Runs stages, one after the other, as the one measured iteration.
         *
         * @param stages such as {@code 2/s 30s, 2..20/s 60s} of rates, or {@code 4 30s, 4..64 60s} of slots
         * @return this
         */
        public Builder stages(String stages) {
            return set(Setting.STAGES, OptionText.given("stages", stages));
        }

        /**
         * Releases every request of an iteration at the same instant.
         *
         * @return this
         */
        public Builder allAtOnce() {
            return flag(Setting.ALL_AT_ONCE);
        }

        /**
         * Bounds the requests in flight where all are sent at once.
         *
         * @param count at least 1
         * @return this
         */
        public Builder users(int count) {
            return set(Setting.USERS, OptionText.atLeast(1, "users", count));
        }

        /**
         * Lets so many requests per second begin where all are sent at once.
         *
         * @param perSecond above 0
         * @return this
         */
        public Builder spawnRate(double perSecond) {
            return set(Setting.SPAWN_RATE, OptionText.aboveZero("a spawn rate", perSecond));
        }

        /**
         * Replays so many times as fast as it was recorded; several are swept.
         *
         * @param factors each above 0; 1 is as fast
         * @return this
         */
        public Builder speed(double... factors) {
            return set(
                    Setting.SPEED,
                    OptionText.swept(
                            "a speed",
                            DoubleStream.of(OptionText.given("a speed", factors))
                                    .mapToObj(factor -> OptionText.aboveZero("a speed", factor))));
        }

        /**
         * Cuts the gaps between the requests of a replay to a longest one, in recorded time.
         *
         * @param time above 0
         * @return this
         */
        public Builder maxIdle(Duration time) {
            return set(Setting.MAX_IDLE, OptionText.aboveZero("the longest gap", time));
        }

        /**
         * Declares the unit of the times in a file that is replayed.
         *
         * @param unit what their numbers count
         * @return this
         */
        public Builder timeUnit(TimeUnit unit) {
            return set(Setting.TIME_UNIT, FileReading.word(OptionText.given("a unit", unit)));
        }

        /**
         * Passes over the lines of a file that can't be read, and counts them.
         *
         * @return this
         */
        public Builder skipBadLines() {
            return flag(Setting.SKIP_BAD_LINES);
        }

        /**
         * Says whose answers recorded conversations go on from.
         *
         * @param whose those of the endpoint, or those that were recorded
         * @return this
         */
        public Builder answers(Answers whose) {
            return set(Setting.ANSWERS, OptionText.word("whose answers they are", whose));
        }

        /**
         * Enters the first recorded sessions in the middle of their run, behind a turn of warm-up each.
         *
         * @return this
         */
        public Builder steadyStart() {
            return flag(Setting.STEADY_START);
        }

        /**
         * Sets how many measured iterations there are.
         *
         * @param count at least 1
         * @return this
         */
        public Builder iterations(int count) {
            return set(Setting.ITERATIONS, OptionText.atLeast(1, "iterations", count));
        }

        /**
         * Goes on with iterations until figures are known narrowly enough. Those that {@link #iterations} sets are the
         * least then.
         *
         * @param goals half widths of their 95 % intervals, such as {@code ttft.p99 5%, tpot.mean 2%}
         * @return this
         */
        public Builder until(String goals) {
            return set(Setting.UNTIL, OptionText.given("what is to be known", goals));
        }

        /**
         * Goes on for {@link #until} for so long at the most, in each trial and each fork.
         *
         * @param time above 0
         * @return this
         */
        public Builder atMost(Duration time) {
            return set(Setting.AT_MOST, OptionText.aboveZero("the most time", time));
        }

        /**
         * Sends requests for so long in a measured iteration.
         *
         * @param time above 0
         * @return this
         */
        public Builder time(Duration time) {
            return set(Setting.TIME, OptionText.aboveZero("a time", time));
        }

        /**
         * Sends so many requests in a measured iteration.
         *
         * @param count of all slots, at least 1
         * @return this
         */
        public Builder requests(long count) {
            return set(Setting.REQUESTS, OptionText.atLeast(1, "requests", count));
        }

        /**
         * Sends so many requests for each slot of a closed loop in a measured iteration.
         *
         * @param count at least 1
         * @return this
         */
        public Builder requestsPerSlot(int count) {
            return set(Setting.REQUESTS_PER_SLOT, OptionText.atLeast(1, "requests per slot", count));
        }

        /**
         * Has so many sessions in a measured iteration, of a workload that is asked turn by turn.
         *
         * @param count of all slots, at least 1
         * @return this
         */
        public Builder sessions(long count) {
            return set(Setting.SESSIONS, OptionText.atLeast(1, "sessions", count));
        }

        /**
         * Has so many sessions in a warm-up iteration.
         *
         * @param count of all slots, at least 1
         * @return this
         */
        public Builder warmupSessions(long count) {
            return set(Setting.WARMUP_SESSIONS, OptionText.atLeast(1, "warm-up sessions", count));
        }

        /**
         * Cuts a session, and each of its children, when it has had so many turns.
         *
         * @param count at least 1
         * @return this
         */
        public Builder maxTurns(int count) {
            return set(Setting.MAX_TURNS, OptionText.atLeast(1, "the most turns", count));
        }

        /**
         * Sets what becomes of a session behind a turn that failed.
         *
         * @param what whether it ends there, or goes on with its next turn
         * @return this
         */
        public Builder onFailedTurn(Trial.OnFailedTurn what) {
            return set(Setting.ON_FAILED_TURN, OptionText.word("what becomes of a session", what));
        }

        /**
         * Sets how many warm-up iterations there are.
         *
         * @param count 0 for none
         * @return this
         */
        public Builder warmupIterations(int count) {
            return set(Setting.WARMUP_ITERATIONS, OptionText.atLeast(0, "warm-up iterations", count));
        }

        /**
         * Sends requests for so long in a warm-up iteration.
         *
         * @param time above 0
         * @return this
         */
        public Builder warmupTime(Duration time) {
            return set(Setting.WARMUP_TIME, OptionText.aboveZero("a warm-up time", time));
        }

        /**
         * Sends so many requests in a warm-up iteration.
         *
         * @param count of all slots, at least 1
         * @return this
         */
        public Builder warmupRequests(long count) {
            return set(Setting.WARMUP_REQUESTS, OptionText.atLeast(1, "warm-up requests", count));
        }

        /**
         * Sends so many requests for each slot of a closed loop in a warm-up iteration.
         *
         * @param count at least 1
         * @return this
         */
        public Builder warmupRequestsPerSlot(int count) {
            return set(Setting.WARMUP_REQUESTS_PER_SLOT, OptionText.atLeast(1, "warm-up requests per slot", count));
        }

        /**
         * Ends the run after so long, whatever is left of it.
         *
         * @param time above 0
         * @return this
         */
        public Builder runTime(Duration time) {
            return set(Setting.RUN_TIME, OptionText.aboveZero("a run time", time));
        }

        /**
         * Gives requests in flight so long to end when a command line's run is interrupted. An interrupted thread of
         * the Java API gives them none.
         *
         * @param time zero for no time at all
         * @return this
         */
        public Builder grace(Duration time) {
            return set(Setting.GRACE, OptionText.notNegative("a grace", time));
        }

        /**
         * Sends nothing for so long between two trials.
         *
         * @param time above 0
         * @return this
         */
        public Builder pause(Duration time) {
            return set(Setting.PAUSE, OptionText.aboveZero("a pause", time));
        }

        /**
         * Times the client without having warmed it up.
         *
         * @return this
         */
        public Builder noClientWarmup() {
            return flag(Setting.NO_CLIENT_WARMUP);
        }

        /**
         * Runs each trial in so many fresh client JVMs.
         *
         * @param count 0 for this one
         * @return this
         */
        public Builder forks(int count) {
            return set(Setting.FORKS, OptionText.atLeast(0, "forks", count));
        }

        /**
         * Shares each trial's load among so many client JVMs of this machine, at the same time.
         *
         * @param count at least 1
         * @return this
         */
        public Builder members(int count) {
            return set(Setting.MEMBERS, OptionText.atLeast(1, "members", count));
        }

        /**
         * Says what becomes of a run that loses a member.
         *
         * @param what whether it ends, or goes on with those that are left
         * @return this
         */
        public Builder onLostAgent(Plan.OnLost what) {
            return set(
                    Setting.ON_LOST_AGENT,
                    OptionText.given("what becomes of a run", what).name().toLowerCase(Locale.ROOT));
        }

        /**
         * Runs forks with this java command.
         *
         * @param java a path, or the home of a JDK
         * @return this
         */
        public Builder jvm(String java) {
            return set(Setting.JVM, java);
        }

        /**
         * Gives these options to the forks' JVMs.
         *
         * @param options as the java command takes them
         * @return this
         */
        public Builder jvmArgs(String... options) {
            for (String option : OptionText.given("options of a JVM", options)) {
                if (OptionText.given("an option of a JVM", option).matches("\\s*|.*\\s.*")) {
                    throw new IllegalArgumentException("an option of a JVM must be one word, not '" + option + "'");
                }
            }
            return set(Setting.JVM_ARGS, String.join(" ", options));
        }

        /**
         * Runs every fork on these agents, which share its load.
         *
         * @param hosts each {@code host:port} or {@code dns:name:port}
         * @return this
         * @see #agentsExpected
         */
        public Builder agents(String... hosts) {
            return set(Setting.AGENTS, String.join(",", OptionText.given("agents", hosts)));
        }

        /**
         * Waits, for up to a minute, until so many agents are there.
         *
         * @param count at least 1
         * @return this
         */
        public Builder agentsExpected(int count) {
            return set(Setting.AGENTS_EXPECTED, OptionText.atLeast(1, "agents", count));
        }

        /**
         * Has agents reach this process there.
         *
         * @param address {@code host:port}; a port 0 is any that is free
         * @return this
         */
        public Builder listen(String address) {
            return set(Setting.LISTEN, address);
        }

        /**
         * Counts a request as goodput that meets these limits.
         *
         * @param limits all of them are to be met
         * @return this
         */
        public Builder slo(Objective limits) {
            OptionText.given("an objective", limits);
            return set(
                    Setting.SLO,
                    Map.of("ttft", limits.ttftMillis(), "tpot", limits.tpotMillis(), "e2el", limits.e2elMillis())
                            .entrySet()
                            .stream()
                            .filter(limit -> limit.getValue() > 0)
                            .map(limit -> limit.getKey() + '=' + OptionText.plain(limit.getValue()))
                            .sorted()
                            .collect(Collectors.joining(",")));
        }

        /**
         * Lets a share of the measured requests fail before the run counts as failed.
         *
         * @param share from 0 to 1
         * @return this
         */
        public Builder maxFailures(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share of failures must be from 0 to 1, not " + share);
            }
            return set(
                    Setting.MAX_FAILURES,
                    BigDecimal.valueOf(share).movePointRight(2).toPlainString() + '%');
        }

        /**
         * Makes it an exit code whether figures are as they have to be.
         *
         * @param requirements such as {@code ttft.p99 <= 200ms, goodput >= 95%}
         * @return this
         */
        public Builder require(String requirements) {
            return set(Setting.REQUIRE, OptionText.given("requirements", requirements));
        }

        /**
         * Ends the run at the first measured request that fails.
         *
         * @return this
         */
        public Builder failOnError() {
            return flag(Setting.FAIL_ON_ERROR);
        }

        /**
         * Makes a client that is suspect an exit code.
         *
         * @return this
         */
        public Builder strict() {
            return flag(Setting.STRICT);
        }

        /**
         * Draws everything from this seed.
         *
         * @param seed any
         * @return this
         */
        public Builder seed(long seed) {
            return set(Setting.SEED, Long.toString(seed));
        }

        /**
         * Lets all trials and forks send the same prompts.
         *
         * @return this
         */
        public Builder samePrompts() {
            return flag(Setting.SAME_PROMPTS);
        }

        /**
         * Lets all prompts that are texts begin with words that this run, or each of its trials, has to itself.
         *
         * @param scope whose words they are
         * @return this
         */
        public Builder cacheMarker(CacheMarker.Scope scope) {
            return set(Setting.CACHE_MARKER, OptionText.word("a cache marker", scope));
        }

        /**
         * Sets when it is measured what the client itself adds.
         *
         * @param when before or after the measurement, or never
         * @return this
         */
        public Builder calibrate(Plan.Calibrate when) {
            return set(Setting.CALIBRATE, OptionText.word("calibrate", when));
        }

        /**
         * Shows these percentiles.
         *
         * @param percentiles each above 0 and below 100
         * @return this
         */
        public Builder percentiles(double... percentiles) {
            return set(
                    Setting.PERCENTILES,
                    OptionText.swept(
                            "percentiles",
                            DoubleStream.of(OptionText.given("percentiles", percentiles))
                                    .mapToObj(OptionText::percentile)));
        }

        /**
         * Writes a result file. May be repeated.
         *
         * @param format what is written
         * @param file {@code {timestamp}} in its name becomes the start of the run
         * @return this
         */
        public Builder result(ResultFormat format, Path file) {
            return set(Setting.RESULT_FORMAT, OptionText.word("a result's format", format))
                    .set(
                            Setting.RESULT_FILE,
                            OptionText.given("a result's file", file).toString());
        }

        /**
         * Keeps each answer's text.
         *
         * @return this
         */
        public Builder saveDetailed() {
            return flag(Setting.SAVE_DETAILED);
        }

        /**
         * Replaces files that exist.
         *
         * @return this
         */
        public Builder force() {
            return flag(Setting.FORCE);
        }

        /**
         * Keeps each request in this file as it ends.
         *
         * @param file where none is yet, unless {@link #force} is given
         * @return this
         */
        public Builder journal(Path file) {
            settings.remove(Setting.NO_JOURNAL);
            return set(Setting.JOURNAL, OptionText.given("a journal", file).toString());
        }

        /**
         * Keeps no journal.
         *
         * @return this
         */
        public Builder noJournal() {
            settings.remove(Setting.JOURNAL);
            return flag(Setting.NO_JOURNAL);
        }

        /**
         * Writes the console's text to a file.
         *
         * @param file where none is yet, unless {@link #force} is given
         * @return this
         */
        public Builder output(Path file) {
            return set(Setting.OUTPUT, OptionText.given("an output", file).toString());
        }

        /**
         * Sets how much the console tells.
         *
         * @param verbosity {@link Plan.Verbosity#NORMAL} unless given
         * @return this
         */
        public Builder verbosity(Plan.Verbosity verbosity) {
            return set(Setting.VERBOSITY, OptionText.word("a verbosity", verbosity));
        }

        /**
         * Tells the run in other tools' words too.
         *
         * @param names {@code vllm}, {@code bench_serving}, {@code guidellm}, {@code aiperf}
         * @return this
         */
        public Builder dialect(String... names) {
            return set(Setting.DIALECT, String.join(",", OptionText.given("a dialect", names)));
        }

        /**
         * Shows the run on a page of this machine while it goes on, at a free port; its address is told to the reports.
         *
         * @return this
         */
        public Builder live() {
            return set(Setting.LIVE, "true");
        }

        /**
         * Shows the run on a page of this machine while it goes on, as {@link #live()} does, at a port.
         *
         * @param port 1 to 65535
         * @return this
         */
        public Builder live(int port) {
            return set(Setting.LIVE, OptionText.port(port));
        }

        /**
         * Leaves the token out of that page's address: whoever reaches its port sees the run, and can stop it.
         *
         * @return this
         */
        public Builder liveOpen() {
            return flag(Setting.LIVE_OPEN);
        }

        /**
         * Shows no such page, whatever a variable says.
         *
         * @return this
         */
        public Builder headless() {
            return flag(Setting.HEADLESS);
        }

        /**
         * Ends the description; nothing is checked before the plan.
         *
         * @return the options
         */
        public Options build() {
            return new Options(workloads, excludes, settings, params, resume, variables);
        }

        private Builder flag(Setting setting) {
            return set(setting, "true");
        }
    }
}
