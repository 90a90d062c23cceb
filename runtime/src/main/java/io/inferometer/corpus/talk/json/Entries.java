package io.inferometer.corpus.talk.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/** The values of a file, one at a time. */
public abstract class Entries implements Closeable {
    /** Room for the whole recording of an agent with a million tokens of context in one line. */
    static final int LONGEST = 256 << 20;

    /** Reads and makes JSON; a key that stands twice in an object is refused. */
    public static final JsonMapper JSON = json();

    /** How a format lays its entries out. */
    public enum Layout {
        /** A line each. */
        LINES,
        /** A line each, or elements of the outermost array, or values of several lines one after the other. */
        ANY
    }

    private static JsonMapper json() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(LONGEST).build());
        return mapper;
    }

    /** @param bytes a file's text, from its beginning, which can be marked */
    public static Entries of(InputStream bytes, Layout layout) throws IOException {
        return layout == Layout.LINES || beginsWithWholeLine(bytes)
                ? new LineEntries(bytes)
                : new ElementEntries(bytes, Optional.empty(), Set.of());
    }

    /**
     * The elements of an array in the one object that a file is.
     *
     * @param key of the array
     * @param others keys that may stand beside it
     */
    public static Entries under(InputStream bytes, String key, Set<String> others) throws IOException {
        return new ElementEntries(bytes, Optional.of(key), others);
    }

    /** Whether the first line that isn't blank begins and ends as an object does. */
    private static boolean beginsWithWholeLine(InputStream bytes) throws IOException {
        bytes.mark(LONGEST);
        int first = ' ';
        int last = ' ';
        for (int b = bytes.read(); b >= 0 && !(b == '\n' && first != ' '); b = bytes.read()) {
            if (!Character.isWhitespace(b)) {
                first = first == ' ' ? b : first;
                last = b;
            }
        }
        bytes.reset();
        return first == '{' && last == '}';
    }

    /**
     * The next value; empty at the end of the file.
     *
     * @throws BadEntry if it is no JSON, naming its line
     */
    public abstract Optional<Entry> next() throws IOException;

    /** Why something is no JSON. */
    public static String reason(JsonProcessingException e) {
        String told = e.getOriginalMessage();
        if (told.startsWith("Unexpected end-of-input")) {
            return "it is not whole JSON: it ends too early";
        }
        return told.startsWith("Invalid UTF-8")
                ? "it is not UTF-8"
                : "it is not JSON: "
                        + told.replaceFirst(" \\(start marker at .*", "").strip();
    }
}
