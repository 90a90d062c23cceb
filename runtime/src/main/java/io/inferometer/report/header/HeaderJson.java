package io.inferometer.report.header;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.plan.Plan;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
                node.required("version").asText(),
                node.required("jdk").asText(),
                node.required("jdkFeature").asInt(),
                node.required("os").asText(),
                node.required("cpus").asInt(),
                Instant.parse(node.required("startedAt").asText()),
                node.required("clientWarmup").asBoolean(),
                node.path("calibrate").asText(""),
                node.path("transport").asText("jdk"),
                node.path("insecure").asBoolean(),
                node.required("maxFailures").asDouble(),
                percentiles(node.path("percentiles")),
                duration(node.path("pauseMs")),
                node.required("journal").asText(),
                trials);
    }

    /** Journals of before they could be chosen have none. */
    private static List<Double> percentiles(JsonNode node) {
        List<Double> percentiles = new ArrayList<>();
        node.forEach(p -> percentiles.add(p.asDouble()));
        return percentiles.isEmpty() ? Plan.PERCENTILES : percentiles;
    }

    /** The header without its trials. */
    public static ObjectNode run(RunHeader header) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("version", header.version())
                .put("jdk", header.jdk())
                .put("jdkFeature", header.jdkFeature())
                .put("os", header.os())
                .put("cpus", header.cpus())
                .put("startedAt", header.startedAt().toString())
                .put("simulated", header.simulated())
                .put("clientWarmup", header.clientWarmup())
                .put("calibrate", header.calibrate())
                .put("transport", header.transport())
                .put("insecure", header.insecure())
                .put("maxFailures", header.maxFailures());
        ArrayNode percentiles = node.putArray("percentiles");
        header.percentiles().forEach(percentiles::add);
        return node.put("pauseMs", header.pause().toNanos() / 1e6).put("journal", header.journal());
    }

    public static ObjectNode trial(TrialHeader trial) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("index", trial.index())
                .put("fork", trial.fork())
                .put("workload", trial.workload())
                .put("workloadClass", trial.workloadClass())
                .put("description", trial.description());
        ObjectNode params = node.putObject("params");
        trial.params().forEach(params::put);
        node.set("load", load(trial.load()));
        node.set("warmup", iterations(trial.warmup()));
        node.set("measurement", iterations(trial.measurement()));
        node.put("endpoint", trial.endpoint())
                .put("simulated", trial.simulated())
                .put("apiKeyEnv", trial.apiKeyEnv())
                .put("apiKeySet", trial.apiKeySet())
                .put("model", trial.model())
                .put("tokenizer", trial.tokenizer())
                .put("timeoutMs", trial.timeout().toNanos() / 1e6);
        node.set("objective", objective(trial.objective()));
        node.put("streaming", trial.streaming().orElse(null)).put("extraBody", trial.extraBody());
        ArrayNode headers = node.putArray("headerNames");
        trial.headerNames().forEach(headers::add);
        node.put("gpus", trial.gpus() == 0 ? null : trial.gpus());
        ObjectNode forks = node.putObject("forks")
                .put("count", trial.forks().count())
                .put("jvm", trial.forks().jvm());
        ArrayNode options = forks.putArray("jvmArgs");
        trial.forks().jvmArgs().forEach(options::add);
        node.put("seed", trial.seed());
        return trial.samePrompts() ? node.put("samePrompts", true) : node;
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
                node.required("workload").asText(),
                node.required("workloadClass").asText(),
                node.required("description").asText(),
                params,
                load(node.required("load")),
                iterations(node.required("warmup")),
                iterations(node.required("measurement")),
                node.required("endpoint").asText(),
                node.required("simulated").asBoolean(),
                node.required("apiKeyEnv").asText(),
                // Journals from before it was told may well have had one.
                node.path("apiKeySet").asBoolean(true),
                node.required("model").asText(),
                node.required("tokenizer").asText(),
                duration(node.required("timeoutMs")),
                objective(node.required("objective")),
                streaming.isNull() ? Optional.empty() : Optional.of(streaming.asBoolean()),
                node.required("extraBody").asText(),
                headers,
                node.path("gpus").asInt(0),
                forks(node.path("forks")),
                node.required("seed").asLong(),
                node.path("samePrompts").asBoolean());
    }

    /** Of a journal from before there were forks, none. */
    private static Forks forks(JsonNode node) {
        List<String> options = new ArrayList<>();
        node.path("jvmArgs").forEach(option -> options.add(option.asText()));
        return new Forks(node.path("count").asInt(0), node.path("jvm").asText(""), options);
    }

    private static ObjectNode load(Load load) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (load instanceof Load.Closed closed) {
            return node.put("kind", "closedLoop").put("concurrency", closed.concurrency());
        }
        if (load instanceof Load.Open open) {
            return node.put("kind", "openLoop")
                    .put("requestsPerSecond", open.rate())
                    .put("arrivals", open.arrivals().name().toLowerCase(Locale.ROOT));
        }
        node.put("kind", "allAtOnce");
        if (load instanceof Load.AtOnce atOnce) {
            if (atOnce.slots() != Load.AtOnce.ALL) {
                node.put("slots", atOnce.slots());
            }
            if (atOnce.slotsPerSecond() != Load.AtOnce.INSTANT) {
                node.put("slotsPerSecond", atOnce.slotsPerSecond());
            }
        }
        return node;
    }

    private static Load load(JsonNode node) {
        String kind = node.required("kind").asText();
        return switch (kind) {
            case "closedLoop" -> new Load.Closed(node.required("concurrency").asInt());
            case "openLoop" ->
                new Load.Open(
                        node.required("requestsPerSecond").asDouble(),
                        Arrivals.valueOf(node.required("arrivals").asText().toUpperCase(Locale.ROOT)));
            case "allAtOnce" ->
                new Load.AtOnce(
                        node.path("slots").asInt(Load.AtOnce.ALL),
                        node.path("slotsPerSecond").asDouble(Load.AtOnce.INSTANT));
            default -> throw new IllegalArgumentException("no such load: " + kind);
        };
    }

    private static ObjectNode iterations(Iterations iterations) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("iterations", iterations.count());
        Extent extent = iterations.extent();
        if (extent instanceof Extent.Requests requests) {
            node.put("requests", requests.count());
        } else if (extent instanceof Extent.RequestsPerSlot perSlot) {
            node.put("requestsPerSlot", perSlot.count());
        } else if (extent instanceof Extent.Time time) {
            node.put("timeMs", time.duration().toNanos() / 1e6);
        }
        return node;
    }

    private static Iterations iterations(JsonNode node) {
        int count = node.required("iterations").asInt();
        if (node.has("requests")) {
            return Iterations.ofRequests(count, node.get("requests").asLong());
        }
        if (node.has("requestsPerSlot")) {
            return Iterations.ofRequestsPerSlot(
                    count, node.get("requestsPerSlot").asInt());
        }
        return node.has("timeMs")
                ? Iterations.ofTime(count, duration(node.get("timeMs")))
                : new Iterations(count, null);
    }

    private static JsonNode objective(Optional<Objective> objective) {
        return objective
                .<JsonNode>map(o -> JsonNodeFactory.instance
                        .objectNode()
                        .put("ttftMs", o.ttftMillis())
                        .put("tpotMs", o.tpotMillis())
                        .put("e2elMs", o.e2elMillis()))
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    private static Optional<Objective> objective(JsonNode node) {
        return node.isNull()
                ? Optional.empty()
                : Optional.of(new Objective(
                        node.required("ttftMs").asDouble(),
                        node.required("tpotMs").asDouble(),
                        node.required("e2elMs").asDouble()));
    }

    private static Duration duration(JsonNode millis) {
        return Duration.ofNanos(Math.round(millis.asDouble() * 1e6));
    }
}
