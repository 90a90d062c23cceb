package io.inferometer.corpus.talk.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages in the words of chat completions. What is known of them becomes parts, and all else stays as it is. */
final class Utterances {
    private static final String CONTENT = "content";
    private static final String CALLS = "tool_calls";

    private Utterances() {}

    /** A message that stands whole. */
    static Utterance of(Fields message) {
        String role = message.required("role");
        List<Utterance.Part> parts = new ArrayList<>();
        Optional<String> found = Optional.ofNullable(
                        message.node().path("tool_call_id").textValue())
                .filter(id -> message.node().path(CONTENT).isTextual());
        found.ifPresent(id ->
                parts.add(new Utterance.Result(id, message.node().path(CONTENT).textValue())));
        message.node().properties().forEach(field -> {
            String name = field.getKey();
            boolean taken = name.equals("role") || field.getValue().isNull();
            boolean result = found.isPresent() && (name.equals("tool_call_id") || name.equals(CONTENT));
            if (!taken && !result) {
                parts.addAll(parts(name, field.getValue()));
            }
        });
        if (parts.isEmpty()) {
            throw message.missing(CONTENT);
        }
        return new Utterance(role, parts);
    }

    /** The messages of an array, at least one. */
    static List<Utterance> some(Fields owner, String key) {
        List<Utterance> messages = new ArrayList<>();
        for (Fields message : owner.someObjects(key)) {
            messages.add(of(message));
        }
        return messages;
    }

    static boolean system(Utterance message) {
        return message.role().equals("system") || message.role().equals("developer");
    }

    static boolean assistant(Utterance message) {
        return message.role().equals("assistant");
    }

    static boolean tool(Utterance message) {
        return message.role().equals("tool");
    }

    private static List<Utterance.Part> parts(String name, JsonNode value) {
        if (name.equals(CONTENT) && value.isTextual()) {
            return List.of(new Utterance.Text(value.textValue()));
        }
        List<Utterance.Part> parts = new ArrayList<>();
        for (JsonNode element : value) {
            Optional<Utterance.Part> part =
                    name.equals(CONTENT) ? content(element) : name.equals(CALLS) ? call(element) : Optional.empty();
            part.ifPresent(parts::add);
        }
        return value.isArray() && !parts.isEmpty() && parts.size() == value.size()
                ? parts
                : List.of(new Utterance.Field(name, value.toString()));
    }

    private static Optional<Utterance.Part> content(JsonNode part) {
        JsonNode url = part.path("image_url");
        if (part.size() == 2
                && part.path("type").asText().equals("text")
                && part.path("text").isTextual()) {
            return Optional.of(new Utterance.Text(part.get("text").textValue()));
        }
        return part.size() == 2 && url.size() == 1 && url.path("url").isTextual()
                ? Optional.of(new Utterance.Image(url.get("url").textValue()))
                : Optional.empty();
    }

    static Optional<Utterance.Part> call(JsonNode call) {
        JsonNode function = call.path("function");
        boolean plain = call.path("id").isTextual()
                && function.path("name").isTextual()
                && function.path("arguments").isTextual();
        return plain
                ? Optional.of(new Utterance.Call(
                        call.get("id").textValue(),
                        function.get("name").textValue(),
                        function.get("arguments").textValue()))
                : Optional.empty();
    }
}
