package io.inferometer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Computes the figures of a result anew, from the lines of its journal alone and by the definitions alone: it uses no class
 * of the program, and does the slow and plain thing everywhere.
 */
final class Recomputation {
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;
    private static final Set<String> WORDS_THAT_END = Set.of(
            "",
            "stop",
            "length",
            "tool_calls",
            "tool_use",
            "function_call",
            "content_filter",
            "eos",
            "eos_token",
            "stop_sequence",
            "end_turn",
            "max_tokens",
            "model_length",
            "complete",
            "completed",
            "incomplete",
            "max_output_tokens",
            "model_context_window_exceeded",
            "pause_turn",
            "refusal",
            "safety",
            "recitation");
    private static final List<String> OUTCOMES = List.of(
            "success",
            "http_error",
            "connect_error",
            "stream_error",
            "decode_error",
            "wrong_answer",
            "timeout",
            "client_error",
            "cancelled");

    private final JsonNode run;
    private final JsonNode trial;
    private final String load;
    private final List<RecomputedRequest> requests = new ArrayList<>();
    private final List<JsonNode> sessions = new ArrayList<>();
    private final Map<String, List<JsonNode>> healths = new LinkedHashMap<>();
    private final List<JsonNode> members = new ArrayList<>();
    private final TreeSet<Double> percentiles =
            new TreeSet<>(List.of(1.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9));

    private Recomputation(List<JsonNode> lines) {
        run = lines.get(0).get("run");
        trial = run.get("trials").get(0);
        load = trial.at("/load/kind").asText();
        run.get("percentiles").forEach(p -> percentiles.add(p.asDouble()));
        Map<String, Integer> stretches = new LinkedHashMap<>();
        Map<String, Boolean> ended = new LinkedHashMap<>();
        for (JsonNode line : lines) {
            String iteration = line.path("fork") + "/" + line.path("iteration");
            boolean measured = !line.path("warmup").asBoolean();
            if (line.path("type").asText().equals("iteration") && measured) {
                boolean end = line.path("at").asText().equals("end");
                ended.put(iteration, end && !hasLost(line.path("fork").asInt()));
                if (line.has("health")) {
                    healths.put(iteration, List.of(line.get("health")));
                }
                stretches.merge(iteration, end ? 0 : 1, Integer::sum);
            } else if (line.path("type").asText().equals("member")) {
                member(line.path("what").asText(), line.get("fields"));
            } else if (line.path("type").asText().equals("session") && measured) {
                sessions.add(line);
            } else if (line.path("type").asText().equals("request") && measured) {
                requests.add(new RecomputedRequest(line, stretches.getOrDefault(iteration, 1)));
            }
        }
        requests.forEach(
                request -> request.complete = ended.getOrDefault(request.fork + "/" + request.iteration, true));
    }

    /** Whether a fork has lost a member by then. */
    private boolean hasLost(int fork) {
        return members.stream()
                .anyMatch(member -> member.has("lost") && member.get("fork").asInt() == fork);
    }

    private void member(String what, JsonNode fields) {
        if (what.equals("crew")) {
            return; // How many there are is of none of them.
        }
        members.add(fields);
        if (what.equals("health")) {
            String iteration = fields.get("fork") + "/" + fields.get("iteration");
            healths.computeIfAbsent(iteration, none -> new ArrayList<>()).add(fields.get("health"));
        }
    }

    /** By what is told of each, and the requests that are its own. */
    private List<Map<String, Object>> members() {
        Map<Integer, Map<String, Object>> all = new TreeMap<>();
        for (JsonNode fields : members) {
            Map<String, Object> member =
                    all.computeIfAbsent(fields.get("member").asInt(), none -> new LinkedHashMap<>());
            member.put("name", fields.get("name").asText());
            if (fields.has("startNanos") && !fields.get("warmup").asBoolean()) {
                double late = (fields.get("startNanos").asLong()
                                - fields.get("agreedNanos").asLong())
                        / 1e6;
                member.merge("startSkewMs", late, (one, other) -> Math.max((double) one, (double) other));
            }
            if (fields.has("clockOffsetNanos")) {
                member.put("clockOffsetMs", fields.get("clockOffsetNanos").asLong() / 1e6);
                member.put("clockBoundMs", fields.get("clockBoundNanos").asLong() / 1e6);
            }
            if (fields.has("lost")) {
                member.put("lost", fields.get("lost").asText());
                member.put("inFlightAtLoss", fields.get("inFlight").asDouble());
                double share = 1 - 1.0 / fields.get("members").asInt();
                member.put(
                        "loadAfterLoss",
                        Map.of(
                                "share",
                                share,
                                "requestsPerSecond",
                                share * trial.at("/load/requestsPerSecond").asDouble()));
            }
        }
        all.forEach((number, member) -> member.put("requests", (double)
                requests.stream().filter(request -> request.member == number).count()));
        return List.copyOf(all.values());
    }

