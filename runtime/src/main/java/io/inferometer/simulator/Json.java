package io.inferometer.simulator;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** JSON strings. */
final class Json {
    private Json() {}

    /** {@code text} as a JSON string, quotes included; {@code null} for null. */
    static String quote(String text) {
        return text == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
