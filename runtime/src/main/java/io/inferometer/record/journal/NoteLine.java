package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;

/** What a reader should know of how a trial's requests were made, on one line. */
record NoteLine(int trial, int fork, String text) implements Line {
    static final String TYPE = "note";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeNumberField("trial", trial);
        out.writeNumberField("fork", fork);
        out.writeStringField("text", text);
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        visitor.note(trial, fork, text);
    }

    static NoteLine read(LineFields fields) throws IOException {
        int trial = 0;
        int fork = 0;
        String text = "";
        while (fields.next()) {
            switch (fields.name()) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "text" -> text = fields.text();
                default -> fields.skip();
            }
        }
        return new NoteLine(trial, fork, text);
    }
}
