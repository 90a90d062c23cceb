package io.inferometer.corpus.talk.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value of a file.
 *
 * @param line where it begins, from 1
 * @param value any JSON
 */
public record Entry(long line, JsonNode value) {
    /** Its keys. */
    public Fields fields() {
        return Fields.of(value, "");
    }
}
