package io.inferometer.corpus.talk.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.Entries;
import io.inferometer.corpus.talk.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages in the words of chat completions. */
final class Utterances {
    private Utterances() {}

    static Utterance of(String role, String text) {
        ObjectNode message = Entries.JSON.createObjectNode().put("role", role).put("content", text);
        return new Utterance(role, Optional.of(text), message.toString());
    }

    /** A message that stands whole; only its role is looked at, what else it has goes out as it is. */
    static Utterance of(Fields message) {
        String role = message.required("role");
        JsonNode content = message.node().path("content");
        boolean plain = content.isTextual() && message.node().size() == 2;
        return new Utterance(
                role,
                plain ? Optional.of(content.textValue()) : Optional.empty(),
                message.node().toString());
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
}
