package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.JournalFormat;
import io.inferometer.record.journal.json.LineFields;
import io.inferometer.record.server.ServerRecord;
import java.io.IOException;
import java.util.Map;

/** What was learnt of a trial's server: what one of its pages of metrics said, or what it is. */
record ServerLine(int trial, int fork, ServerRecord learnt) implements Line {
    static final String TYPE = "server";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeNumberField("trial", trial);
        out.writeNumberField("fork", fork);
        out.writeFieldName("learnt");
        JournalFormat.JSON.writeValue(out, learnt.toMap());
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        visitor.server(trial, fork, learnt);
    }

    static ServerLine read(LineFields fields) throws IOException {
        int trial = 0;
        int fork = 0;
        Map<String, Object> learnt = Map.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "trial" -> trial = fields.intValue();
                case "fork" -> fork = fields.intValue();
                case "learnt" -> learnt = fields.map();
                default -> fields.skip();
            }
        }
        try {
            return new ServerLine(trial, fork, ServerRecord.ofMap(learnt));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
