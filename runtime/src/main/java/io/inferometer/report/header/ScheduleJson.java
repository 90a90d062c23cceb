package io.inferometer.report.header;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Arrivals;
import io.inferometer.judge.Figure;
import io.inferometer.judge.precision.Goal;
import io.inferometer.judge.precision.Until;
import io.inferometer.plan.Trial;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import io.inferometer.workload.binding.Iterations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Loads and extents as JSON and back. */
final class ScheduleJson {
    private ScheduleJson() {}

    static ObjectNode load(Load load) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (load instanceof Load.Closed closed) {
            node.put("kind", "closedLoop").put("concurrency", closed.concurrency());
            return closed.together() ? node : node.put("staggerMs", millis(closed.stagger()));
        }
        if (load instanceof Load.Open open) {
            node.put("kind", "openLoop")
                    .put("requestsPerSecond", open.rate())
                    .put("arrivals", Format.word(open.arrivals()));
            if (open.arrivals() == Arrivals.GAMMA) {
                node.put("burstiness", open.burstiness());
            }
            open.ramp()
                    .ifPresent(ramp -> node.putObject("rampUp")
                            .put("strategy", Format.word(ramp.strategy()))
                            .put("startPerSecond", ramp.startPerSecond())
                            .put("endPerSecond", ramp.endPerSecond()));
            return open.capped() ? node.put("mostInFlight", open.mostInFlight()) : node;
        }
        if (load instanceof Load.Replay replay) {
            node.put("kind", "replay").put("speed", replay.speed());
            replay.maxIdle().ifPresent(gap -> node.put("maxIdleMs", millis(gap)));
            return node;
        }
        if (load instanceof StagedLoad staged) {
            return staged(node, staged);
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

    static Load load(JsonNode node) {
        String kind = node.required("kind").asText();
        return switch (kind) {
            case "closedLoop" ->
                new Load.Closed(
                        node.required("concurrency").asInt(),
                        node.has("staggerMs") ? duration(node.get("staggerMs")) : Duration.ZERO);
            case "openLoop" ->
                new Load.Open(
                        node.required("requestsPerSecond").asDouble(),
                        constant(Arrivals.class, node.required("arrivals")),
                        node.path("burstiness").asDouble(1),
                        node.path("mostInFlight").asInt(Load.Open.ANY),
                        node.has("rampUp") ? Optional.of(ramp(node.get("rampUp"))) : Optional.empty());
            case "replay" ->
                new Load.Replay(
                        node.required("speed").asDouble(),
                        node.has("maxIdleMs") ? Optional.of(duration(node.get("maxIdleMs"))) : Optional.empty());
            case "allAtOnce" ->
                new Load.AtOnce(
                        node.path("slots").asInt(Load.AtOnce.ALL),
                        node.path("slotsPerSecond").asDouble(Load.AtOnce.INSTANT));
            case "stages" -> staged(node);
            default -> throw new IllegalArgumentException("no such load: " + kind);
        };
    }

    private static ObjectNode staged(ObjectNode node, StagedLoad load) {
        node.put("kind", "stages").put("of", Format.word(load.kind()));
        if (load.kind() == StagedLoad.Kind.RATE) {
            node.put("arrivals", Format.word(load.arrivals()));
        }
        if (load.arrivals() == Arrivals.GAMMA) {
            node.put("burstiness", load.burstiness());
        }
        load.cap().ifPresent(most -> node.put("mostInFlight", most));
        ArrayNode stages = node.putArray("stages");
        load.stages()
                .forEach(stage -> stages.addObject()
                        .put("from", stage.from())
                        .put("to", stage.to())
                        .put("timeMs", millis(stage.time())));
        return node;
    }

    private static StagedLoad staged(JsonNode node) {
        List<StagedLoad.Stage> stages = new ArrayList<>();
        node.required("stages")
                .forEach(stage -> stages.add(new StagedLoad.Stage(
                        stage.required("from").asDouble(),
                        stage.required("to").asDouble(),
                        duration(stage.required("timeMs")))));
        return new StagedLoad(
                constant(StagedLoad.Kind.class, node.required("of")),
                stages,
                node.has("arrivals") ? constant(Arrivals.class, node.get("arrivals")) : Arrivals.POISSON,
                node.path("burstiness").asDouble(1),
                node.path("mostInFlight").asInt(Load.Open.ANY));
    }

    private static Load.Ramp ramp(JsonNode node) {
        return new Load.Ramp(
                constant(Load.Ramp.Strategy.class, node.required("strategy")),
                node.required("startPerSecond").asDouble(),
                node.required("endPerSecond").asDouble());
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word) {
        return Enum.valueOf(type, word.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static ObjectNode sessions(Trial.Sessions sessions) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mostTurns", sessions.mostTurns())
                .put("onFailedTurn", Format.word(sessions.onFailedTurn()));
    }

    static Trial.Sessions sessions(JsonNode node) {
        return new Trial.Sessions(
                node.required("mostTurns").asInt(), constant(Trial.OnFailedTurn.class, node.required("onFailedTurn")));
    }

    static ObjectNode iterations(Iterations iterations) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("iterations", iterations.count());
        Extent extent = iterations.extent();
        if (extent instanceof Extent.Requests requests) {
            node.put("requests", requests.count());
        } else if (extent instanceof Extent.RequestsPerSlot perSlot) {
            node.put("requestsPerSlot", perSlot.count());
        } else if (extent instanceof Extent.Sessions sessions) {
            node.put("sessions", sessions.count());
        } else if (extent instanceof Extent.Time time) {
            node.put("timeMs", millis(time.duration()));
        }
        return node;
    }

    static Iterations iterations(JsonNode node) {
        int count = node.required("iterations").asInt();
        if (node.has("requests")) {
            return Iterations.ofRequests(count, node.get("requests").asLong());
        }
        if (node.has("requestsPerSlot")) {
            return Iterations.ofRequestsPerSlot(
                    count, node.get("requestsPerSlot").asInt());
        }
        if (node.has("sessions")) {
            return Iterations.ofSessions(count, node.get("sessions").asLong());
        }
        return node.has("timeMs")
                ? Iterations.ofTime(count, duration(node.get("timeMs")))
                : new Iterations(count, null);
    }

    /** The share that each figure's half width may be. */
    static ObjectNode until(Until until) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode within = node.putObject("within");
        until.goals().forEach(goal -> within.put(goal.figure().name(), goal.within()));
        return node.put("atMostMs", millis(until.atMost()));
    }

    static Optional<Until> until(JsonNode node) {
        List<Goal> goals = new ArrayList<>();
        node.path("within")
                .properties()
                .forEach(goal -> goals.add(
                        new Goal(Figure.of(goal.getKey()), goal.getValue().asDouble())));
        return goals.isEmpty() ? Optional.empty() : Optional.of(new Until(goals, duration(node.required("atMostMs"))));
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static Duration duration(JsonNode millis) {
        return Duration.ofNanos(Math.round(millis.asDouble() * 1e6));
    }
}
