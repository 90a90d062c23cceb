package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.JsonLine;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Lines that are requests in no time. */
final class DataSetLines {
    private static final Set<String> CUSTOM = Set.of("prompt", "output_tokens");

    private DataSetLines() {}

    /** vLLM's custom data set. */
    static TracedRequest custom(JsonLine line) {
        line.only(CUSTOM);
        return new TracedRequest(
                line.line(),
                Optional.empty(),
                new Asked.Text(AiperfLines.filled(line, "prompt"), List.of()),
                line.count("output_tokens", 1),
                Map.of());
    }

    /** A body, or an object with a body as its only value. */
    static TracedRequest rawPayload(JsonLine line) {
        JsonLine body = line.has("payload") ? line.object("payload").orElseThrow() : line;
        if (line.has("payload") && line.node().size() > 1) {
            throw line.bad("beside 'payload' it has other keys, which would not be sent");
        }
        if (body.node().isEmpty()) {
            throw line.bad("its body is empty");
        }
        return payload(body);
    }

    /** A body that is sent as it is. */
    static TracedRequest payload(JsonLine body) {
        return new TracedRequest(
                body.line(),
                Optional.empty(),
                new Asked.Payload(body.node().toString()),
                OptionalInt.empty(),
                Map.of());
    }
}
