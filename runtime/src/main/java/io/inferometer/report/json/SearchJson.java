package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.judge.Overload;
import io.inferometer.judge.search.Bracket;
import io.inferometer.judge.search.MetShare;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.report.search.SearchWords;

/** What a search came to, in the native result. */
final class SearchJson {
    private SearchJson() {}

    static ObjectNode of(SearchReport search) {
        SearchAsked asked = search.asked();
        ObjectNode node = ResultJson.object()
                .put("axis", asked.axis().label())
                .put("from", asked.rule().from())
                .put("to", asked.rule().to())
                .put("attainment", asked.attainment())
                .put("tolerance", asked.rule().tolerance());
        node.putObject("objective")
                .put("ttftMs", asked.objective().ttftMillis())
                .put("tpotMs", asked.objective().tpotMillis())
                .put("e2elMs", asked.objective().e2elMillis());
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
        probe.windows()
                .forEach(window -> windows.addObject().put("met", window.met()).put("requests", window.judged()));
        return node;
    }
}
