package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.JournalFormat;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;
import java.util.Map;

/**
 * What the client itself added to the latencies of a trial.
 *
 * @param overhead a map like that of the header, kept as it is
 */
record OverheadLine(int trial, int fork, Map<String, Object> overhead) implements Line {
    static final String TYPE = "clientOverhead";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeNumberField("trial", trial);
        out.writeNumberField("fork", fork);
        out.writeFieldName("overhead");
        JournalFormat.JSON.writeValue(out, overhead);
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        visitor.clientOverhead(trial, fork, overhead);
    }

    static OverheadLine read(LineFields fields) throws IOException {
        int trial = 0;
        int fork = 0;
        Map<String, Object> overhead = Map.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "overhead" -> overhead = fields.map();
                default -> fields.skip();
            }
        }
        return new OverheadLine(trial, fork, overhead);
    }
}
