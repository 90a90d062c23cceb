package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Sessions;
import java.util.Optional;

/** What sessions came to, and their turns by number, as JSON. */
final class SessionsJson {
    private SessionsJson() {}

    static ObjectNode sessions(Sessions sessions) {
        ObjectNode node = ResultJson.object()
                .put("total", sessions.total())
                .put("completed", sessions.completed())
                .put("failed", sessions.failed())
                .put("cut", sessions.cut())
                .put("failedTurns", sessions.failedTurns())
                .put("children", sessions.children());
        if (!sessions.requests().isEmpty()) {
            node.set("requests", numbers(sessions.requests()));
            node.set("inSystemMs", RunJson.distribution(sessions.inSystemNanos(), Optional.empty()));
        }
        return node;
    }

    static ArrayNode turns(Sessions sessions) {
        ArrayNode turns = ResultJson.object().putArray("turns");
        for (Sessions.OfTurn turn : sessions.turns()) {
            ObjectNode node = turns.addObject()
                    .put("turn", turn.turn())
                    .put("requests", turn.requests())
                    .put("succeeded", turn.succeeded());
            ObjectNode metrics = node.putObject("metrics");
            for (Metric metric : Metric.values()) {
                Optional.ofNullable(turn.metrics().get(metric))
                        .ifPresent(known ->
                                metrics.set(metric.label() + "Ms", RunJson.distribution(known, Optional.empty())));
            }
            if (!turn.promptTokens().isEmpty()) {
                node.set("promptTokens", numbers(turn.promptTokens()));
            }
            node.set("cachedShare", ResultJson.number(turn.cachedShare()));
        }
        return turns;
    }

    /** A distribution of what is no time. */
    private static ObjectNode numbers(Distribution distribution) {
        ObjectNode node = ResultJson.object().put("count", distribution.count());
        node.set("mean", ResultJson.number(distribution.mean()));
        node.set("std", ResultJson.number(distribution.std()));
        node.set("min", ResultJson.number(distribution.min()));
        node.set("max", ResultJson.number(distribution.max()));
        distribution.percentiles().forEach((p, number) -> node.set(Percentiles.label(p), ResultJson.number(number)));
        return node;
    }
}
