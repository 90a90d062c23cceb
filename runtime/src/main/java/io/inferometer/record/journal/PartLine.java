package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;

/**
 * The lines of a part come next, which is a file of its own, and then those behind this one.
 *
 * @param file the part's name, beside the journal; packed it has {@code .gz} behind it
 */
record PartLine(String file) implements Line {
    static final String TYPE = "part";

    /** What the closing line of a part says. */
    static final EndLine END = new EndLine(false, "the file is a part of a journal, not all of it");

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStringField("file", file);
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        // What it says is for the reader.
    }

    static PartLine read(LineFields fields) throws IOException {
        String file = "";
        while (fields.next()) {
            switch (fields.name()) {
                case "file" -> file = fields.text();
                default -> fields.skip();
            }
        }
        if (file.isEmpty()) {
            throw new IOException("a part without a name");
        }
        return new PartLine(file);
    }
}
