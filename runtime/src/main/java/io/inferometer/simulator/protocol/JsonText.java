package io.inferometer.simulator.protocol;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** JSON strings. */
public final class JsonText {
    private JsonText() {}

    /** {@code text} as a JSON string, quotes included; {@code null} for null. */
    public static String quote(String text) {
        return text == null
                ? "null"
                : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
