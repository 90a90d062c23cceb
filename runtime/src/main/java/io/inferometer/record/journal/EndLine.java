package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;

/**
 * The last line, of a run that came to its end.
 *
 * @param complete whether the run did all that it was meant to
 * @param reason why it did not, on one line; empty for a complete run
 */
record EndLine(boolean complete, String reason) implements Line {
    static final String TYPE = "end";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeBooleanField("complete", complete);
        out.writeStringField("reason", reason);
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        // The reader's ending has it.
    }

    static EndLine read(LineFields fields) throws IOException {
        boolean complete = false;
        String reason = "";
        while (fields.next()) {
            switch (fields.name()) {
                case "complete" -> complete = fields.flag();
                case "reason" -> reason = fields.text();
                default -> fields.skip();
            }
        }
        return new EndLine(complete, reason);
    }
}
