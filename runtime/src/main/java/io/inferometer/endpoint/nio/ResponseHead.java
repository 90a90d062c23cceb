package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Breakage.Kind;
import io.inferometer.endpoint.ResponseHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The status line and the headers of a response, by RFC 9112, sections 2 to 5. They are kept as the bytes they came as;
 * the same bytes give the same head however they are split.
 */
final class ResponseHead implements ResponseHeaders {
    /** The longest head, with all its line ends. */
    static final int MOST_BYTES = 384 << 10;

    private static final int FIRST_BYTES = 512;
    private static final int FIRST_HEADERS = 16;
    private static final int EXCERPT = 80;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private int line;
    private int status;
    private boolean http10;
    /** Of each header: the start and the end of its name, the start and the end of its value. */
    private int[] places = new int[4 * FIRST_HEADERS];

    private int count;

    /** Forgets everything, for the next response. */
    void clear() {
        length = 0;
        line = 0;
        status = 0;
        count = 0;
    }

    /** The three digits of the status. */
    int status() {
        return status;
    }

    /** Whether the response is of HTTP/1.0. */
    boolean http10() {
        return http10;
    }

    /**
     * Takes bytes up to the end of the head.
     *
     * @return whether that was reached
     * @throws BrokenResponse if it is malformed or too long
     */
    boolean feed(ByteBuffer in) throws BrokenResponse {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (length == MOST_BYTES) {
                throw new BrokenResponse(Kind.HEADERS_TOO_LONG, "" + MOST_BYTES);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = b;
            if (b == '\n') {
                int end = length >= line + 2 && bytes[length - 2] == '\r' ? length - 2 : length - 1;
                if (end == line && status != 0) {
                    return true;
                }
                take(line, end);
                line = length;
            }
        }
        return false;
    }

    private void take(int from, int to) throws BrokenResponse {
        if (status == 0) {
            takeStatus(from, to);
        } else {
            takeHeader(from, to);
        }
    }

    /** {@code HTTP/1.1 200 OK}; the reason may be missing, and its space too. */
    private void takeStatus(int from, int to) throws BrokenResponse {
        boolean version = to - from >= 12
                && text(from, from + 7).equals("HTTP/1.")
                && (bytes[from + 7] == '0' || bytes[from + 7] == '1')
                && bytes[from + 8] == ' '
                && (to - from == 12 || bytes[from + 12] == ' ');
        int code = 0;
        for (int i = from + 9; version && i < from + 12; i++) {
            version = bytes[i] >= '0' && bytes[i] <= '9';
            code = code * 10 + bytes[i] - '0';
        }
        if (!version || code < 100) {
            throw new BrokenResponse(Kind.MALFORMED, "Invalid status line: \"" + excerpt(from, to) + "\"");
        }
        status = code;
        http10 = bytes[from + 7] == '0';
    }

    private void takeHeader(int from, int to) throws BrokenResponse {
        if (count > 0 && from < to && isBlank(bytes[from])) {
            fold(from, to);
            return;
        }
        int colon = from;
        while (colon < to && isToken(bytes[colon])) {
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            throw new BrokenResponse(Kind.MALFORMED, "a line of its headers is no header: " + excerpt(from, to));
        }
        add(from, colon);
        value(colon + 1, to);
    }

    /** A line that goes on with the header before it: old, but to be read as one value with a blank for the line's end. */
    private void fold(int from, int to) throws BrokenResponse {
        int end = to;
        while (end > from && isBlank(bytes[end - 1])) {
            end--;
        }
        if (end > from) {
            for (int i = places[4 * count - 1]; i < from; i++) {
                bytes[i] = ' ';
            }
            value(places[4 * count - 2], end);
        }
    }

    /** What the value of the last header is, without the blanks around it; only its last line has still to be looked at. */
    private void value(int from, int to) throws BrokenResponse {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        for (int i = Math.max(start, line); i < end; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\t' || bytes[i] == 127) {
                throw new BrokenResponse(Kind.MALFORMED, "a control character is in its header " + excerpt(line, to));
            }
        }
        places[4 * count - 2] = start;
        places[4 * count - 1] = end;
    }

    private void add(int nameFrom, int nameTo) {
        if (4 * count == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        int at = 4 * count++;
        places[at] = nameFrom;
        places[at + 1] = nameTo;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isToken(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b > ' ' && "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
    }

    @Override
    public String value(String name) {
        int at = find(name, 0);
        return at < 0 ? "" : valueAt(at);
    }

    /** The number of the next header of a name, in lower case, from a number on; -1 where there is none. */
    int find(String name, int from) {
        for (int i = from; i < count; i++) {
            if (isNamed(i, name)) {
                return i;
            }
        }
        return -1;
    }

    /** The value of the header of a number. */
    String valueAt(int index) {
        return text(places[4 * index + 2], places[4 * index + 3]);
    }

    private boolean isNamed(int index, String name) {
        int from = places[4 * index];
        if (places[4 * index + 1] - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            byte b = bytes[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private String excerpt(int from, int to) {
        return text(from, Math.min(to, from + EXCERPT));
    }
}
