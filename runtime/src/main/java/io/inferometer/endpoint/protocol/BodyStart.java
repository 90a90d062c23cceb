package io.inferometer.endpoint.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells from its first bytes whether a body is a stream of events, whatever the headers call it. */
public final class BodyStart {
    private static final List<String> FIELDS = List.of("data:", "event:", "id:", "retry:", ":");

    private BodyStart() {}

    /** The first byte that is neither blank nor of a byte order mark; 0 if all are. */
    public static byte firstByte(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            byte c = bytes.get(i);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && !ofMark(c)) {
                return c;
            }
        }
        return 0;
    }

    private static boolean ofMark(byte c) {
        return c == (byte) 0xEF || c == (byte) 0xBB || c == (byte) 0xBF;
    }

    /** Whether a body that begins like this is JSON or a page, and no stream. */
    public static boolean isBare(byte first) {
        return first == '{' || first == '[' || first == '<' || first == '"';
    }

    /** Whether it is a stream: its first line that is not blank is one of events. */
    static boolean isStream(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(length, 64), StandardCharsets.UTF_8)
                .replace("\uFEFF", "")
                .stripLeading();
        return FIELDS.stream().anyMatch(start::startsWith);
    }
}
