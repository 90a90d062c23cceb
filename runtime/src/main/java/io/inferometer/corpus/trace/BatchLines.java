package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.JsonLine;
import java.util.Set;

/** The requests of a batch, which all go to one path. */
final class BatchLines implements TraceFile.LineFormat {
    private static final Set<String> KEYS = Set.of("custom_id", "method", "url", "body");

    private String url = "";

    @Override
    public TracedRequest read(JsonLine line) {
        line.only(KEYS);
        line.text("custom_id").orElseThrow(() -> line.lacks("custom_id"));
        if (!line.text("method").orElse("POST").equals("POST")) {
            throw line.bad("method", "and only POST asks for an answer");
        }
        String goesTo = line.text("url").orElseThrow(() -> line.lacks("url"));
        JsonLine body = line.object("body").orElseThrow(() -> line.lacks("body"));
        if (!url.isEmpty() && !url.equals(goesTo)) {
            throw line.bad("url", "and those before it go to " + url + "; a run asks one path");
        }
        url = goesTo;
        return DataSetLines.payload(body);
    }
}
