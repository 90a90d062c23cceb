package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * Something of a search, whose trials are not known when its journal begins.
 *
 * @param what it is, in a word
 * @param fields a map like that of the header, kept as it is
 */
record SearchLine(String what, Map<String, Object> fields) implements Line {
    static final String TYPE = "search";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStringField("what", what);
        out.writeFieldName("fields");
        JournalFormat.JSON.writeValue(out, fields);
    }

    @Override
    public void tell(JournalReader.Visitor visitor) {
        visitor.search(what, fields);
    }

    static SearchLine read(LineFields in) throws IOException {
        String what = "";
        Map<String, Object> fields = Map.of();
        while (in.next()) {
            switch (in.name()) {
                case "what" -> what = in.text();
                case "fields" -> fields = in.map();
                default -> in.skip();
            }
        }
        return new SearchLine(what, fields);
    }
}
