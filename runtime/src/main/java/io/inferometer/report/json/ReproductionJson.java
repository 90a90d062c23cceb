package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.trace.Reproduction;
import io.inferometer.workload.Load;

/** What a trace declared and what was delivered of it. */
final class ReproductionJson {
    private static final double[] PERCENTILES = {50, 90, 99};
    private static final double NANOS_PER_MILLI = 1e6;

    private ReproductionJson() {}

    static ObjectNode of(Reproduction reproduction, Load load) {
        ObjectNode node = ResultJson.object();
        String kept = reproduction.resumed() ? "partly" : "reproduced";
        node.put("times", load instanceof Load.Replay ? kept : "madeUp");
        node.put("order", kept);
        node.put("promptLengths", lengths(reproduction.promptTokens(), true));
        node.put("outputLengths", lengths(reproduction.outputTokens(), false));
        node.put("prefixSharing", reproduction.hits().requests() == 0 ? "unknown" : "reproduced");
        node.put("concurrency", load instanceof Load.Closed ? "madeUp" : "unbounded");
        node.set("promptTokens", pair(reproduction.promptTokens(), 1, true));
        node.set("outputTokens", pair(reproduction.outputTokens(), 1, true));
        node.set("gapsMs", pair(reproduction.gaps(), NANOS_PER_MILLI, false));
        Reproduction.Hits hits = reproduction.hits();
        ObjectNode shares = node.putObject("prefixHits").put("requests", hits.requests());
        shares.set("theoretical", ResultJson.number(hits.theoretical()));
        shares.put("told", hits.told());
        shares.set("seen", ResultJson.number(hits.seen()));
        reproduction.delays().ifPresent(delays -> {
            ObjectNode told =
                    node.putObject("delaysMs").put("count", delays.declared().count());
            told.set("declared", percentiles(delays.declared(), NANOS_PER_MILLI));
            told.set("delivered", percentiles(delays.delivered(), NANOS_PER_MILLI));
            told.set("late", percentiles(delays.late(), NANOS_PER_MILLI));
        });
        return node;
    }

    private static String lengths(Reproduction.Pair pair, boolean template) {
        return pair.count() == 0
                ? "unknown"
                : pair.exact() == pair.count() || template && pair.beyond() > 0 ? "reproduced" : "partly";
    }

    private static ObjectNode pair(Reproduction.Pair pair, double unit, boolean counted) {
        ObjectNode node = ResultJson.object().put("count", pair.count());
        if (counted) {
            node.put("exact", pair.exact());
            node.set("beyond", ResultJson.number(pair.beyond()));
        }
        node.set("declared", percentiles(pair.declared(), unit));
        node.set("delivered", percentiles(pair.delivered(), unit));
        return node;
    }

    private static ObjectNode percentiles(Distribution distribution, double unit) {
        ObjectNode node = ResultJson.object();
        for (double p : PERCENTILES) {
            node.set("p" + (int) p, ResultJson.number(distribution.percentile(p) / unit));
        }
        return node;
    }
}
