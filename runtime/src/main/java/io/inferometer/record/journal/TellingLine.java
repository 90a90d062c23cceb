package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.journal.json.JournalFormat;
import io.inferometer.record.journal.json.LineFields;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * Something that came by and by, and that no header could tell.
 *
 * @param of what it is of
 * @param what it is, in a word
 * @param fields a map like that of the header, kept as it is
 */
record TellingLine(Of of, String what, Map<String, Object> fields) implements Line {
    /** What such lines are of; the word is the line's kind. */
    enum Of {
        /** A job of the Batch API: something that happened with it. */
        BATCH,
        /** A search, whose trials are not known when its journal begins. */
        SEARCH,
        /** Of a member of a run. */
        MEMBER;

        /** The one of a kind of line; null where it is none. */
        static Of of(String type) {
            for (Of of : values()) {
                if (of.type().equals(type)) {
                    return of;
                }
            }
            return null;
        }

        String type() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String type() {
        return of.type();
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStringField("what", what);
        out.writeFieldName("fields");
        JournalFormat.JSON.writeValue(out, fields);
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        switch (of) {
            case BATCH -> visitor.batch(what, fields);
            case SEARCH -> visitor.search(what, fields);
            case MEMBER -> visitor.member(what, fields);
        }
    }

    static TellingLine read(Of of, LineFields in) throws IOException {
        String what = "";
        Map<String, Object> fields = Map.of();
        while (in.next()) {
            switch (in.name()) {
                case "what" -> what = in.text();
                case "fields" -> fields = in.map();
                default -> in.skip();
            }
        }
        return new TellingLine(of, what, fields);
    }
}
