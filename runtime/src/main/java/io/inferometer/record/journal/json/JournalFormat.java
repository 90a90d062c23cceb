package io.inferometer.record.journal.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a journal's lines are JSON. */
public final class JournalFormat {
    /** The longest line, its terminator not counted. About 40 times an answer of 100,000 events. */
    public static final int MAX_LINE_BYTES = 16 << 20;

    /**
     * Writes ASCII only: half a surrogate pair, which an endpoint may send, has no UTF-8 form, but it has an escape. One
     * generator writes all lines and ends each itself.
     */
    public static final ObjectMapper JSON = new ObjectMapper(new JsonFactoryBuilder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .rootValueSeparator((String) null)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_LINE_BYTES)
                    .build())
            .build());

    private JournalFormat() {}

    /** A generator into memory. */
    public static JsonGenerator generator(ByteArrayOutputStream out) {
        try {
            return JSON.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
