package io.inferometer.corpus.talk.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entries;
import io.inferometer.corpus.talk.json.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of OpenTelemetry's conventions, {@code {role, parts: [{type, …}]}}, in the words of chat completions. Messages
 * that are in these words already, with {@code content}, stay as they are.
 */
final class OtelMessages {
    private OtelMessages() {}

    /**
     * The messages of an array.
     *
     * @param place where it stands, for messages
     */
    static List<Utterance> of(JsonNode messages, String place) {
        if (!messages.isArray()) {
            throw new BadEntry(place + " is not an array of messages");
        }
        List<Utterance> said = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Fields message = Fields.of(messages.get(i), place + '[' + i + ']');
            if (message.has("parts")) {
                said.addAll(parts(message.required("role"), message.objects("parts")));
            } else {
                said.add(Utterances.of(message));
            }
        }
        return said;
    }

    /** The instructions, which are parts without a message around them. */
    static List<Utterance> system(JsonNode parts, String place) {
        if (parts.isTextual()) {
            return List.of(Utterances.of("system", parts.textValue()));
        }
        ObjectNode message = Entries.JSON.createObjectNode();
        message.set("parts", parts);
        return parts("system", Fields.of(message, place).objects("parts"));
    }

    private static List<Utterance> parts(String role, List<Fields> parts) {
        List<Utterance> said = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        ArrayNode calls = Entries.JSON.createArrayNode();
        for (Fields part : parts) {
            String type = part.required("type");
            switch (type) {
                case "text" ->
                    text.append(text.isEmpty() ? "" : "\n")
                            .append(part.said("content").orElse(""));
                case "tool_call" -> call(calls.addObject(), part);
                case "tool_call_response" -> said.add(result(part));
                case "reasoning" -> part.said("content");
                default ->
                    throw part.bad(
                            "type",
                            "is '" + type + "', none of text, reasoning, tool_call and" + " tool_call_response");
            }
        }
        if (!text.isEmpty() || !calls.isEmpty()) {
            ObjectNode message = Entries.JSON.createObjectNode().put("role", role);
            if (!text.isEmpty()) {
                message.put("content", text.toString());
            }
            if (!calls.isEmpty()) {
                message.set("tool_calls", calls);
            }
            said.add(0, Utterances.of(Fields.of(message, "")));
        }
        return said;
    }

    private static void call(ObjectNode call, Fields part) {
        JsonNode arguments = part.value("arguments").orElse(Entries.JSON.createObjectNode());
        part.text("id").ifPresent(id -> call.put("id", id));
        call.put("type", "function")
                .putObject("function")
                .put("name", part.required("name"))
                .put("arguments", arguments.isTextual() ? arguments.textValue() : arguments.toString());
    }

    private static Utterance result(Fields part) {
        JsonNode result =
                part.value("response").or(() -> part.value("result")).orElseThrow(() -> part.missing("response"));
        ObjectNode message = Entries.JSON.createObjectNode().put("role", "tool");
        part.text("id").ifPresent(id -> message.put("tool_call_id", id));
        message.put("content", result.isTextual() ? result.textValue() : result.toString());
        return Utterances.of(Fields.of(message, ""));
    }
}
