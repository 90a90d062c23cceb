package io.inferometer.simulator.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** JSON strings. */
final class JsonFields {
    private JsonFields() {}

    /** {@code text} as a JSON string, quotes included; {@code null} for null. */
    static String quote(String text) {
        return text == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
