package io.inferometer.simulator;

import io.inferometer.simulator.batch.BatchConduct;
import io.inferometer.simulator.engine.BatchScheduler;
import io.inferometer.simulator.engine.EnginePreset;
import io.inferometer.simulator.engine.Metronome;
import io.inferometer.simulator.engine.Playback;
import io.inferometer.simulator.engine.Score;
import io.inferometer.simulator.engine.StepCosts;
import io.inferometer.simulator.engine.TokenSchedule;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.http.Inference;
import io.inferometer.simulator.protocol.AnswerLaw;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a simulated endpoint behaves, as text: a name and options, like {@code metronome?ttft=50&itl=10}.
 *
 * <p>{@code metronome}: fixed times, however much is going on, and as many tokens as asked for, one an event. Its options:
 *
 * <table>
 *   <caption>Options of metronome</caption>
 *   <tr><th>option</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code ttft}</td><td>50</td><td>ms from the moment a request had been read to its first token</td></tr>
 *   <tr><td>{@code itl}</td><td>10</td><td>ms from token to token</td></tr>
 * </table>
 *
 * <p>The others are engines that serve gpt-oss-120b, of which {@link #names} tells the names: requests share an
 * accelerator, so times depend on how many there are and on how long their prompts are, which are counted in tokens. Their
 * options:
 *
 * <table>
 *   <caption>Options of engines</caption>
 *   <tr><th>option</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code running}</td><td>1024</td><td>requests that are admitted at once; the others wait</td></tr>
 *   <tr><td>{@code cache}</td><td>the engine's</td><td>tokens of contexts that fit in its memory, or {@code unbounded}
 *       </td></tr>
 *   <tr><td>{@code prefix_cache}</td><td>true</td><td>whether what has been read is kept for prompts that begin alike, in
 *       blocks of 16 tokens, as long as there is room</td></tr>
 *   <tr><td>{@code context}</td><td>131072</td><td>tokens of a prompt and its answer together; status 400 beyond</td></tr>
 *   <tr><td>{@code template}</td><td>67</td><td>tokens that the chat template puts before a conversation</td></tr>
 *   <tr><td>{@code rate}</td><td>0</td><td>requests per second, and as many at once; status 429 with
 *       {@code Retry-After} beyond; 0 for any number</td></tr>
 *   <tr><td>{@code interval}</td><td>the engine's</td><td>tokens in each event after the first, which has one</td></tr>
 *   <tr><td>{@code coalesce}</td><td>1</td><td>events in one write, as a gateway in between may do</td></tr>
 *   <tr><td>{@code draft}</td><td>0</td><td>tokens of each answer that are drafted before a step</td></tr>
 *   <tr><td>{@code acceptance}</td><td>0.7</td><td>the share of them, 0 to 1, that is right, in the middle of all
 *       answers</td></tr>
 *   <tr><td>{@code answer}</td><td>500</td><td>the median length of an answer that ends by itself; 0 for none that
 *       does</td></tr>
 *   <tr><td>{@code ignore_eos}</td><td>true</td><td>whether {@code ignore_eos} in a request is honoured</td></tr>
 *   <tr><td>{@code slower}</td><td>1</td><td>how many times as long as the real one it takes to read and to write</td></tr>
 *   <tr><td>{@code seed}</td><td>1</td><td>of all random draws</td></tr>
 * </table>
 *
 * <p>All profiles have these too:
 *
 * <table>
 *   <caption>Options of all profiles</caption>
 *   <tr><th>option</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code reasoning}</td><td>0</td><td>the share of an answer, 0 to 1, that comes first, as reasoning</td></tr>
 *   <tr><td>{@code cached}</td><td>0</td><td>the share of a prompt, 0 to 1, that is in the cache whatever came before: it
 *       need not be read, and is told of in the token counts</td></tr>
 *   <tr><td>{@code batch_running}</td><td>64</td><td>lines of a batch that run at once</td></tr>
 *   <tr><td>{@code batch_queue}</td><td>0</td><td>ms that a batch waits at least before its first line runs</td></tr>
 *   <tr><td>{@code batch_finalize}</td><td>0</td><td>ms from a batch's last line to its end</td></tr>
 *   <tr><td>{@code batch_window}</td><td>0</td><td>ms after which a batch expires; 0 for the time that it asks for</td></tr>
 *   <tr><td>{@code batch_fail}</td><td>0</td><td>the share of a batch's lines, 0 to 1, that fail with status 500</td></tr>
 *   <tr><td>{@code fault}</td><td>none</td><td>what goes wrong: a word of {@code docs/simulated-faults.md}, several with
 *       commas between, or {@code mixed} for all of them in turn</td></tr>
 *   <tr><td>{@code every}</td><td>1</td><td>it goes wrong at every n-th request for inference only</td></tr>
 * </table>
 *
 * <p>One more is for replays and has no name among the others: {@code playback?tokens=1&scores=…}, answers each with times of
 * its own, as {@link Playback} has them.
 *
 * <p>Times may have decimals, down to a nanosecond. A request can ask for a fault of its own, by the header {@link
 * Fault#HEADER}.
 */
public final class Profile implements Inference.Conduct {
    private static final String METRONOME = "metronome";
    private static final String PLAYBACK = "playback";
    private static final String TOKENS = "tokens";
    private static final String SCORES = "scores";
    private static final String TTFT = "ttft";
    private static final String ITL = "itl";
    private static final String FAULT = "fault";
    private static final String EVERY = "every";
    private static final Set<String> TOLD_APART = Set.of(TTFT, ITL, FAULT, EVERY);
    private static final int MAX_RATE = 1_000_000;

    private final String text;
    private final boolean engine;
    private final Supplier<TokenSchedule> schedules;
    private final AnswerLaw answers;
    private final double requestsPerSecond;
    private final BatchConduct batches;
    private final List<Fault> faults;
    private final int every;

    private Profile(
            String text,
            boolean engine,
            Supplier<TokenSchedule> schedules,
            AnswerLaw answers,
            double requestsPerSecond,
            ProfileOptions options) {
        this.engine = engine;
        this.schedules = schedules;
        this.answers = answers;
        this.requestsPerSecond = requestsPerSecond;
        this.batches = BatchOptions.read(options);
        this.faults = Fault.all(options.text(FAULT));
        this.every = options.count(EVERY, 1);
        this.text = text + faultText(text.contains("?") ? "&" : "?", options.text(FAULT));
    }

    /** The names of all profiles. */
    public static List<String> names() {
        return Stream.concat(
                        Stream.of(METRONOME),
                        Arrays.stream(EnginePreset.values()).map(EnginePreset::profile))
                .toList();
    }

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException if there is no such profile or option, or a value is not fit; the message is one
     *     line for the user
     */
    public static Profile parse(String text) {
        int question = text.indexOf('?');
        String name = question < 0 ? text : text.substring(0, question);
        String options = question < 0 ? null : text.substring(question + 1);
        if (name.equals(METRONOME)) {
            return metronome(options);
        }
        if (name.equals(PLAYBACK)) {
            return playback(options);
        }
        return EnginePreset.find(name)
                .map(engine -> engine(engine, options))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no profile '" + name + "'; known: " + String.join(", ", names())));
    }

    /** Reads the options that a profile has for itself, and those that all of them have. */
    private static ProfileOptions read(String profile, String text, Map<String, String> defaults) {
        BatchOptions.addTo(defaults);
        defaults.put(FAULT, Fault.NONE.key());
        defaults.put(EVERY, "1");
        return ProfileOptions.read(profile, text, defaults);
    }

    private static Profile metronome(String text) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(TTFT, "50");
        defaults.put(ITL, "10");
        defaults.put(EngineOptions.REASONING, "0");
        defaults.put(EngineOptions.CACHED, "0");
        ProfileOptions options = read(METRONOME, text, defaults);
        long ttft = options.nanos(TTFT);
        long itl = options.nanos(ITL);
        return new Profile(
                METRONOME + "?ttft=" + millis(ttft) + "&itl=" + millis(itl) + also("&", options, defaults),
                false,
                () -> new Metronome(ttft, itl),
                AnswerLaw.asAsked(options.number(EngineOptions.REASONING, 1), options.number(EngineOptions.CACHED, 1)),
                0,
                options);
    }

    /**
     * A metronome that plays answers by scores.
     *
     * @param scores at least one
     * @param tokensPerEvent the tokens of each event, at least 1
     */
    public static Profile playback(List<Score> scores, int tokensPerEvent) {
        return playback(TOKENS + "=" + tokensPerEvent + "&" + SCORES + "="
                + scores.stream().map(Score::toString).collect(Collectors.joining(";")));
    }

    private static Profile playback(String text) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put(TOKENS, "1");
        defaults.put(SCORES, "50000");
        ProfileOptions options = read(PLAYBACK, text, defaults);
        int tokens = options.count(TOKENS, 1);
        List<Score> scores = Playback.scores(options.text(SCORES));
        return new Profile(
                PLAYBACK + "?" + TOKENS + "=" + tokens + "&" + SCORES + "=" + options.text(SCORES),
                false,
                () -> new Playback(scores, tokens),
                AnswerLaw.asAsked(0, 0),
                0,
                options);
    }

    private static Profile engine(EnginePreset engine, String text) {
        Map<String, String> defaults = EngineOptions.defaults(engine);
        ProfileOptions options = read(engine.profile(), text, defaults);
        StepCosts costs = EngineOptions.costs(engine, options);
        int eventsPerWrite = options.count(EngineOptions.COALESCE, 1);
        int seed = options.count(EngineOptions.SEED, 0);
        return new Profile(
                engine.profile() + also("?", options, defaults),
                true,
                () -> new BatchScheduler(costs, eventsPerWrite, seed),
                EngineOptions.answers(options),
                options.number(EngineOptions.RATE, MAX_RATE),
                options);
    }

    /** The options that are not as they are by default, but those that are told in a place of their own. */
    private static String also(String separator, ProfileOptions options, Map<String, String> defaults) {
        String changed = defaults.keySet().stream()
                .filter(key -> !TOLD_APART.contains(key))
                .filter(key -> !plain(options.text(key)).equals(defaults.get(key)))
                .map(key -> key + "=" + plain(options.text(key)))
                .collect(Collectors.joining("&"));
        return changed.isEmpty() ? "" : separator + changed;
    }

    /** A value in the one way in which it is written. */
    private static String plain(String value) {
        return value.matches("[0-9.]+")
                ? new BigDecimal(value).stripTrailingZeros().toPlainString()
                : value;
    }

    private static String millis(long nanos) {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString();
    }

    private String faultText(String separator, String words) {
        return words.equals(Fault.NONE.key())
                ? ""
                : separator + "fault=" + words + (every > 1 ? "&every=" + every : "");
    }

    /** A new schedule of this profile, at rest. */
    TokenSchedule schedule() {
        return schedules.get();
    }

    /** How jobs of the Batch API are conducted. */
    BatchConduct batches() {
        return batches;
    }

    @Override
    public boolean engine() {
        return engine;
    }

    @Override
    public AnswerLaw answers() {
        return answers;
    }

    @Override
    public double requestsPerSecond() {
        return requestsPerSecond;
    }

    @Override
    public Fault faultOf(long n) {
        return n % every == 0 ? faults.get((int) ((n / every - 1) % faults.size())) : Fault.NONE;
    }

    /**
     * The profile as text, in the one way that is written everywhere: a metronome's times always, all else only where it
     * is not the default.
     */
    @Override
    public String toString() {
        return text;
    }
}
