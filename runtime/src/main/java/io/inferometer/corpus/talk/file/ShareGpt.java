package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * ShareGPT: {@code {id, conversations: [{from, value}]}}. Each question with the answer right behind it is a turn; the files
 * that are about have messages that are missing or empty, which are passed over, and speakers by several names.
 */
final class ShareGpt implements EntrySessions.Reading {
    private static final Map<String, String> ROLES = Map.of(
            "human", "user",
            "user", "user",
            "prompter", "user",
            "gpt", "assistant",
            "assistant", "assistant",
            "chatgpt", "assistant",
            "bing", "assistant",
            "bard", "assistant",
            "model", "assistant",
            "system", "system");

    @Override
    public Optional<RecordedSession> session(Entry entry) {
        Fields fields = entry.fields().ignoring("model", "source", "title", "lang", "dataset", "items");
        String id = fields.value("id").map(value -> value.asText()).orElse("line " + entry.line());
        List<Utterance> said = said(fields);
        fields.end();
        List<RecordedTurn> turns = new ArrayList<>();
        for (int i = 0; i + 1 < said.size(); i++) {
            if (said.get(i).role().equals("user") && Utterances.assistant(said.get(i + 1))) {
                List<Utterance> asked = turns.isEmpty() && Utterances.system(said.get(0))
                        ? List.of(said.get(0), said.get(i))
                        : List.of(said.get(i));
                turns.add(RecordedTurn.of(new Given.Appended(asked)).answered(said.get(i + 1)));
            }
        }
        return turns.isEmpty() ? Optional.empty() : Optional.of(RecordedSession.of(id, entry.line(), turns));
    }

    private static List<Utterance> said(Fields fields) {
        List<Utterance> said = new ArrayList<>();
        for (Fields message : fields.objects("conversations")) {
            String from = message.said("from").orElse("").toLowerCase(Locale.ROOT);
            String value = message.said("value").orElse("");
            message.ignoring("markdown", "text", "weight", "loss").end();
            if (from.isBlank() || value.isBlank()) {
                continue;
            }
            String role = ROLES.get(from);
            if (role == null) {
                throw message.bad("from", "is '" + from + "', who is neither a user, an assistant nor the system");
            }
            if (role.equals("system") && !said.isEmpty()) {
                throw message.bad("from", "is the system, which has its say first or not at all");
            }
            said.add(Utterance.of(role, value));
        }
        return said;
    }
}
