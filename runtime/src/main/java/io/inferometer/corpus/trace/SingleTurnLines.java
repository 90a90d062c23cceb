package io.inferometer.corpus.trace;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.dataset.JsonLine;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lines that are a turn each, of which there is one a session. */
final class SingleTurnLines implements TraceFile.LineFormat {
    private static final Set<String> KEYS = Set.of(
            "type",
            "text",
            "texts",
            "image",
            "images",
            "timestamp",
            "delay",
            "role",
            "session_id",
            "output_length",
            "extra");

    private final TraceSettings settings;

    SingleTurnLines(TraceSettings settings) {
        this.settings = settings;
    }

    @Override
    public TracedRequest read(JsonLine line) {
        line.only(KEYS);
        line.oneOf(List.of("timestamp", "delay"));
        if (line.has("delay")) {
            throw line.bad("'delay' waits for an answer before it, and a single turn has none: give it a 'timestamp',"
                    + " or write sessions as multi-turn for Conversations");
        }
        if (!line.text("type").orElse("single_turn").equals("single_turn")) {
            throw line.bad("type", "not single_turn");
        }
        if (!line.text("role").orElse("user").equals("user")) {
            throw line.bad("role", "and a single turn is a user's");
        }
        line.text("session_id");
        Optional<Duration> at = line.time("timestamp", settings.timeUnit());
        Map<String, String> fields = new LinkedHashMap<>();
        line.object("extra").ifPresent(extra -> fields.putAll(extra.texts()));
        return new TracedRequest(line.line(), at, asked(line), line.count("output_length", 1), fields);
    }

    private static Asked asked(JsonLine line) {
        line.oneOf(List.of("text", "texts"));
        line.oneOf(List.of("image", "images"));
        List<String> texts = some(line, "text", "texts");
        List<String> images = some(line, "image", "images");
        if (texts.isEmpty()) {
            throw line.bad("it has no 'text'");
        }
        return new Asked.Text(String.join("\n", texts), images);
    }

    private static List<String> some(JsonLine line, String one, String several) {
        if (line.has(one)) {
            return List.of(AiperfLines.filled(line, one));
        }
        List<String> all = new ArrayList<>();
        for (JsonNode each :
                line.array(several).map(array -> (Iterable<JsonNode>) array).orElse(List.of())) {
            if (!each.isTextual() || each.textValue().isEmpty()) {
                throw line.bad("'" + several + "' holds " + each + ", not a text");
            }
            all.add(each.textValue());
        }
        return all;
    }
}