    /** The run's one trial: its summary, those of its iterations, its intervals and the client's part. */
    static Map<String, Object> of(Path journal) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(journal)) {
            lines.add(json.readTree(line));
        }
        return new Recomputation(lines).result();
    }

    private Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("summary", summary(requests));
        int number = 0;
        for (List<RecomputedRequest> iteration : iterations(requests)) {
            result.put("iterations[" + number++ + "].summary", summary(iteration));
        }
        List<Map<String, Object>> stages = stages();
        for (int i = 0; i < stages.size(); i++) {
            result.put("stages[" + i + "]", stages.get(i));
        }
        List<Map<String, Object>> crew = members();
        for (int i = 0; i < crew.size(); i++) {
            result.put("members[" + i + "]", crew.get(i));
        }
        result.put("intervals", intervals());
        if (load.equals("replay")
                || requests.stream().anyMatch(request -> request.asked("sharedPromptTokens") >= 0)
                || !delays().isEmpty()) {
            result.put("reproduction", reproduction());
        }
        if (requests.stream().anyMatch(request -> request.stamped)) {
            result.put("clientOverhead.metrics", overhead());
        }
        return result;
    }

    /** Whether requests have times that stand, however many are in flight. */
    private boolean scheduled() {
        return open() || load.equals("replay");
    }

    private Map<String, Object> reproduction() {
        List<RecomputedRequest> good =
                requests.stream().filter(RecomputedRequest::succeeded).toList();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("times", load.equals("replay") ? "reproduced" : "madeUp");
        all.put("order", "reproduced");
        lengths(all, "prompt", good, "expectedPromptTokens", "promptTokens");
        lengths(all, "output", good, "requestedOutputTokens", "completionTokens");
        all.put("concurrency", load.equals("closedLoop") ? "madeUp" : "unbounded");
        all.put("gapsMs", gaps());
        List<RecomputedRequest> sharing = good.stream()
                .filter(request ->
                        request.asked("sharedPromptTokens") >= 0 && request.asked("expectedPromptTokens") >= 0)
                .toList();
        List<RecomputedRequest> told = sharing.stream()
                .filter(request -> request.usage("cachedTokens") >= 0 && request.usage("promptTokens") >= 0)
                .toList();
        all.put("prefixSharing", sharing.isEmpty() ? "unknown" : "reproduced");
        all.put("prefixHits", Map.of("requests", (double) sharing.size(), "told", (double) told.size()));
        if (!delays().isEmpty()) {
            all.put("delaysMs", delays());
        }
        all.put(
                "prefixHits.theoretical",
                share(sharing, r -> r.asked("sharedPromptTokens"), r -> r.asked("expectedPromptTokens")));
        all.put("prefixHits.seen", share(told, r -> r.usage("cachedTokens"), r -> r.usage("promptTokens")));
        return all;
    }

    private static Object share(
            List<RecomputedRequest> of,
            ToDoubleFunction<RecomputedRequest> part,
            ToDoubleFunction<RecomputedRequest> whole) {
        return known(of.stream().mapToDouble(part).sum()
                / of.stream().mapToDouble(whole).sum());
    }

    private static void lengths(
            Map<String, Object> all, String what, List<RecomputedRequest> good, String asked, String told) {
        List<RecomputedRequest> both = good.stream()
                .filter(request -> request.asked(asked) >= 0 && request.usage(told) >= 0)
                .toList();
        double[] more = both.stream()
                .mapToDouble(r -> r.usage(told) - r.asked(asked))
                .distinct()
                .toArray();
        boolean template = what.equals("prompt") && more.length == 1 && more[0] > 0;
        all.put(
                what + "Lengths",
                both.isEmpty() ? "unknown" : template || more.length == 1 && more[0] == 0 ? "reproduced" : "partly");
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("count", (double) both.size());
        pair.put("exact", (double)
                both.stream().filter(r -> r.usage(told) == r.asked(asked)).count());
        pair.put("beyond", more.length == 1 ? (Double) more[0] : null);
        pair.put(
                "declared", three(both.stream().mapToDouble(r -> r.asked(asked)).toArray()));
        pair.put(
                "delivered", three(both.stream().mapToDouble(r -> r.usage(told)).toArray()));
        all.put(what + "Tokens", pair);
    }

    private Map<String, Object> gaps() {
        List<List<RecomputedRequest>> parts = load.equals("replay") ? stretches(requests) : List.of();
        double[] declared = parts.stream()
                .flatMapToDouble(part -> gaps(part, r -> r.scheduled))
                .toArray();
        double[] delivered =
                parts.stream().flatMapToDouble(part -> gaps(part, r -> r.sent)).toArray();
        Map<String, Object> gaps = new LinkedHashMap<>();
        gaps.put("count", (double) declared.length);
        gaps.put("declared", three(declared));
        gaps.put("delivered", three(delivered));
        return gaps;
    }

    private Map<String, Object> delays() {
        List<RecomputedRequest> turns = requests.stream()
                .filter(request -> request.line.has("thinkNanos") && request.sent != null)
                .toList();
        Map<String, Object> delays = new LinkedHashMap<>();
        if (!turns.isEmpty()) {
            double[] declared = turns.stream()
                    .mapToDouble(turn -> turn.line.get("thinkNanos").asDouble() / 1e6)
                    .toArray();
            double[] delivered = turns.stream()
                    .mapToDouble(turn -> (turn.line
                                            .path("waitNanos")
                                            .asDouble(
                                                    turn.line.get("thinkNanos").asDouble())
                                    + turn.sent
                                    - turn.scheduled)
                            / 1e6)
                    .toArray();
            delays.put("count", (double) turns.size());
            delays.put("declared", three(declared));
            delays.put("delivered", three(delivered));
            delays.put(
                    "late",
                    three(IntStream.range(0, turns.size())
                            .mapToDouble(i -> delivered[i] - declared[i])
                            .toArray()));
        }
        return delays;
    }

    private static DoubleStream gaps(List<RecomputedRequest> part, Function<RecomputedRequest, Double> time) {
        double[] times = part.stream()
                .filter(request -> request.sent != null && request.scheduled != null)
                .mapToDouble(time::apply)
                .sorted()
                .toArray();
        return IntStream.range(1, times.length).mapToDouble(i -> (times[i] - times[i - 1]) / 1e6);
    }

    private static Map<String, Object> three(double[] values) {
        Map<String, Object> three = new LinkedHashMap<>();
        for (int p : new int[] {50, 90, 99}) {
            three.put("p" + p, values.length == 0 ? null : (Double) percentile(values, p));
        }
        return three;
    }

    private static List<List<RecomputedRequest>> iterations(List<RecomputedRequest> all) {
        Map<List<Integer>, List<RecomputedRequest>> iterations = new LinkedHashMap<>();
        all.forEach(request -> iterations
                .computeIfAbsent(List.of(request.fork, request.iteration), key -> new ArrayList<>())
                .add(request));
        return List.copyOf(iterations.values());
    }

    /** An iteration that was gone on with ran in two. */
    private static List<List<RecomputedRequest>> stretches(List<RecomputedRequest> all) {
        Map<List<Integer>, List<RecomputedRequest>> stretches = new LinkedHashMap<>();
        all.forEach(request -> stretches
                .computeIfAbsent(List.of(request.fork, request.iteration, request.stretch), key -> new ArrayList<>())
                .add(request));
        return stretches.values().stream()
                .filter(stretch -> stretch.stream().anyMatch(request -> request.sent != null))
                .toList();
    }

    private Map<String, Object> summary(List<RecomputedRequest> all) {
        List<RecomputedRequest> good =
                all.stream().filter(RecomputedRequest::succeeded).toList();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("requests", outcomes(all));
        summary.put("throughput", throughput(all, good));
        summary.put("arrivals", open() ? arrivals(all) : null);
        summary.put("goodput", trial.get("objective").isNull() ? null : goodput(all, good));
        summary.put("completion", load.equals("allAtOnce") ? completion(all) : null);
        if (all.stream().anyMatch(request -> request.line.has("session"))) {
            summary.put("sessions", sessions(all));
            turns(all, summary);
        }
        summary.put("metrics", metrics(all, good));
        summary.put("channels", channels(good));
        summary.put("connections", run.path("transport").asText().equals("nio") ? connections(all, good) : null);
        double[] tpots = values(good, request -> request.tpot());
        if (tpots.length > 0) {
            Map<String, Object> interactivity = new LinkedHashMap<>();
            percentiles.forEach(p -> interactivity.put(label(p), SECOND / percentile(tpots, p)));
            summary.put("interactivityTokensPerSecond", interactivity);
            summary.put("perUserMeanTokensPerSecond", SECOND / mean(tpots));
        }
        summary.put("tokens", tokens(good));
        return summary;
    }

    private static Map<String, Object> outcomes(List<RecomputedRequest> all) {
        Map<String, Object> counts = new LinkedHashMap<>();
        OUTCOMES.forEach(outcome -> counts.put(outcome, count(all, request -> request.outcome.equals(outcome))));
        Map<String, Object> requests = new LinkedHashMap<>();
        requests.put("total", (double) all.size());
        requests.put("succeeded", count(all, RecomputedRequest::succeeded));
        requests.put("failed", count(all, RecomputedRequest::failed));
        requests.put("cancelled", count(all, RecomputedRequest::cancelled));
        requests.put("censored", count(all, RecomputedRequest::cancelled));
        requests.put("outcomes", counts);
        return requests;
    }

    /** Cold is a request with a connection of its own, reused any other that was sent. */
    private Map<String, Object> connections(List<RecomputedRequest> all, List<RecomputedRequest> good) {
        Map<String, Object> connections = new LinkedHashMap<>();
        connections.put("cold", count(all, request -> request.ready != null));
        connections.put("reused", count(all, request -> request.ready == null && request.sent != null));
        put(connections, "connect", values(good, RecomputedRequest::connect), null);
        put(connections, "tls", values(good, RecomputedRequest::tls), null);
        return connections;
    }

    private Map<String, Object> throughput(List<RecomputedRequest> all, List<RecomputedRequest> good) {
        List<Course> courses = stretches(all).stream().map(Course::new).toList();
        double seconds = courses.stream().mapToDouble(Course::duration).sum() / SECOND;
        double input = good.stream().mapToDouble(RecomputedRequest::input).sum();
        double output = good.stream().mapToDouble(RecomputedRequest::output).sum();
        List<Course> steady = courses.stream().filter(Course::steadyTokensKnown).toList();
        List<Course> balanced = courses.stream().filter(Course::steady).toList();
        Map<String, Object> throughput = new LinkedHashMap<>();
        throughput.put("durationMs", known(seconds == 0 ? Double.NaN : seconds * 1e3));
        throughput.put("requestsPerSecond", known(good.size() / seconds));
        double items = good.stream().mapToDouble(RecomputedRequest::items).sum();
        throughput.put("itemsPerSecond", items == 0 ? null : known(items / seconds));
        throughput.put("inputTokensPerSecond", input == 0 ? null : known(input / seconds));
        throughput.put("outputTokensPerSecond", output == 0 ? null : known(output / seconds));
        throughput.put("totalTokensPerSecond", input * output == 0 ? null : known((input + output) / seconds));
        throughput.put(
                "steadyOutputTokensPerSecond",
                known(steady.stream().mapToDouble(Course::steadyTokens).sum()
                        / steady.stream()
                                .mapToDouble(course -> course.steadyNanos() / SECOND)
                                .sum()));
        throughput.put(
                "peakOutputTokensPerSecond",
                known(courses.stream()
                        .mapToDouble(Course::peakTokens)
                        .filter(peak -> !Double.isNaN(peak))
                        .max()
                        .orElse(Double.NaN)));
        throughput.put(
                "peakInFlight",
                courses.stream().mapToDouble(Course::peakInFlight).max().orElse(0));
        throughput.put(
                "launchSkewMs",
                load.equals("allAtOnce") && !courses.isEmpty()
                        ? courses.stream().mapToDouble(Course::launchSkew).max().orElseThrow() / MILLI
                        : null);
        throughput.put(
                "onsetMs",
                known(steady.stream()
                        .mapToDouble(Course::onset)
                        .filter(onset -> !Double.isNaN(onset))
                        .map(onset -> onset * 1e3)
                        .max()
                        .orElse(Double.NaN)));
        throughput.put(
                "little",
                known(balanced.stream().mapToDouble(Course::served).sum()
                        / balanced.stream().mapToDouble(Course::held).sum()));
        return throughput;
    }

    /** Of each kind of text the events, the answers that have any, and when the first came; nothing where none came at all. */
    private Map<String, Object> channels(List<RecomputedRequest> good) {
        if (good.stream().allMatch(request -> request.tokenBits.length == 0)) {
            return null;
        }
        Map<String, Object> channels = new LinkedHashMap<>();
        Map.of(
                        "visible",
                        RecomputedRequest.VISIBLE,
                        "reasoning",
                        RecomputedRequest.REASONING,
                        "tool",
                        1 << 4,
                        "refusal",
                        1 << 5)
                .forEach((name, bit) -> {
                    double[] firsts = values(good, request -> request.firstOf(bit));
                    Map<String, Object> channel = new LinkedHashMap<>();
                    channel.put(
                            "events",
                            good.stream()
                                    .mapToDouble(request -> IntStream.of(request.tokenBits)
                                            .filter(bits -> (bits & bit) != 0)
                                            .count())
                                    .sum());
                    channel.put("answers", (double) firsts.length);
                    put(channel, "first", firsts, null);
                    channels.put(name, channel);
                });
        return channels;
    }

    /** What happened from the first {@code sent} to the last {@code end}. */
    private final class Course {
        private final List<RecomputedRequest> all;
        private final List<RecomputedRequest> wired;
        private final List<RecomputedRequest> good;
        private final double firstSent;
        private final double lastSent;
        private final double lastEnd;

        private Course(List<RecomputedRequest> stretch) {
            all = stretch;
            wired = stretch.stream().filter(request -> request.sent != null).toList();
            good = stretch.stream().filter(RecomputedRequest::succeeded).toList();
            firstSent =
                    wired.stream().mapToDouble(request -> request.sent).min().orElseThrow();
            lastSent = wired.stream().mapToDouble(request -> request.sent).max().orElseThrow();
            lastEnd = stretch.stream().mapToDouble(request -> request.end).max().orElseThrow();
        }

        double duration() {
            return lastEnd - firstSent;
        }

        double launchSkew() {
            int slots = slots();
            return (slots == 0
                            ? lastSent
                            : IntStream.range(0, slots)
                                    .mapToDouble(slot -> wired.stream()
                                            .filter(request -> request.slot == slot)
                                            .mapToDouble(request -> request.sent)
                                            .min()
                                            .orElse(Double.NaN))
                                    .filter(nanos -> !Double.isNaN(nanos))
                                    .max()
                                    .orElse(lastSent))
                    - firstSent;
        }

        private int slots() {
            return trial.at("/load/concurrency").asInt(trial.at("/load/slots").asInt(0));
        }

        double peakInFlight() {
            return wired.stream()
                    .mapToDouble(one -> count(wired, other -> other.sent <= one.sent && other.end > one.sent))
                    .max()
                    .orElse(0);
        }

        private boolean streamed() {
            return good.stream().allMatch(request -> request.tokenEvents.length > 0);
        }

        double peakTokens() {
            if (!streamed() || duration() < SECOND) {
                return Double.NaN;
            }
            TreeMap<Double, Double> seconds = new TreeMap<>();
            for (RecomputedRequest request : good) {
                for (double at : request.tokenEvents) {
                    seconds.merge(Math.floor((at - firstSent) / SECOND), request.tokensAnEvent(), Double::sum);
                }
            }
            return seconds.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
        }

        /** From here on the load was steady; NaN where it never was. */
        private double steadyFrom() {
            if (scheduled() || staged()) {
                return filledUp(wired, request -> request.sent);
            }
            int slots = slots();
            double[] firstEnds = IntStream.range(0, slots)
                    .mapToDouble(slot -> all.stream()
                            .filter(request -> request.slot == slot)
                            .mapToDouble(request -> request.end)
                            .min()
                            .orElse(Double.NaN))
                    .toArray();
            return slots == 0 || DoubleStream.of(firstEnds).anyMatch(Double::isNaN)
                    ? Double.NaN
                    : DoubleStream.of(firstEnds).max().orElseThrow();
        }

        double steadyNanos() {
            return lastSent - steadyFrom();
        }

        boolean steady() {
            double[] e2el = values(good, RecomputedRequest::e2el);
            return !staged() && e2el.length > 0 && steadyNanos() >= SECOND && steadyNanos() >= mean(e2el);
        }

        boolean steadyTokensKnown() {
            return steady() && streamed() && !scheduled();
        }

        double steadyTokens() {
            double tokens = 0;
            for (RecomputedRequest request : good) {
                for (double at : request.tokenEvents) {
                    tokens += at >= steadyFrom() && at < lastSent ? request.tokensAnEvent() : 0;
                }
            }
            return tokens;
        }

        /** By MSER-5: how many seconds of the steady ones are cut off; NaN below a minute. */
        double onset() {
            int batches = (int) (steadyNanos() / SECOND) / 5;
            double[] tokens = new double[batches];
            for (RecomputedRequest request : good) {
                for (double at : request.tokenEvents) {
                    double batch = Math.floor((at - steadyFrom()) / SECOND / 5);
                    if (batch >= 0 && batch < batches) {
                        tokens[(int) batch] += request.tokensAnEvent();
                    }
                }
            }
            if (batches < 12) {
                return Double.NaN;
            }
            int cut = IntStream.rangeClosed(0, batches / 2)
                    .boxed()
                    .min(Comparator.comparing(number -> {
                        double[] rest = Arrays.copyOfRange(tokens, number, batches);
                        return squares(rest) / rest.length / rest.length;
                    }))
                    .orElseThrow();
            double[] rest = Arrays.copyOfRange(tokens, cut, batches);
            double off = cut == 0 ? 0 : Math.abs(mean(Arrays.copyOf(tokens, cut)) - mean(rest));
            double error = Math.sqrt(squares(rest) / rest.length * (1.0 / cut + 1.0 / rest.length));
            return off > mean(rest) / 20 && off > 5 * error ? cut * 5 : 0;
        }

        /** Of Little's law the requests in flight, times the time. */
        double held() {
            return scheduled() || inSessions()
                    ? meanBetween(wired, request -> request.sent, steadyFrom(), lastSent) * steadyNanos()
                    : slots() * steadyNanos();
        }

        private boolean inSessions() {
            return wired.stream().anyMatch(request -> request.line.has("session"));
        }

        double served() {
            return wired.stream()
                    .filter(request -> !request.clientsOwn())
                    .mapToDouble(request -> {
                        double took = request.succeeded() ? request.e2el() : request.end - request.sent;
                        double ended = request.sent + took;
                        return ended > steadyFrom() && ended <= lastSent ? took : 0;
                    })
                    .sum();
        }
    }

    /** The squared deviations from the mean, summed. */
    private static double squares(double... values) {
        double mean = mean(values);
        return DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
    }

    private static double meanBetween(
            List<RecomputedRequest> all, Function<RecomputedRequest, Double> start, double from, double to) {
        return all.stream()
                        .mapToDouble(request ->
                                Math.max(0, Math.min(to, request.end) - Math.max(from, start.apply(request))))
                        .sum()
                / (to - from);
    }

    /** What requests in flight take to fill up: p95 of the first fiftieth, no fewer than 20, half the time at the most. */
    private static double filledUp(List<RecomputedRequest> all, Function<RecomputedRequest, Double> start) {
        double first = all.stream().mapToDouble(start::apply).min().orElseThrow();
        double last = all.stream().mapToDouble(start::apply).max().orElseThrow();
        return first == last
                ? Double.NaN
                : first + Math.min(Math.ceil(percentile(earliest(all, start), 95)), Math.floor((last - first) / 2));
    }

    private static double[] earliest(List<RecomputedRequest> all, Function<RecomputedRequest, Double> start) {
        List<RecomputedRequest> inOrder =
                all.stream().sorted(Comparator.comparing(start)).toList();
        int number = Math.min(inOrder.size(), Math.max(20, inOrder.size() / 50));
        double until = start.apply(inOrder.get(number - 1));
        return inOrder.stream()
                .filter(request -> start.apply(request) <= until)
                .mapToDouble(request -> request.end - start.apply(request))
                .sorted()
                .toArray();
    }

    /** What the ends of the iterations say; null where one of these has no end, or nobody looked. */
    private Map<String, Object> held(List<RecomputedRequest> all) {
        Map<String, Object> held = new LinkedHashMap<>(Map.of("byCap", 0.0, "byRecorder", 0.0));
        for (List<RecomputedRequest> iteration : iterations(all)) {
            List<JsonNode> clients = healths.get(iteration.get(0).fork + "/" + iteration.get(0).iteration);
            if (clients == null) {
                return null;
            }
            for (JsonNode health : clients) {
                held.merge("byCap", health.path("heldByCap").asDouble(), (a, b) -> (double) a + (double) b);
                held.merge("byRecorder", health.path("heldByRecorder").asDouble(), (a, b) -> (double) a + (double) b);
            }
        }
        return held;
    }

    private Map<String, Object> arrivals(List<RecomputedRequest> all) {
        double rate =
                staged() ? meanRate() : trial.at("/load/requestsPerSecond").asDouble();
        double intervals = 0;
        double sending = 0;
        List<String> verdicts = new ArrayList<>();
        for (List<RecomputedRequest> stretch : stretches(all)) {
            double[] sent = stretch.stream()
                    .filter(request -> request.sent != null)
                    .mapToDouble(request -> request.sent)
                    .sorted()
                    .toArray();
            intervals += sent.length - 1;
            sending += sent[sent.length - 1] - sent[0];
            verdicts.add(overloaded(stretch, rate));
        }
        Map<String, Object> arrivals = new LinkedHashMap<>();
        arrivals.put("offeredRequestsPerSecond", rate);
        arrivals.put("achievedRequestsPerSecond", known(intervals * SECOND / sending));
        arrivals.put("held", held(all));
        arrivals.put("fit", fit(all));
        arrivals.put(
                "overloaded",
                staged() ? null : verdicts.contains("yes") ? "yes" : verdicts.contains("no") ? "no" : "tooShort");
        return arrivals;
    }

    private boolean staged() {
        return load.equals("stages");
    }

    private boolean open() {
        return load.equals("openLoop")
                || staged() && trial.at("/load/of").asText().equals("rate");
    }

    private double meanRate() {
        double requests = 0;
        double seconds = 0;
        for (JsonNode stage : trial.at("/load/stages")) {
            double time = stage.get("timeMs").asDouble() / 1_000;
            requests += (stage.get("from").asDouble() + stage.get("to").asDouble()) / 2 * time;
            seconds += time;
        }
        return requests / seconds;
    }

    /** The integral of the rate, by a thousand trapezes a stage. */
    private double asked(double nanos) {
        double sum = 0;
        double begin = 0;
        for (JsonNode stage : trial.at("/load/stages")) {
            double time = stage.get("timeMs").asDouble() * 1e6;
            double from = stage.get("from").asDouble();
            double slope = (stage.get("to").asDouble() - from) / time;
            double inside = Math.max(0, Math.min(time, nanos - begin));
            for (int i = 0; i < 1_000; i++) {
                double middle = inside * (i + 0.5) / 1_000;
                sum += (from + slope * middle) * inside / 1_000 / SECOND;
            }
            begin += time;
        }
        return sum;
    }

    /** Gaps times the rate that was asked for; all iterations begin at 0 here. */
    private Map<String, Object> fit(List<RecomputedRequest> all) {
        List<Double> gaps = new ArrayList<>();
        double rate = trial.at("/load/requestsPerSecond").asDouble();
        for (List<RecomputedRequest> stretch : stretches(all)) {
            double[] sent = stretch.stream()
                    .filter(request -> request.sent != null)
                    .mapToDouble(request -> request.sent)
                    .sorted()
                    .toArray();
            for (int i = 1; i < sent.length; i++) {
                gaps.add(staged() ? asked(sent[i]) - asked(sent[i - 1]) : (sent[i] - sent[i - 1]) / SECOND * rate);
            }
        }
        double[] sorted = gaps.stream().mapToDouble(gap -> gap).sorted().toArray();
        double mean = mean(sorted);
        double dispersion = Arrays.stream(sorted)
                        .map(gap -> (gap - mean) * (gap - mean))
                        .average()
                        .orElseThrow()
                / (mean * mean);
        boolean even = trial.at("/load/arrivals").asText().equals("constant");
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            double law = 1 - Math.exp(-sorted[i]);
            distance = Math.max(distance, Math.max((i + 1.0) / sorted.length - law, law - (double) i / sorted.length));
        }
        boolean off = even ? dispersion > 1.0 / 16 : distance > 0.05 && chance(distance, sorted.length) < 0.003;
        Map<String, Object> fit = new LinkedHashMap<>();
        fit.put("gaps", (double) sorted.length);
        fit.put("rateShare", 1 / mean);
        fit.put("dispersion", dispersion);
        fit.put("askedDispersion", even ? 0.0 : 1.0);
        fit.put("ksDistance", even ? null : distance);
        fit.put("asAsked", sorted.length < 50 ? "tooFew" : off ? "no" : "yes");
        return fit;
    }

    /** Kolmogorov's distribution by its series, with Stephens' correction. */
    private static double chance(double distance, int n) {
        double lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
        double sum = 0;
        for (int j = 1; j < 100; j++) {
            sum += (j % 2 == 1 ? 2 : -2) * Math.exp(-2 * j * j * lambda * lambda);
        }
        return sum;
    }

    /** What each stage came to, of iterations that ran to their end. */
    private List<Map<String, Object>> stages() {
        List<Map<String, Object>> stages = new ArrayList<>();
        double begin = 0;
        for (JsonNode stage : trial.at("/load/stages")) {
            int number = stages.size();
            double from = begin;
            double nanos = stage.get("timeMs").asDouble() * 1e6;
            double to = from + nanos;
            begin = to;
            List<RecomputedRequest> of =
                    requests.stream().filter(request -> request.stage == number).toList();
            List<RecomputedRequest> good =
                    of.stream().filter(RecomputedRequest::succeeded).toList();
            double achieved = open()
                    ? of.stream().filter(request -> request.sent != null).count() * SECOND / nanos
                    : requests.stream()
                                    .mapToDouble(request ->
                                            Math.max(0, Math.min(to, request.end) - Math.max(from, request.sent)))
                                    .sum()
                            / nanos;
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("kind", trial.at("/load/of").asText());
            told.put("asked", (stage.get("from").asDouble() + stage.get("to").asDouble()) / 2);
            told.put("achieved", achieved / iterations(requests).size());
            told.put("from", stage.get("from").asDouble());
            told.put("to", stage.get("to").asDouble());
            told.put("timeMs", stage.get("timeMs").asDouble());
            told.put("requests", outcomes(of));
            told.put("metrics", metrics(of, good));
            stages.add(told);
        }
        return stages;
    }

    private static String overloaded(List<RecomputedRequest> stretch, double rate) {
        Function<RecomputedRequest, Double> start = request -> request.scheduled;
        double from = filledUp(stretch, start);
        double to = stretch.stream().mapToDouble(start::apply).max().orElseThrow();
        if (Double.isNaN(from) || to - from < 60 * SECOND) {
            return "tooShort";
        }
        double quarter = (to - from) / 4;
        double second = meanBetween(stretch, start, from + quarter, from + 2 * quarter);
        double fourth = meanBetween(stretch, start, from + 3 * quarter, to);
        double middle = (from + to) / 2;
        double moment = stretch.stream()
                .mapToDouble(request -> {
                    double begin = Math.max(from, request.scheduled) - middle;
                    double end = Math.min(to, request.end) - middle;
                    return end > begin ? (end * end - begin * begin) / 2 : 0;
                })
                .sum();
        double slope = moment / (Math.pow(to - from, 3) / 12) * SECOND;
        if (fourth - second > second / 4 + 2 * Math.sqrt(second) && slope > 0.04 * rate) {
            return "yes";
        }
        return to - from < 20 * percentile(earliest(stretch, start), 50) ? "tooShort" : "no";
    }

    private Map<String, Object> goodput(List<RecomputedRequest> all, List<RecomputedRequest> good) {
        Map<String, Function<RecomputedRequest, Double>> limited = new LinkedHashMap<>();
        limited.put("ttftMs", RecomputedRequest::ttft);
        limited.put("tpotMs", RecomputedRequest::tpot);
        limited.put("e2elMs", RecomputedRequest::e2el);
        double met = 0;
        double missed = 0;
        double lacking = 0;
        for (RecomputedRequest request : good) {
            boolean lacks = false;
            boolean misses = false;
            for (Map.Entry<String, Function<RecomputedRequest, Double>> figure : limited.entrySet()) {
                double limit = trial.get("objective").get(figure.getKey()).asDouble();
                Double value = figure.getValue().apply(request);
                lacks |= limit > 0 && value == null;
                misses |= limit > 0 && value != null && value / MILLI > limit;
            }
            met += lacks || misses ? 0 : 1;
            missed += misses ? 1 : 0;
            lacking += lacks ? 1 : 0;
        }
        double judged = met + missed + count(all, RecomputedRequest::failed);
        double seconds = stretches(all).stream()
                        .map(Course::new)
                        .mapToDouble(Course::duration)
                        .sum()
                / SECOND;
        Map<String, Object> goodput = new LinkedHashMap<>();
        goodput.put("requests", met);
        goodput.put("judged", judged);
        goodput.put("notJudged", lacking);
        goodput.put("share", known(met / judged));
        goodput.put("requestsPerSecond", known(met / seconds));
        return goodput;
    }

    private Map<String, Object> completion(List<RecomputedRequest> all) {
        List<RecomputedRequest> longest = stretches(all).stream()
                .max(Comparator.comparingDouble(stretch -> new Course(stretch).duration()))
                .orElse(List.of());
        Map<String, Object> completion = new LinkedHashMap<>();
        completion.put("fork", longest.isEmpty() ? 0.0 : longest.get(0).fork);
        completion.put("iteration", longest.isEmpty() ? 0.0 : longest.get(0).iteration);
        Map<String, Object> done = new LinkedHashMap<>();
        if (!longest.isEmpty()) {
            double[] ends = longest.stream()
                    .mapToDouble(request -> request.end)
                    .sorted()
                    .toArray();
            double first = new Course(longest).firstSent;
            for (double p : new double[] {50, 90, 99, 100}) {
                done.put(label(p), (ends[(int) Math.ceil(ends.length * p / 100) - 1] - first) / MILLI);
            }
        }
        completion.put("doneMs", done);
        List<RecomputedRequest> slowest = all.stream()
                .filter(RecomputedRequest::succeeded)
                .sorted(Comparator.<RecomputedRequest>comparingDouble(request -> -request.e2el())
                        .thenComparing(request -> request.fork)
                        .thenComparing(request -> request.index))
                .limit(5)
                .toList();
        for (int i = 0; i < slowest.size(); i++) {
            RecomputedRequest slow = slowest.get(i);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("fork", (double) slow.fork);
            one.put("iteration", (double) slow.iteration);
            one.put("index", slow.index);
            one.put("e2elMs", slow.e2el() / MILLI);
            completion.put("slowest[" + i + "]", one);
        }
        return completion;
    }

    private Map<String, Object> metrics(List<RecomputedRequest> all, List<RecomputedRequest> good) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        latency(metrics, "ttft", all, RecomputedRequest::ttft, request -> request.sent);
        latency(metrics, "ttfvt", all, RecomputedRequest::ttfvt, null);
        latency(metrics, "tpot", all, RecomputedRequest::tpot, null);
        double[] gaps = good.stream().flatMapToDouble(RecomputedRequest::gaps).toArray();
        put(metrics, "itl", gaps, null);
        latency(metrics, "e2el", all, RecomputedRequest::e2el, request -> request.sent);
        if (scheduled()) {
            Function<RecomputedRequest, Double> wait = request -> request.sent - request.scheduled;
            latency(
                    metrics,
                    "ttftFromSchedule",
                    all,
                    plus(RecomputedRequest::ttft, wait),
                    request -> request.scheduled);
            latency(
                    metrics,
                    "e2elFromSchedule",
                    all,
                    plus(RecomputedRequest::e2el, wait),
                    request -> request.scheduled);
        }
        put(metrics, "clientDispatch", values(good, RecomputedRequest::dispatch), null);
        put(metrics, "scheduleDelay", values(good, request -> request.released - request.scheduled), null);
        return metrics;
    }

    private static Function<RecomputedRequest, Double> plus(
            Function<RecomputedRequest, Double> figure, Function<RecomputedRequest, Double> more) {
        return request -> figure.apply(request) == null ? null : figure.apply(request) + more.apply(request);
    }

    /** A metric that a failed request has an infinite one of, and one that was cut off more than its age where that is given. */
    private void latency(
            Map<String, Object> metrics,
            String name,
            List<RecomputedRequest> all,
            Function<RecomputedRequest, Double> figure,
            Function<RecomputedRequest, Double> start) {
        List<RecomputedRequest> good =
                all.stream().filter(RecomputedRequest::succeeded).toList();
        double failed = count(all, RecomputedRequest::failed);
        List<Double> known = new ArrayList<>();
        List<Double> ages = new ArrayList<>();
        if (start != null) {
            for (RecomputedRequest request : all) {
                if (request.cancelled() && start.apply(request) != null) {
                    boolean token = name.startsWith("ttft") && request.tokenEvents.length > 0;
                    double until = token ? request.tokenEvents[0] : request.end;
                    (token ? known : ages).add(until - start.apply(request));
                }
            }
        }
        double[] values = values(good, figure);
        boolean others = failed > 0 || !known.isEmpty() || !ages.isEmpty();
        double[] events = DoubleStream.concat(
                        DoubleStream.of(values), known.stream().mapToDouble(Double::doubleValue))
                .sorted()
                .toArray();
        double[] cuts = ages.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        put(metrics, name, values, others ? all(events, cuts, failed) : null);
    }

    /** Kaplan and Meier's estimate, in ranks: each value weighs 1, what was cut off gives its weight to those after it. */
    private Map<String, Object> all(double[] events, double[] cuts, double failed) {
        int total = events.length + cuts.length + (int) failed;
        double[] heldUpTo = new double[events.length];
        double survival = 1;
        for (int i = 0; i < events.length; i++) {
            int atRisk = total;
            for (int j = 0; j < i; j++) {
                atRisk--;
            }
            for (double cut : cuts) {
                atRisk -= cut < events[i] ? 1 : 0;
            }
            survival *= 1 - 1.0 / atRisk;
            heldUpTo[i] = total * (1 - survival);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        for (double p : percentiles) {
            double h = (total - 1) * p / 100;
            double low = atRank(events, heldUpTo, Math.floor(h));
            double high = h == Math.floor(h) ? low : atRank(events, heldUpTo, Math.floor(h) + 1);
            double value =
                    high == Double.POSITIVE_INFINITY || low == high ? high : low + (high - low) * (h - Math.floor(h));
            all.put(label(p) + "All", known(value / MILLI));
        }
        all.put("countAll", (double) total);
        all.put("censored", (double) cuts.length);
        double oldest = cuts.length == 0 ? Double.NaN : cuts[cuts.length - 1];
        boolean beyond = events.length == 0 || oldest >= events[events.length - 1];
        all.put("beyondAll", beyond ? known(oldest / MILLI) : null);
        return all;
    }

    private static double atRank(double[] events, double[] heldUpTo, double rank) {
        return IntStream.range(0, events.length)
                .filter(i -> heldUpTo[i] > rank + 1e-7)
                .mapToDouble(i -> events[i])
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private void put(Map<String, Object> metrics, String name, double[] values, Map<String, Object> all) {
        if (values.length == 0) {
            return;
        }
        Map<String, Object> metric = distribution(values);
        if (all != null) {
            metric.putAll(all);
        }
        metric.put("exact", true);
        int number = 0;
        for (double p : percentiles) {
            if (values.length < Math.ceil(1 / (1 - Math.max(p, 100 - p) / 100) - 1e-9)) {
                metric.put("uncarried[" + number++ + "]", label(p));
            }
        }
        metrics.put(name + "Ms", metric);
    }

    private Map<String, Object> distribution(double[] values) {
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("count", (double) values.length);
        metric.put("mean", mean(values) / MILLI);
        double mean = mean(values);
        metric.put(
                "std",
                Math.sqrt(mean(DoubleStream.of(values)
                                .map(v -> (v - mean) * (v - mean))
                                .toArray()))
                        / MILLI);
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        metric.put("min", sorted[0] / MILLI);
        metric.put("max", sorted[sorted.length - 1] / MILLI);
        percentiles.forEach(p -> metric.put(label(p), percentile(sorted, p) / MILLI));
        return metric;
    }

    private Map<String, Object> sessions(List<RecomputedRequest> all) {
        Map<String, Object> told = new LinkedHashMap<>();
        Set<String> places = new TreeSet<>();
        all.forEach(request -> places.add(request.fork + "/" + request.iteration));
        List<JsonNode> over = sessions.stream()
                .filter(line -> places.contains(line.get("fork") + "/" + line.get("iteration")))
                .toList();
        Set<String> begun = new TreeSet<>();
        all.forEach(request -> begun.add(request.fork + "/" + request.iteration + "/" + request.line.get("session")
                + "/" + request.line.path("attempt").asInt()));
        Map<String, Double> ended = new LinkedHashMap<>();
        over.forEach(line -> {
            begun.remove(line.get("fork") + "/" + line.get("iteration") + "/" + line.get("session") + "/"
                    + line.path("attempt").asInt());
            ended.merge(line.get("ended").asText(), 1.0, Double::sum);
        });
        told.put("total", over.size() + (double) begun.size());
        told.put("completed", ended.getOrDefault("completed", 0.0));
        told.put("failed", ended.getOrDefault("failed", 0.0));
        told.put("cut", ended.getOrDefault("cut", 0.0) + begun.size());
        told.put(
                "failedTurns",
                over.stream()
                        .mapToDouble(line -> line.get("failedTurns").asDouble())
                        .sum());
        told.put(
                "children",
                over.stream()
                        .mapToDouble(line -> line.get("children").asDouble())
                        .sum());
        List<JsonNode> whole = over.stream()
                .filter(line -> line.get("ended").asText().equals("completed"))
                .toList();
        if (!whole.isEmpty()) {
            told.put(
                    "requests",
                    numbers(whole.stream()
                            .mapToDouble(line -> line.get("turns").asDouble())
                            .toArray()));
            Map<String, Object> inSystem = new LinkedHashMap<>();
            put(
                    inSystem,
                    "inSystem",
                    whole.stream()
                            .mapToDouble(line -> line.get("endNanos").asDouble()
                                    - line.get("startNanos").asDouble()
                                    - line.get("thinkNanos").asDouble())
                            .toArray(),
                    null);
            told.putAll(inSystem);
        }
        return told;
    }

    private void turns(List<RecomputedRequest> all, Map<String, Object> summary) {
        TreeSet<Integer> numbers = new TreeSet<>();
        all.stream()
                .filter(request -> !request.line.has("branch"))
                .forEach(request -> numbers.add(request.line.get("turn").asInt()));
        int row = 0;
        for (int number : numbers) {
            List<RecomputedRequest> here = all.stream()
                    .filter(request -> !request.line.has("branch")
                            && request.line.get("turn").asInt() == number)
                    .toList();
            List<RecomputedRequest> good =
                    here.stream().filter(RecomputedRequest::succeeded).toList();
            Map<String, Object> turn = new LinkedHashMap<>();
            turn.put("turn", (double) number);
            turn.put("requests", (double) here.size());
            turn.put("succeeded", (double) good.size());
            Map<String, Object> metrics = new LinkedHashMap<>();
            put(metrics, "ttft", values(good, RecomputedRequest::ttft), null);
            put(metrics, "ttfvt", values(good, RecomputedRequest::ttfvt), null);
            put(metrics, "tpot", values(good, RecomputedRequest::tpot), null);
            put(metrics, "e2el", values(good, RecomputedRequest::e2el), null);
            turn.put("metrics", metrics);
            double[] prompts = good.stream()
                    .mapToDouble(RecomputedRequest::input)
                    .filter(tokens -> tokens > 0)
                    .toArray();
            if (prompts.length > 0) {
                turn.put("promptTokens", numbers(prompts));
            }
            List<RecomputedRequest> told = good.stream()
                    .filter(request -> request.usage("cachedTokens") >= 0)
                    .toList();
            turn.put(
                    "cachedShare",
                    told.isEmpty()
                            ? null
                            : told.stream()
                                            .mapToDouble(request -> request.usage("cachedTokens"))
                                            .sum()
                                    / told.stream()
                                            .mapToDouble(request -> request.usage("promptTokens"))
                                            .sum());
            summary.put("turns[" + row++ + "]", turn);
        }
    }

    private Map<String, Object> numbers(double[] values) {
        Map<String, Object> numbers = distribution(values);
        numbers.replaceAll((name, value) -> name.equals("count") ? value : (Double) value * MILLI);
        return numbers;
    }

    private Map<String, Object> tokens(List<RecomputedRequest> good) {
        Map<String, Object> tokens = new LinkedHashMap<>();
        List<RecomputedRequest> streamed =
                good.stream().filter(request -> request.tokenEvents.length > 0).toList();
        double events = streamed.stream()
                .mapToDouble(request -> request.tokenEvents.length)
                .sum();
        double came =
                streamed.stream().mapToDouble(RecomputedRequest::streamedTokens).sum();
        double[] gaps = good.stream().flatMapToDouble(RecomputedRequest::gaps).toArray();
        double coalesced = DoubleStream.of(gaps).filter(gap -> gap == 0).count();
        tokens.put("input", counted(good, RecomputedRequest::input));
        tokens.put("output", counted(good, RecomputedRequest::output));
        tokens.put("hiddenReasoningAnswers", count(good, request -> request.hidden() > 0));
        tokens.put("events", events);
        tokens.put("streamed", came);
        tokens.put("gaps", (double) gaps.length);
        tokens.put("coalescedGaps", coalesced);
        tokens.put("coalescedShare", known(coalesced / gaps.length));
        tokens.put("perEvent", known(came / events));

        double fifth = gaps.length == 0 ? 0 : mean(gaps) / 5;
        double[] longer = DoubleStream.of(gaps).filter(gap -> gap >= fifth).toArray();
        Map<String, Object> humps = new LinkedHashMap<>();
        humps.put("shortGaps", known((double) (gaps.length - longer.length) / gaps.length));
        humps.put(
                "longTime",
                known(DoubleStream.of(longer).sum() / DoubleStream.of(gaps).sum()));
        tokens.put("itlHumps", humps);
        tokens.put("inputSources", sources(good, request -> request.inputSource()));
        tokens.put(
                "outputSources",
                sources(
                        good.stream().filter(request -> request.items() == 0).toList(),
                        RecomputedRequest::outputSource));
        List<RecomputedRequest> checked =
                good.stream().filter(RecomputedRequest::lengthChecked).toList();
        tokens.put("lengthsChecked", (double) checked.size());
        tokens.put("lengthsMissed", count(checked, request -> request.output() != request.asked()));
        tokens.put(
                "requested",
                checked.stream().mapToDouble(RecomputedRequest::asked).sum());
        tokens.put(
                "received",
                checked.stream().mapToDouble(RecomputedRequest::output).sum());
        tokens.put("inputsDiffering", count(good, RecomputedRequest::inputDiffers));
        // The answers' texts are in no journal of these tests.
        tokens.put("outputsDiffering", 0.0);
        List<RecomputedRequest> told = good.stream()
                .filter(request -> request.usage("cachedTokens") >= 0)
                .toList();
        double cached = told.stream()
                .mapToDouble(request -> request.usage("cachedTokens"))
                .sum();
        tokens.put("cached", cached);
        tokens.put(
                "cachedShare",
                known(cached
                        / told.stream().mapToDouble(RecomputedRequest::input).sum()));
        List<RecomputedRequest> several = streamed.stream()
                .filter(request -> request.streamedTokens() > 1)
                .toList();
        tokens.put("notStreamed", count(several, request -> request.reads() == 1));
        tokens.put("bufferedFirstReads", count(several, RecomputedRequest::buffered));
        tokens.put("tpotBounded", count(several, RecomputedRequest::tpotIsBound));
        tokens.put(
                "withoutText",
                several.stream().mapToDouble(RecomputedRequest::heldBack).sum());
        tokens.put(
                "choices", count(good, request -> request.line.path("choices").asInt(1) > 1));
        tokens.put(
                "withoutLastEvent",
                count(good, request -> request.line.path("withoutLastEvent").asBoolean()));
        Map<String, Object> unknown = new TreeMap<>();
        for (RecomputedRequest request : good) {
            JsonNode strange = request.line.path("unknownEvents");
            for (int i = 0; i < strange.size(); i += 2) {
                unknown.merge(
                        strange.get(i).asText(),
                        strange.get(i + 1).asDouble(),
                        (one, other) -> (Double) one + (Double) other);
            }
        }
        tokens.put("unknownEvents", unknown);
        tokens.put("unknownFinishReasons", words(good, "finishReason", WORDS_THAT_END));
        tokens.put("contentTypes", words(good, "contentType", Set.of("")));
        return tokens;
    }

    /** How many requests told each word of a field, but for those that are usual. */
    private static Map<String, Object> words(List<RecomputedRequest> requests, String field, Set<String> usual) {
        Map<String, Object> words = new TreeMap<>();
        for (RecomputedRequest request : requests) {
            String word = request.line.path(field).asText("");
            if (!usual.contains(word.toLowerCase(Locale.ROOT))) {
                words.merge(word, 1.0, (one, other) -> (Double) one + (Double) other);
            }
        }
        return words;
    }

    private static Double counted(List<RecomputedRequest> good, Function<RecomputedRequest, Double> tokens) {
        double sum = good.stream().mapToDouble(tokens::apply).sum();
        return sum == 0 && !good.isEmpty() ? null : (Double) sum;
    }

    private static Map<String, Object> sources(
            List<RecomputedRequest> good, Function<RecomputedRequest, String> source) {
        Map<String, Object> sources = new LinkedHashMap<>();
        for (String name : List.of("usage", "tokenizer", "events", "none")) {
            sources.put(name, count(good, request -> source.apply(request).equals(name)));
        }
        return sources;
    }

    /** Student's t over the means of forks, or over three iterations of one. */
    private Map<String, Object> intervals() {
        Map<Integer, List<List<RecomputedRequest>>> forks = new TreeMap<>();
        for (List<RecomputedRequest> iteration : iterations(requests)) {
            if (iteration.get(0).complete) {
                forks.computeIfAbsent(iteration.get(0).fork, fork -> new ArrayList<>())
                        .add(iteration);
            }
        }
        boolean overForks = forks.size() > 1;
        if (!overForks && (forks.isEmpty() || forks.values().iterator().next().size() < 3)) {
            return null;
        }
        Map<String, Object> intervals = new LinkedHashMap<>();
        intervals.put("level", 0.95);
        intervals.put("basis", overForks ? "forks" : "iterations");
        intervals.put("count", (double)
                (overForks ? forks.size() : forks.values().iterator().next().size()));
        Map<String, Object> figures = new LinkedHashMap<>();
        for (String metric : List.of(
                "ttft",
                "ttfvt",
                "tpot",
                "itl",
                "e2el",
                "ttftFromSchedule",
                "e2elFromSchedule",
                "clientDispatch",
                "scheduleDelay")) {
            Stream.concat(Stream.of("mean"), percentilesShown())
                    .forEach(statistic -> interval(figures, forks, overForks, "metrics." + metric + "Ms." + statistic));
        }
        for (String rate : List.of("requests", "items", "inputTokens", "outputTokens", "totalTokens")) {
            interval(figures, forks, overForks, "throughput." + rate + "PerSecond");
        }
        interval(figures, forks, overForks, "throughput.steadyOutputTokensPerSecond");
        interval(figures, forks, overForks, "throughput.peakOutputTokensPerSecond");
        interval(figures, forks, overForks, "goodput.requestsPerSecond", "throughput.goodRequestsPerSecond");
        share(figures, forks, overForks, "goodput", "goodput.share", "goodput.judged");
        share(figures, forks, overForks, "failures", "requests.failed", "requests.total");
        intervals.putAll(figures);
        return intervals;
    }

    private Stream<String> percentilesShown() {
        List<String> labels = new ArrayList<>();
        run.get("percentiles").forEach(p -> labels.add(label(p.asDouble())));
        return labels.stream();
    }

    private void interval(
            Map<String, Object> into,
            Map<Integer, List<List<RecomputedRequest>>> forks,
            boolean overForks,
            String path) {
        interval(into, forks, overForks, path, path);
    }

    private void interval(
            Map<String, Object> into,
            Map<Integer, List<List<RecomputedRequest>>> forks,
            boolean overForks,
            String path,
            String name) {
        List<double[]> values = values(forks, path);
        boolean log = path.matches(".*\\.p[0-9.]+")
                && values.stream().flatMapToDouble(DoubleStream::of).allMatch(value -> value > 0);
        interval(
                        values.stream()
                                .map(known -> log
                                        ? DoubleStream.of(known).map(Math::log).toArray()
                                        : known)
                                .toList(),
                        overForks)
                .ifPresent(of -> put(
                        into,
                        name,
                        log ? DoubleStream.of(of).map(Math::exp).toArray() : of,
                        log ? "log" : "linear",
                        count(values, overForks)));
    }

    private List<double[]> values(Map<Integer, List<List<RecomputedRequest>>> forks, String path) {
        return forks.values().stream()
                .map(iterations -> iterations.stream()
                        .map(iteration -> flat(summary(iteration)).get(path))
                        .filter(Double.class::isInstance)
                        .mapToDouble(Double.class::cast)
                        .toArray())
                .filter(known -> known.length > 0)
                .toList();
    }

    private static int count(List<double[]> values, boolean overForks) {
        return overForks ? values.size() : values.get(0).length;
    }

    private static void put(Map<String, Object> into, String name, double[] of, String scale, int count) {
        into.put(name + ".center", of[0]);
        into.put(name + ".low", of[1]);
        into.put(name + ".high", of[2]);
        into.put(name + ".scale", scale);
        into.put(name + ".count", (double) count);
    }

    /** Center, low and high of the mean, by Student's t; of fewer than ten iterations, as all here are. */
    private static Optional<double[]> interval(List<double[]> values, boolean overForks) {
        double[] of = overForks
                ? values.stream().mapToDouble(Recomputation::mean).toArray()
                : values.isEmpty() ? new double[0] : values.get(0);
        if (of.length < (overForks ? 2 : 3)) {
            return Optional.empty();
        }
        double mean = mean(of);
        double variance = DoubleStream.of(of).map(v -> (v - mean) * (v - mean)).sum() / (of.length - 1);
        double half =
                TDistribution.of(of.length - 1.0).inverseCumulativeProbability(0.975) * Math.sqrt(variance / of.length);
        return Optional.of(new double[] {mean, mean - half, mean + half});
    }

    /** That of a share, no narrower than Agresti and Coull's of so many requests. */
    private void share(
            Map<String, Object> into,
            Map<Integer, List<List<RecomputedRequest>>> forks,
            boolean overForks,
            String name,
            String part,
            String whole) {
        List<double[]> wholes = values(forks, whole);
        List<double[]> shares = new ArrayList<>(values(forks, part));
        for (int fork = 0; part.equals("requests.failed") && fork < shares.size(); fork++) {
            double[] failed = shares.get(fork);
            double[] total = wholes.get(fork);
            shares.set(
                    fork,
                    IntStream.range(0, failed.length)
                            .mapToDouble(i -> failed[i] / total[i])
                            .toArray());
        }
        double n = wholes.stream().flatMapToDouble(DoubleStream::of).sum();
        interval(shares, overForks).ifPresent(of -> {
            double share = (of[0] * n + 2) / (n + 4);
            double half = 1.959964 * Math.sqrt(share * (1 - share) / (n + 4));
            double[] wide = {
                of[0], Math.max(0, Math.min(of[1], share - half)), Math.min(1, Math.max(of[2], share + half))
            };
            put(into, "shares." + name, wide, "linear", count(shares, overForks));
        });
    }

    /** The client's times less the endpoint's own, where the endpoint stamps what it sends. */
    private Map<String, Object> overhead() {
        List<Double> ttft = new ArrayList<>();
        List<Double> tpot = new ArrayList<>();
        List<Double> itl = new ArrayList<>();
        List<Double> e2el = new ArrayList<>();
        for (RecomputedRequest request : requests) {
            if (request.succeeded() && request.stamped) {
                Double[] late = request.late();
                add(ttft, late[0]);
                add(e2el, late[late.length - 1]);
                for (int i = 1; i < late.length; i++) {
                    add(itl, late[i] == null || late[i - 1] == null ? null : late[i] - late[i - 1]);
                }
                boolean whole = late[0] != null && late[late.length - 1] != null && request.tpot() != null;
                add(tpot, whole ? (late[late.length - 1] - late[0]) / request.further() : null);
            }
        }
        Map<String, Object> overhead = new LinkedHashMap<>();
        Map.of("ttftMs", ttft, "tpotMs", tpot, "itlMs", itl, "e2elMs", e2el).forEach((name, values) -> {
            if (!values.isEmpty()) {
                overhead.put(
                        name,
                        distribution(
                                values.stream().mapToDouble(Double::doubleValue).toArray()));
            }
        });
        return overhead;
    }

    private static void add(List<Double> values, Double value) {
        if (value != null) {
            values.add(value);
        }
    }

    private static double count(List<RecomputedRequest> all, Predicate<RecomputedRequest> which) {
        return all.stream().filter(which).count();
    }

    private static double[] values(List<RecomputedRequest> of, Function<RecomputedRequest, Double> figure) {
        return of.stream()
                .map(figure)
                .filter(value -> value != null)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double mean(double... values) {
        return DoubleStream.of(values).sum() / values.length;
    }

    /** numpy's linear one. */
    private static double percentile(double[] values, double p) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        double h = (sorted.length - 1) * p / 100;
        int below = (int) Math.floor(h);
        return h == below ? sorted[below] : sorted[below] + (sorted[below + 1] - sorted[below]) * (h - below);
    }

    private static String label(double p) {
        return "p" + (p == Math.rint(p) ? Long.toString((long) p) : Double.toString(p));
    }

    private static Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** Every leaf by its path. */
    static Map<String, Object> flat(Map<String, Object> tree) {
        Map<String, Object> flat = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            if (value instanceof Map<?, ?> branch) {
                branch.forEach((key, leaf) -> flat.putAll(flat(Map.of(name + "." + key, orNull(leaf)))));
            } else {
                flat.put(name, value);
            }
        });
        flat.replaceAll((path, value) -> value == NULL ? null : value);
        return flat;
    }

    private static final Object NULL = new Object();

    private static Object orNull(Object value) {
        return value == null ? NULL : value;
    }
}
