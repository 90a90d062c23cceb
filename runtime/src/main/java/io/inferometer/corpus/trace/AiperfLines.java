package io.inferometer.corpus.trace;

import io.inferometer.corpus.dataset.JsonLine;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lines of AIPerf's superset of Mooncake's: the prompt is a length, a text, messages or a whole body. A line that waits for
 * the answer of the one before it belongs to a session, which is not replayed by time.
 */
final class AiperfLines implements TraceFile.LineFormat {
    private static final List<String> PROMPT = List.of("input_length", "text_input", "messages", "payload");
    private static final Set<String> KEYS = Set.of(
            "timestamp",
            "delay",
            "session_id",
            "input_length",
            "text_input",
            "messages",
            "payload",
            "output_length",
            "hash_ids",
            "tools",
            "extra",
            "message_mode");

    private final TraceSettings settings;

    AiperfLines(TraceSettings settings) {
        this.settings = settings;
    }

    @Override
    public TracedRequest read(JsonLine line) {
        line.only(KEYS);
        refuseTurns(line);
        String prompt = line.oneOf(PROMPT).orElseThrow(() -> line.bad("it has none of " + String.join(", ", PROMPT)));
        if (line.has("hash_ids") && !prompt.equals("input_length")) {
            throw line.bad(
                    "'hash_ids' describe a prompt of which 'input_length' is known, and it has '" + prompt + "'");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        line.array("tools").ifPresent(tools -> fields.put("tools", tools.toString()));
        line.object("extra").ifPresent(extra -> fields.putAll(extra.texts()));
        if (prompt.equals("payload") && !fields.isEmpty()) {
            throw line.bad("'payload' is sent as it is, and it has " + (line.has("tools") ? "'tools'" : "'extra'")
                    + " beside it");
        }
        return new TracedRequest(
                line.line(),
                Optional.of(line.time("timestamp", settings.timeUnit()).orElseThrow(() -> line.lacks("timestamp"))),
                asked(line, prompt),
                line.count("output_length", 1),
                fields);
    }

    private static void refuseTurns(JsonLine line) {
        if (line.has("delay")) {
            throw line.bad("'delay' waits for the answer before it, so it is a turn of a session: give every line a"
                    + " 'timestamp', or write sessions as multi-turn for Conversations");
        }
        line.text("session_id");
        String mode = line.text("message_mode").orElse("history");
        if (!mode.equals("history")) {
            throw line.bad(
                    "message_mode",
                    mode.equals("delta")
                            ? "so its messages go on with earlier ones: write sessions as multi-turn for Conversations"
                            : "neither history nor delta");
        }
    }

    private Asked asked(JsonLine line, String prompt) {
        return switch (prompt) {
            case "text_input" -> new Asked.Text(filled(line, prompt), List.of());
            case "messages" -> messages(line);
            case "payload" ->
                new Asked.Payload(line.object(prompt).orElseThrow().node().toString());
            default -> MooncakeLines.blocks(line, settings.block());
        };
    }

    /** A text that says something. */
    static String filled(JsonLine line, String key) {
        String text = line.text(key).orElseThrow(() -> line.lacks(key));
        if (text.isEmpty()) {
            throw line.bad("'" + key + "' is empty");
        }
        return text;
    }

    /** The conversation of a line. */
    static Asked messages(JsonLine line) {
        var messages = line.array("messages").orElseThrow();
        if (messages.isEmpty()) {
            throw line.bad("'messages' is empty");
        }
        for (var message : messages) {
            if (!message.isObject() || !message.path("role").isTextual()) {
                throw line.bad("'messages' holds " + brief(message.toString()) + ", not an object with a role");
            }
        }
        return new Asked.Messages(messages.toString());
    }

    private static String brief(String json) {
        return json.length() <= 60 ? json : json.substring(0, 57) + "...";
    }
}
