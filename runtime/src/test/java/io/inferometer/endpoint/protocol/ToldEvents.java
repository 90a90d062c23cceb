package io.inferometer.endpoint.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps what a decoder hands on, errors marked as such. */
record ToldEvents(List<String> events) implements SseDecoder.Sink {
    @Override
    public void event(byte[] buffer, int from, int to) {
        events.add(text(buffer, from, to));
    }

    @Override
    public void error(byte[] buffer, int from, int to) {
        events.add("error: " + text(buffer, from, to));
    }

    private static String text(byte[] buffer, int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }
}
