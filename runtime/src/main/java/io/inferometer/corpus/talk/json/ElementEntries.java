package io.inferometer.corpus.talk.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The elements of an array, or values one after the other, whatever lines they stand on. Where it is no longer JSON, nobody
 * knows where the next one begins: what is left of the file can't be read.
 */
final class ElementEntries extends Entries {
    private enum State {
        START,
        ARRAY,
        VALUES,
        END
    }

    private final JsonParser parser;
    private final Optional<String> key;
    private final Set<String> others;
    private State state = State.START;

    /**
     * @param key of the array in the outermost object; empty where the array is the outermost, or there is none
     * @param others keys that may stand beside it
     */
    ElementEntries(InputStream bytes, Optional<String> key, Set<String> others) throws IOException {
        this.parser = JSON.createParser(bytes);
        this.key = key;
        this.others = others;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        long line = 0;
        try {
            JsonToken token = state == State.END ? null : entry();
            if (token == null) {
                state = State.END;
                return Optional.empty();
            }
            line = parser.currentTokenLocation().getLineNr();
            return Optional.of(new Entry(line, parser.<JsonNode>readValueAsTree()));
        } catch (CharConversionException e) {
            throw broken(line == 0 ? parser.currentLocation().getLineNr() : line, "it is not UTF-8");
        } catch (JsonProcessingException e) {
            throw broken(line == 0 ? e.getLocation().getLineNr() : line, reason(e));
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /** The token that the next entry begins with; null at the end. */
    private JsonToken entry() throws IOException {
        JsonToken token = parser.nextToken();
        if (state == State.START && token != null) {
            if (key.isPresent()) {
                return inObject(token);
            }
            state = token == JsonToken.START_ARRAY ? State.ARRAY : State.VALUES;
            return state == State.ARRAY ? entry() : token;
        }
        if (state == State.ARRAY && token == JsonToken.END_ARRAY) {
            if (key.isPresent()) {
                toArray();
            } else if (parser.nextToken() != null) {
                throw broken(parser.currentTokenLocation().getLineNr(), "something follows the array of entries");
            }
            return null;
        }
        return token;
    }

    private JsonToken inObject(JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw broken(
                    parser.currentTokenLocation().getLineNr(),
                    "the file is not a JSON object with the array '" + key.get() + "'");
        }
        if (!toArray()) {
            throw broken(parser.currentTokenLocation().getLineNr(), key.get() + " is missing");
        }
        state = State.ARRAY;
        return entry();
    }

    /** Goes to the beginning of the array; false at the end of the object that it should be in. */
    private boolean toArray() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            long line = parser.currentTokenLocation().getLineNr();
            JsonToken value = parser.nextToken();
            if (key.filter(name::equals).isPresent()) {
                if (value != JsonToken.START_ARRAY) {
                    throw broken(line, name + " is not an array");
                }
                return true;
            }
            if (!others.contains(name)) {
                Set<String> known = new TreeSet<>(others);
                known.add(key.get());
                throw broken(
                        line, name + " is not a key of this format, whose keys here are " + String.join(", ", known));
            }
            parser.skipChildren();
        }
        return false;
    }

    private BadEntry broken(long line, String why) {
        state = State.END;
        return new BadEntry(Math.max(1, line), why);
    }
}
