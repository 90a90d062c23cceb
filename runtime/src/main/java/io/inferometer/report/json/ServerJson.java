package io.inferometer.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.server.Quantity;
import io.inferometer.stats.Summary;
import io.inferometer.stats.server.Growth;
import io.inferometer.stats.server.ServerBeside;
import io.inferometer.stats.server.ServerFigures;
import io.inferometer.stats.server.ServerSummary;

/** A trial's server by its own count. */
final class ServerJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double MILLIS_PER_SECOND = 1e3;

    private ServerJson() {}

    static ObjectNode of(ServerSummary server, Summary client) {
        ServerBeside beside = ServerBeside.of(server.figures(), client);
        ObjectNode node = ResultJson.object();
        figures(node, server.figures());
        node.set("addedTtftMs", ResultJson.millis(beside.addedTtftNanos()));
        node.set("joulesPerOutputToken", ResultJson.number(beside.joulesPerOutputToken()));
        node.put("energySource", energySource(server));
        node.put("scrapes", server.scrapes()).put("misses", server.misses()).put("restarts", server.restarts());
        ArrayNode iterations = node.putArray("iterations");
        server.iterations()
                .forEach(iteration -> figures(
                        iterations.addObject().put("fork", iteration.fork()).put("iteration", iteration.iteration()),
                        iteration.figures()));
        ArrayNode replicas = node.putArray("replicas");
        server.replicas().forEach(replica -> replica(replicas.addObject(), replica));
        return node;
    }

    private static String energySource(ServerSummary server) {
        if (Double.isNaN(server.figures().grown(Quantity.ENERGY))) {
            return null;
        }
        return server.replicas().stream()
                        .filter(replica -> !Double.isNaN(replica.figures().grown(Quantity.ENERGY)))
                        .allMatch(replica -> replica.course().energyTold())
                ? "counter"
                : "power";
    }

    private static void replica(ObjectNode node, ServerSummary.Replica replica) {
        node.put("url", replica.url()).put("engine", replica.engine().isEmpty() ? null : replica.engine());
        figures(node, replica.figures());
        node.put("scrapes", replica.course().scrapes())
                .put("misses", replica.course().misses())
                .put(
                        "lastMiss",
                        replica.course().lastMiss().isEmpty()
                                ? null
                                : replica.course().lastMiss())
                .put("restarts", replica.course().restarts());
        node.set("configuration", MAPPER.valueToTree(replica.configuration()));
    }

    private static void figures(ObjectNode node, ServerFigures figures) {
        counted(node, "outputTokens", figures.growth(Quantity.OUTPUT_TOKENS));
        counted(node, "promptTokens", figures.growth(Quantity.PROMPT_TOKENS));
        node.set("prefixHitRate", ResultJson.number(figures.prefixHitRate()));
        node.set("kvCachePeak", ResultJson.number(figures.peak(Quantity.KV_CACHE)));
        node.set("queuePeak", ResultJson.number(figures.peak(Quantity.QUEUED)));
        node.set("runningPeak", ResultJson.number(figures.peak(Quantity.RUNNING)));
        node.set("preemptions", ResultJson.number(figures.grown(Quantity.PREEMPTIONS)));
        node.set("draftAcceptance", ResultJson.number(figures.draftAcceptance()));
        node.set("energyJoules", ResultJson.number(figures.grown(Quantity.ENERGY)));
        ObjectNode means = node.putObject("meansMs");
        means.set("ttft", mean(figures, Quantity.TTFT_SECONDS, Quantity.TTFT_COUNT));
        means.set("itl", mean(figures, Quantity.ITL_SECONDS, Quantity.ITL_COUNT));
        means.set("e2el", mean(figures, Quantity.E2EL_SECONDS, Quantity.E2EL_COUNT));
        means.set("queue", mean(figures, Quantity.QUEUE_SECONDS, Quantity.QUEUE_COUNT));
        means.set("prefill", mean(figures, Quantity.PREFILL_SECONDS, Quantity.PREFILL_COUNT));
        means.set("decode", mean(figures, Quantity.DECODE_SECONDS, Quantity.DECODE_COUNT));
    }

    private static void counted(ObjectNode node, String name, Growth growth) {
        node.set(name, ResultJson.number(growth.amount()));
        node.set(name + "Slack", ResultJson.number(growth.slack()));
    }

    private static JsonNode mean(ServerFigures figures, Quantity seconds, Quantity count) {
        return ResultJson.number(figures.ratio(seconds, count) * MILLIS_PER_SECOND);
    }
}
