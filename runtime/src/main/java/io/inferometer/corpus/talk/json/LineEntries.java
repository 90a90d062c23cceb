package io.inferometer.corpus.talk.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A value a line: what is wrong with one leaves the others as they are. Blank lines count, and are passed over. */
final class LineEntries extends Entries {
    private static final ObjectReader VALUE =
            JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final InputStream bytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;
    private boolean ended;

    LineEntries(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        while (!ended) {
            ended = !readLine();
            byte[] text = line.toByteArray();
            if (!blank(text)) {
                return Optional.of(new Entry(number, value(text)));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private JsonNode value(byte[] text) throws IOException {
        try {
            return VALUE.readValue(text);
        } catch (CharConversionException e) {
            throw new BadEntry(number, "it is not UTF-8");
        } catch (JsonProcessingException e) {
            throw new BadEntry(number, reason(e));
        }
    }

    /** False at the end of the file; the line may hold what stands behind the last line end. */
    private boolean readLine() throws IOException {
        number++;
        line.reset();
        for (int b = bytes.read(); b >= 0; b = bytes.read()) {
            if (b == '\n') {
                return true;
            }
            if (line.size() == LONGEST) {
                ended = true;
                throw new BadEntry(number, "it is longer than " + (LONGEST >> 20) + " MiB");
            }
            line.write(b);
        }
        return false;
    }

    private static boolean blank(byte[] text) {
        for (byte b : text) {
            if (!Character.isWhitespace(b)) {
                return false;
            }
        }
        return true;
    }
}
