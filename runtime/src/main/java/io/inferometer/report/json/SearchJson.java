package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.judge.Overload;
import io.inferometer.judge.search.Bracket;
import io.inferometer.judge.search.MetShare;
import io.inferometer.judge.search.Rated;
import io.inferometer.judge.search.WindowCount;
import io.inferometer.report.search.SearchAim;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchWords;
import io.inferometer.workload.Objective;

/** What a search came to, in the native result. */
final class SearchJson {
    private SearchJson() {}

    static ObjectNode of(SearchReport search) {
        SearchAsked asked = search.asked();
        ObjectNode node = ResultJson.object()
                .put("axis", asked.axis().label())
                .put("from", asked.rule().from())
                .put("to", asked.rule().to())
                .put("tolerance", asked.rule().tolerance());
        if (asked.aim() instanceof SearchAim.Limits limits) {
            Objective objective = limits.objective();
            node.put("attainment", limits.attainment());
            node.putObject("objective")
                    .put("ttftMs", limit(objective.ttftMillis()))
                    .put("tpotMs", limit(objective.tpotMillis()))
                    .put("e2elMs", limit(objective.e2elMillis()));
        } else if (asked.aim() instanceof SearchAim.Most most) {
            node.put("max", most.rate().name());
        }
        node.set("windowMs", ResultJson.millis(asked.window().toNanos()));
        node.set("leadMs", ResultJson.millis(asked.lead().toNanos()));
        node.put("result", search.result().label());
        node.put("text", SearchWords.sentence(search));
        Bracket bracket = search.bracket();
        node.putObject("bracket")
                .put("low", bracket.low().isPresent() ? (Double) bracket.low().getAsDouble() : null)
                .put(
                        "high",
                        bracket.high().isPresent() ? (Double) bracket.high().getAsDouble() : null)
                .put("narrow", asked.rule().narrow(bracket));
        ArrayNode probes = node.putArray("probes");
        search.probes().forEach(probe -> probes.add(probe(probe)));
        search.confirmation()
                .ifPresentOrElse(probe -> node.set("confirmation", probe(probe)), () -> node.putNull("confirmation"));
        ArrayNode notes = node.putArray("notes");
        SearchWords.notes(search).forEach(notes::add);
        return node;
    }

    /** A limit that was not given is null. */
    private static Double limit(double millis) {
        return millis > 0 ? millis : null;
    }

    private static ObjectNode probe(SearchReport.Probe probe) {
        MetShare share = probe.share();
        ObjectNode node = ResultJson.object()
                .put("trial", probe.trial())
                .put("load", probe.load())
                .put("requests", share.requests())
                .put("met", probe.met())
                .put("notJudged", probe.notJudged());
        node.set("share", ResultJson.number(share.share()));
        node.set("low", ResultJson.number(share.low()));
        node.set("high", ResultJson.number(share.high()));
        node.put("overloaded", probe.overload().map(Overload::label).orElse(null));
        node.put("verdict", probe.verdict().label());
        ArrayNode windows = node.putArray("windows");
        for (int i = 0; i < probe.windows().size(); i++) {
            WindowCount window = probe.windows().get(i);
            ObjectNode told = windows.addObject().put("met", window.met()).put("requests", window.judged());
            if (!probe.rates().isEmpty()) {
                told.put("rate", probe.rates().get(i));
            }
        }
        if (!probe.rates().isEmpty()) {
            Rated rated = probe.rated();
            node.put("rate", rated.mean())
                    .put("rateLow", rated.mean() - rated.halfWidth())
                    .put("rateHigh", rated.mean() + rated.halfWidth());
        }
        return node;
    }
}
