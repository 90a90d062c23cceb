package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.JournalFormat;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;
import java.util.Map;

/**
 * The first line: the schema's version, and what describes the run.
 *
 * @param run a map of text, numbers, booleans, lists and maps, kept as it is
 */
record HeaderLine(Map<String, Object> run) implements Line {
    static final String TYPE = "header";

    /** Raised by every change that an older reader would misread; added fields leave it as it is. */
    static final int SCHEMA = 2;

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeNumberField("schema", SCHEMA);
        out.writeFieldName("run");
        JournalFormat.JSON.writeValue(out, run);
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        visitor.header(run);
    }

    static HeaderLine read(LineFields fields) throws IOException {
        int schema = 0;
        Map<String, Object> run = null;
        while (fields.next()) {
            switch (fields.name()) {
                case "schema" -> {
                    schema = fields.intValue();
                    check(schema);
                }
                case "run" -> run = fields.map();
                default -> fields.skip();
            }
        }
        check(schema);
        if (run == null) {
            throw new IOException("not the header of a journal: run is missing");
        }
        return new HeaderLine(run);
    }

    private static void check(int schema) throws IOException {
        if (schema < 1) {
            throw new IOException("not the header of a journal: schema is missing");
        }
        if (schema > SCHEMA) {
            throw new IOException("written by a later version of Inferometer: its schema is " + schema
                    + ", this version reads up to " + SCHEMA);
        }
    }
}
