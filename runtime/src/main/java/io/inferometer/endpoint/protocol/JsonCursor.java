package io.inferometer.endpoint.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the bytes of one JSON value, key by key, without making anything of them.
 *
 * <p>It checks the structure (braces, brackets, colons, commas, closed strings, nothing behind the end) and not the
 * spelling of numbers and literals. The first fault moves it to the end of the bytes, where every further step does
 * nothing; {@link #endsWell} tells at the end. Strings are given as ranges of bytes, escapes and all.
 */
final class JsonCursor {
    private byte[] b;
    private int p;
    private int end;
    private boolean failed;
    /** Just behind an opening brace or bracket: the next key or element needs no comma before it. */
    private boolean first;

    private int from;
    private int to;

    /** Starts over, before the value in {@code bytes} from {@code start} to before {@code stop}. */
    void start(byte[] bytes, int start, int stop) {
        b = bytes;
        p = start;
        end = stop;
        failed = false;
        first = false;
    }

    /** Whether one whole value was walked over, and nothing but white space stands behind it. */
    boolean endsWell() {
        return !failed && peekFurther() < 0;
    }

    /** Steps into an object; or over the value, which is then no object, and returns false. */
    boolean enterObject() {
        return enter('{');
    }

    /** Steps into an array; or over the value, which is then no array, and returns false. */
    boolean enterArray() {
        return enter('[');
    }

    private boolean enter(char opening) {
        if (peek() != opening) {
            skip();
            return false;
        }
        p++;
        first = true;
        return true;
    }

    /** Steps before the value of the object's next key; or behind the object, and returns false. */
    boolean nextKey() {
        if (!next('}')) {
            return false;
        }
        if (peek() != '"' || !quoted() || peek() != ':') {
            return fail();
        }
        p++;
        return true;
    }

    /** Steps before the array's next element; or behind the array, and returns false. */
    boolean nextElement() {
        return next(']');
    }

    private boolean next(char closing) {
        int c = peek();
        if (c == closing) {
            p++;
            first = false;
            return false;
        }
        if (first) {
            first = false;
            return c >= 0 || fail();
        }
        if (c != ',') {
            return fail();
        }
        p++;
        return true;
    }

    /** Whether the key, or the string, just read is this one. */
    boolean keyIs(byte[] name) {
        return to - from == name.length && matches(name);
    }

    /** Whether the key just read is one of these. */
    boolean keyIsOf(byte[][] names) {
        for (byte[] name : names) {
            if (keyIs(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the key just read begins with this letter. */
    boolean keyStartsWith(char letter) {
        return to > from && b[from] == letter;
    }

    /** A plain loop, for it is compiled into the walk at every key: see docs/decisions.md. */
    private boolean matches(byte[] name) {
        int i = name.length - 1;
        while (i >= 0 && b[from + i] == name[i]) {
            i--;
        }
        return i < 0;
    }

    /** Whether the string just read begins with one of these. */
    boolean startsWithAny(byte[]... beginnings) {
        for (byte[] beginning : beginnings) {
            int stop = from + beginning.length;
            if (stop <= to && Arrays.equals(b, from, stop, beginning, 0, beginning.length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the value ahead is an object. */
    boolean isObject() {
        return peek() == '{';
    }

    /** Whether the value ahead is an array. */
    boolean isArray() {
        return peek() == '[';
    }

    /** Whether the value ahead is a string. */
    boolean isString() {
        return peek() == '"';
    }

    /** Where the cursor stands, for {@link #back}. */
    int here() {
        return p;
    }

    /** Goes back to before a value that was entered or stepped over. */
    void back(int place) {
        if (!failed) {
            p = place;
            first = false;
        }
    }

    /** Whether the value ahead is {@code null}. */
    boolean isNull() {
        return peek() == 'n';
    }

    /** Steps over a string, whose range is then known; or over another value, and returns false. */
    boolean string() {
        if (peek() != '"') {
            skip();
            return false;
        }
        return quoted();
    }

    /** Steps over a string and gives it as it stands, escapes and all; or over another value, and gives nothing. */
    String text() {
        return string() ? new String(b, from, to - from, StandardCharsets.UTF_8) : "";
    }

    /** Steps over the string ahead. */
    private boolean quoted() {
        from = p + 1;
        p = ByteSearch.closingQuote(b, from, end);
        to = p;
        if (p >= end) {
            return fail();
        }
        p++;
        return true;
    }

    /** The first byte of the last string or number. */
    int rangeFrom() {
        return from;
    }

    /** The byte behind it. */
    int rangeTo() {
        return to;
    }

    /** The bytes that the ranges are of. */
    byte[] bytes() {
        return b;
    }

    /** Steps over a 0, where the value ahead is one; else stays and returns false. */
    boolean skipZero() {
        if (peek() != '0' || p + 1 < end && isScalar(b[p + 1])) {
            return false;
        }
        p++;
        first = false;
        return true;
    }

    /**
     * Steps over a number, the range of whose whole part is then known; or over another value, and returns false. Some
     * endpoints put their numbers between quotes.
     */
    boolean number() {
        if (peek() == '"') {
            quoted();
            to = JsonNumber.end(b, from, to);
            return to > from;
        }
        from = p;
        to = JsonNumber.end(b, p, end);
        skip();
        return to > from;
    }

    /** Whether the number just stepped over has an exponent, so that its whole part is not its value. */
    boolean hasExponent() {
        for (int i = to; i < p; i++) {
            if ((b[i] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    /**
     * Steps over the value ahead; true if it says nothing: null, false, 0, an empty string, or an array or object of
     * nothing but such values.
     */
    boolean skipEmpty() {
        peek();
        int i = p;
        skip();
        while (i < p) {
            byte c = b[i];
            if (c == '"') {
                int close = ByteSearch.closingQuote(b, i + 1, p);
                if (close > i + 1 && !isKey(close + 1)) {
                    return false;
                }
                i = close;
            } else if (c == 't' || c >= '1' && c <= '9') {
                return false;
            }
            i++;
        }
        return true;
    }

    private boolean isKey(int behind) {
        int i = behind;
        while (i < p && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
            i++;
        }
        return i < p && b[i] == ':';
    }

    /** The value of the number just stepped over, without its fraction. */
    long value() {
        if (hasExponent()) {
            try {
                return (long) Double.parseDouble(new String(b, from, p - from, StandardCharsets.US_ASCII));
            } catch (NumberFormatException e) {
                // The spelling of a number is not checked: what is none has the value of its digits.
            }
        }
        return JsonNumber.value(b, from, to);
    }

    /** Steps over the value ahead, whose range is then known. */
    void skipKnown() {
        peek();
        from = p;
        skip();
        to = p;
    }

    /** Steps over the value ahead. */
    void skip() {
        int c = peek();
        if (c == '"') {
            p = ByteSearch.closingQuote(b, p + 1, end) + 1;
            if (p > end) {
                fail();
            }
        } else if (c == '{' || c == '[') {
            skipNested();
        } else {
            skipScalar();
        }
        first = false;
    }

    private void skipNested() {
        int depth = 0;
        while (p < end) {
            byte c = b[p];
            if (c == '"') {
                p = ByteSearch.closingQuote(b, p + 1, end);
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c != '}' && c != ']') {
                p = ByteSearch.structure(b, p + 1, end);
                continue;
            } else if (--depth == 0) {
                p++;
                return;
            }
            p++;
        }
        fail();
    }

    private void skipScalar() {
        int start = p;
        while (p < end && isScalar(b[p])) {
            p++;
        }
        if (p == start) {
            fail();
        }
    }

    private static boolean isScalar(byte c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c >= 'A' && c <= 'Z';
    }

    /** The next byte that is not white space, without stepping over it; -1 at the end. */
    private int peek() {
        return p < end && b[p] > ' ' ? b[p] : peekFurther();
    }

    private int peekFurther() {
        while (p < end) {
            byte c = b[p];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c & 0xFF;
            }
            p++;
        }
        return -1;
    }

    private boolean fail() {
        failed = true;
        p = end;
        return false;
    }
}
