package io.inferometer.corpus.talk.file;

import com.fasterxml.jackson.databind.JsonNode;
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
            return List.of(Utterance.of("system", parts.textValue()));
        }
        ObjectNode message = Entries.JSON.createObjectNode();
        message.set("parts", parts);
        return parts("system", Fields.of(message, place).objects("parts"));
    }

    /** What tools found is a message of its own for each, behind what the message says. */
    private static List<Utterance> parts(String role, List<Fields> parts) {
        List<Utterance> said = new ArrayList<>();
        List<Utterance.Part> own = new ArrayList<>();
        for (Fields part : parts) {
            String type = part.required("type");
            switch (type) {
                case "text" -> part.said("content").ifPresent(text -> own.add(new Utterance.Text(text)));
                case "tool_call" -> own.add(call(part));
                case "tool_call_response" -> said.add(new Utterance("tool", List.of(result(part))));
                case "reasoning" -> part.said("content");
                default ->
                    throw part.bad(
                            "type", "is '" + type + "', none of text, reasoning, tool_call and tool_call_response");
            }
        }
        if (!own.isEmpty()) {
            said.add(0, new Utterance(role, own));
        }
        return said;
    }

    private static Utterance.Part call(Fields part) {
        String arguments = part.value("arguments").map(OtelMessages::text).orElse("{}");
        return new Utterance.Call(part.required("id"), part.required("name"), arguments);
    }

    private static Utterance.Part result(Fields part) {
        JsonNode result =
                part.value("response").or(() -> part.value("result")).orElseThrow(() -> part.missing("response"));
        return new Utterance.Result(part.required("id"), text(result));
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
