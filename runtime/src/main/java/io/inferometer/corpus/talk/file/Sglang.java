package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.Utterance;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * SGLang's agentic file: {@code {metadata, conversations: [[{messages, prompt_tokens}, …], …]}}. A turn's messages are what
 * it adds; where they begin with the assistant's, that is the answer to the turn before.
 */
final class Sglang implements EntrySessions.Reading {
    @Override
    public Optional<RecordedSession> session(Entry entry) {
        if (!entry.value().isArray()) {
            throw new BadEntry("it is not an array of turns");
        }
        List<RecordedTurn> turns = new ArrayList<>();
        for (int i = 0; i < entry.value().size(); i++) {
            Fields turn = Fields.of(entry.value().get(i), "[" + i + "]");
            List<Utterance> messages = new ArrayList<>(Utterances.some(turn, "messages"));
            OptionalInt promptTokens = turn.whole("prompt_tokens", 1);
            turn.end();
            if (i > 0) {
                if (Utterances.assistant(messages.get(0))) {
                    turns.set(i - 1, turns.get(i - 1).answered(messages.remove(0)));
                }
                if (messages.stream().anyMatch(Utterances::system)) {
                    throw turn.bad("messages", "has a system message, which stands in the first turn or nowhere");
                }
            }
            if (messages.isEmpty()) {
                throw turn.bad("messages", "asks nothing");
            }
            turns.add(RecordedTurn.of(new Given.Appended(messages)).lengths(promptTokens, OptionalInt.empty()));
        }
        if (turns.isEmpty()) {
            throw new BadEntry("it has no turns");
        }
        return Optional.of(RecordedSession.of("line " + entry.line(), entry.line(), turns));
    }
}
