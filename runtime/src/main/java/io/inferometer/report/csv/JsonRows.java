package io.inferometer.report.csv;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;

/** A JSON object a line, with the columns as its keys; what is absent has no key. */
final class JsonRows implements Rows {
    private static final ObjectMapper JSON =
            new ObjectMapper(new JsonFactoryBuilder().rootValueSeparator("").build());

    private final List<String> columns;
    private final JsonGenerator lines;

    JsonRows(List<String> columns, BufferedWriter file) throws IOException {
        this.columns = columns;
        lines = JSON.createGenerator(file);
    }

    @Override
    public void row(Object[] values) throws IOException {
        lines.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                lines.writePOJOField(columns.get(i), values[i]);
            }
        }
        lines.writeEndObject();
        lines.writeRaw('\n');
    }

    @Override
    public void flush() throws IOException {
        lines.flush();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
