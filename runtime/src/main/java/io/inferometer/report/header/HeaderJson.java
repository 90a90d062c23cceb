package io.inferometer.report.header;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.plan.CacheMarker;
import io.inferometer.plan.Plan;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Trial;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Answers;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Forks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Headers as JSON and back: in the journal's first line, and in the native result. Keys carry units. */
public final class HeaderJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private HeaderJson() {}

    static Map<String, Object> map(RunHeader header) {
        ObjectNode node = run(header);
        ArrayNode trials = node.putArray("trials");
        header.trials().forEach(trial -> trials.add(trial(trial)));
        return MAPPER.convertValue(node, MAP);
    }

    static RunHeader header(Map<String, Object> map) {
        JsonNode node = MAPPER.valueToTree(map);
        List<TrialHeader> trials = new ArrayList<>();
        node.required("trials").forEach(trial -> trials.add(trial(trial)));
        return new RunHeader(
                new RunHeader.Runner(
                        node.required("version").asText(),
                        // Journals of before it was told are of the first.
                        node.path("definitions").asInt(1),
                        node.required("jdk").asText(),
                        node.required("jdkFeature").asInt(),
                        node.required("os").asText(),
                        node.required("cpus").asInt(),
                        crew(node.path("members"))),
                Instant.parse(node.required("startedAt").asText()),
                clock(node.path("clock")),
                client(node),
                JudgedJson.of(node),
                percentiles(node.path("percentiles")),
                ScheduleJson.duration(node.path("pauseMs")),
                node.required("journal").asText(),
                texts(node.path("notes")),
                settings(node.path("settings")),
                trials);
    }

    /** Journals of before they could be chosen have none. */
    private static List<Double> percentiles(JsonNode node) {
        List<Double> percentiles = new ArrayList<>();
        node.forEach(p -> percentiles.add(p.asDouble()));
        return percentiles.isEmpty() ? Plan.PERCENTILES : percentiles;
    }

    /**
     * {@return the header without its trials}
     *
     * @param header of a run
     */
    public static ObjectNode run(RunHeader header) {
        RunHeader.Runner runner = header.runner();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("version", runner.version())
                .put("definitions", runner.definitions())
                .put("jdk", runner.jdk())
                .put("jdkFeature", runner.jdkFeature())
                .put("os", runner.os())
                .put("cpus", runner.cpus());
        runner.crew().ifPresent(crew -> node.set("members", crew(crew)));
        node.put("startedAt", header.startedAt().toString());
        node.set("clock", clock(header.clock()));
        node.put("simulated", header.simulated());
        client(header.client(), node);
        JudgedJson.add(header.judged(), node);
        ArrayNode percentiles = node.putArray("percentiles");
        header.percentiles().forEach(percentiles::add);
        node.put("pauseMs", ScheduleJson.millis(header.pause())).put("journal", header.journal());
        if (!header.notes().isEmpty()) {
            ArrayNode notes = node.putArray("notes");
            header.notes().forEach(notes::add);
        }
        if (!header.settings().isEmpty()) {
            ArrayNode settings = node.putArray("settings");
            header.settings()
                    .forEach(setting -> settings.addObject()
                            .put("name", setting.name())
                            .put("value", setting.value())
                            .put("from", setting.from()));
        }
        return node;
    }

    private static ObjectNode crew(RunCrew crew) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("count", crew.count()).put("oneMachine", crew.oneMachine());
        ArrayNode names = node.putArray("names");
        crew.names().forEach(names::add);
        crew.own().ifPresent(own -> node.put("own", own));
        return node;
    }

    private static Optional<RunCrew> crew(JsonNode node) {
        return node.isMissingNode()
                ? Optional.empty()
                : Optional.of(new RunCrew(
                        node.required("count").asInt(),
                        node.path("oneMachine").asBoolean(),
                        texts(node.path("names")),
                        node.has("own") ? OptionalInt.of(node.get("own").asInt()) : OptionalInt.empty()));
    }

    private static void client(RunHeader.Client client, ObjectNode node) {
        node.put("clientWarmup", client.warmup())
                .put("calibrate", client.calibrate())
                .put("transport", client.transport())
                .put("insecure", client.insecure());
        if (!client.transportReason().isEmpty()) {
            node.put("transportReason", client.transportReason());
        }
    }

    private static RunHeader.Client client(JsonNode node) {
        return new RunHeader.Client(
                node.required("clientWarmup").asBoolean(),
                node.path("calibrate").asText(""),
                node.path("transport").asText("jdk"),
                node.path("transportReason").asText(""),
                node.path("insecure").asBoolean());
    }

    private static JsonNode clock(RunClock clock) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("bootId", clock.bootId());
        return node.put("wallNanos", boxed(clock.wallNanos())).put("nanoTime", boxed(clock.nanoTime()));
    }

    private static Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }

    private static RunClock clock(JsonNode node) {
        return new RunClock(
                node.path("bootId").asText(""), optional(node.path("wallNanos")), optional(node.path("nanoTime")));
    }

    private static OptionalLong optional(JsonNode node) {
        return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    private static List<SettingSource> settings(JsonNode array) {
        List<SettingSource> settings = new ArrayList<>();
        array.forEach(setting -> settings.add(new SettingSource(
                setting.required("name").asText(),
                setting.required("value").asText(),
                setting.required("from").asText())));
        return settings;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /**
     * {@return what is known of a trial beforehand}
     *
     * @param trial one of the run's
     */
    public static ObjectNode trial(TrialHeader trial) {
        TrialHeader.EveryRequest requests = trial.everyRequest();
        Trial.Figures figures = trial.figures();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("index", trial.index())
                .put("fork", trial.fork())
                .put("workload", trial.work().name())
                .put("workloadClass", trial.work().className())
                .put("description", trial.work().description());
        ObjectNode params = node.putObject("params");
        trial.params().forEach(params::put);
        node.set("load", ScheduleJson.load(trial.load()));
        if (!trial.schedule().warmupLoad().equals(trial.load())) {
            node.set("warmupLoad", ScheduleJson.load(trial.schedule().warmupLoad()));
        }
        node.set("warmup", ScheduleJson.iterations(trial.schedule().warmup()));
        node.set("measurement", ScheduleJson.iterations(trial.schedule().measurement()));
        trial.schedule().until().ifPresent(until -> node.set("until", ScheduleJson.until(until)));
        trial.schedule().sessions().ifPresent(sessions -> node.set("sessions", ScheduleJson.sessions(sessions)));
        node.put("endpoint", trial.endpoint().url())
                .put("simulated", trial.endpoint().simulated())
                .put("apiKeyEnv", trial.endpoint().apiKeyEnv())
                .put("apiKeySet", trial.endpoint().apiKeySet())
                .put(
                        "protocol",
                        trial.endpoint().protocol().map(HeaderJson::word).orElse(null))
                .put("model", requests.model())
                .put("tokenizer", figures.tokenizer())
                .put("timeoutMs", ScheduleJson.millis(requests.timeout()));
        node.set("objective", objective(figures.objective()));
        node.put("streaming", requests.streaming().orElse(null)).put("extraBody", requests.extraBody());
        if (!requests.lengthField().isEmpty()) {
            node.put("lengthField", requests.lengthField());
        }
        ArrayNode headers = node.putArray("headerNames");
        requests.headerNames().forEach(headers::add);
        node.put("gpus", figures.gpus() == 0 ? null : figures.gpus());
        if (!figures.serverMetrics().isEmpty()) {
            ArrayNode pages = node.putArray("serverMetrics");
            figures.serverMetrics().forEach(pages::add);
        }
        ObjectNode forks = node.putObject("forks")
                .put("count", trial.forks().count())
                .put("jvm", trial.forks().jvm());
        ArrayNode options = forks.putArray("jvmArgs");
        trial.forks().jvmArgs().forEach(options::add);
        node.put("seed", trial.drawing().seed());
        if (trial.drawing().samePrompts()) {
            node.put("samePrompts", true);
        }
        if (trial.drawing().marker().on()) {
            node.put("cacheMarker", Format.word(trial.drawing().marker().scope()))
                    .put("markedPrompts", trial.drawing().marker().all() ? "all" : "madeUp");
        }
        trial.drawing().files().timeUnit().ifPresent(unit -> node.put("timeUnit", FileReading.word(unit)));
        if (trial.drawing().files().skipBadLines()) {
            node.put("skipBadLines", true);
        }
        trial.drawing()
                .files()
                .answers()
                .ifPresent(answers -> node.put("answers", answers.name().toLowerCase(Locale.ROOT)));
        if (trial.drawing().files().steadyStart()) {
            node.put("steadyStart", true);
        }
        trial.side().ifPresent(side -> {
            node.put("side", side.letter().label());
            client(side.client(), node.putObject("client"));
        });
        return node;
    }

    static Map<String, Object> map(TrialHeader trial) {
        return MAPPER.convertValue(trial(trial), MAP);
    }

    static TrialHeader trial(Map<String, Object> map) {
        JsonNode node = MAPPER.valueToTree(map);
        return trial(node);
    }

    private static TrialHeader trial(JsonNode node) {
        Map<String, String> params = new LinkedHashMap<>();
        node.required("params")
                .properties()
                .forEach(e -> params.put(e.getKey(), e.getValue().asText()));
        List<String> headers = new ArrayList<>();
        node.required("headerNames").forEach(name -> headers.add(name.asText()));
        JsonNode streaming = node.required("streaming");
        return new TrialHeader(
                node.required("index").asInt(),
                node.required("fork").asInt(),
                new TrialHeader.Work(
                        node.required("workload").asText(),
                        node.required("workloadClass").asText(),
                        node.required("description").asText(),
                        params),
                new Trial.Schedule(
                        ScheduleJson.load(node.required("load")),
                        ScheduleJson.iterations(node.required("warmup")),
                        ScheduleJson.iterations(node.required("measurement")),
                        ScheduleJson.until(node.path("until")),
                        node.has("sessions")
                                ? Optional.of(ScheduleJson.sessions(node.get("sessions")))
                                : Optional.empty(),
                        ScheduleJson.load(node.has("warmupLoad") ? node.get("warmupLoad") : node.required("load"))),
                new TrialHeader.Endpoint(
                        node.required("endpoint").asText(),
                        node.required("simulated").asBoolean(),
                        node.required("apiKeyEnv").asText(),
                        // Journals from before it was told may well have had one.
                        node.path("apiKeySet").asBoolean(true),
                        protocol(node)),
                new TrialHeader.EveryRequest(
                        node.required("model").asText(),
                        streaming.isNull() ? Optional.empty() : Optional.of(streaming.asBoolean()),
                        node.path("lengthField").asText(""),
                        node.required("extraBody").asText(),
                        headers,
                        ScheduleJson.duration(node.required("timeoutMs"))),
                new Trial.Figures(
                        node.required("tokenizer").asText(),
                        objective(node.required("objective")),
                        node.path("gpus").asInt(0),
                        texts(node.path("serverMetrics"))),
                forks(node.path("forks")),
                new Trial.Drawing(
                        node.required("seed").asLong(),
                        node.path("samePrompts").asBoolean(),
                        new FileReading(
                                FileReading.unit(node.path("timeUnit").asText()),
                                node.path("skipBadLines").asBoolean(),
                                answers(node.path("answers").asText()),
                                node.path("steadyStart").asBoolean()),
                        marker(node)),
                side(node));
    }

    private static Optional<Answers> answers(String name) {
        return Arrays.stream(Answers.values())
                .filter(answers -> answers.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** What it is drawn from is not kept. */
    private static CacheMarker marker(JsonNode node) {
        return Arrays.stream(CacheMarker.Scope.values())
                .filter(scope ->
                        Format.word(scope).equals(node.path("cacheMarker").asText("none")))
                .findFirst()
                .map(scope -> new CacheMarker(
                        scope, node.path("markedPrompts").asText().equals("all"), 0))
                .orElse(CacheMarker.NONE);
    }

    private static Optional<TrialHeader.Side> side(JsonNode node) {
        String label = node.path("side").asText("");
        return Arrays.stream(Trial.Letter.values())
                .filter(letter -> letter.label().equals(label))
                .findFirst()
                .map(letter -> new TrialHeader.Side(letter, client(node.required("client"))));
    }

    private static String word(Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    /** Of a journal from before there were others, chat. */
    private static Optional<Protocol> protocol(JsonNode node) {
        return !node.has("protocol")
                ? Optional.of(Protocol.CHAT)
                : Arrays.stream(Protocol.values())
                        .filter(protocol ->
                                word(protocol).equals(node.path("protocol").asText()))
                        .findFirst();
    }

    /** Of a journal from before there were forks, none. */
    private static Forks forks(JsonNode node) {
        List<String> options = new ArrayList<>();
        node.path("jvmArgs").forEach(option -> options.add(option.asText()));
        return new Forks(node.path("count").asInt(0), node.path("jvm").asText(""), options);
    }

    private static JsonNode objective(Optional<Objective> objective) {
        return objective
                .<JsonNode>map(o -> JsonNodeFactory.instance
                        .objectNode()
                        .put("ttftMs", limit(o.ttftMillis()))
                        .put("tpotMs", limit(o.tpotMillis()))
                        .put("e2elMs", limit(o.e2elMillis())))
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    /** A limit that was not given is null; in older journals it is 0, as which null is read. */
    private static Double limit(double millis) {
        return millis > 0 ? millis : null;
    }

    private static Optional<Objective> objective(JsonNode node) {
        return node.isNull()
                ? Optional.empty()
                : Optional.of(new Objective(
                        node.required("ttftMs").asDouble(),
                        node.required("tpotMs").asDouble(),
                        node.required("e2elMs").asDouble()));
    }
}
