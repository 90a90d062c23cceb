package io.inferometer.corpus.talk.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.talk.Given;
import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.RecordedTurn;
import io.inferometer.corpus.talk.json.Entry;
import io.inferometer.corpus.talk.json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What AIPerf writes of every run: {@code {data: [{session_id, payloads[]}]}}, each payload a whole body. */
final class InputsJson implements EntrySessions.Reading {
    @Override
    public Optional<RecordedSession> session(Entry entry) {
        Fields fields = entry.fields();
        String id = fields.required("session_id");
        List<RecordedTurn> turns = new ArrayList<>();
        for (Fields payload : fields.someObjects("payloads")) {
            JsonNode body = payload.node();
            RecordedTurn turn = RecordedTurn.of(new Given.Body(body.toString()))
                    .streamed(body.path("stream").asBoolean(false));
            turns.add(turn);
        }
        fields.end();
        return Optional.of(RecordedSession.of(id, entry.line(), turns));
    }
}
