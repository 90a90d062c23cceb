package io.inferometer.endpoint.protocol;

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
        return !failed && peek() < 0;
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
        if (!string() || peek() != ':') {
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
        return to - from == name.length && Arrays.equals(b, from, to, name, 0, name.length);
    }

    /** Whether the value ahead is an object. */
    boolean isObject() {
        return peek() == '{';
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

    /** Steps over a number, the range of whose whole part is then known; or over another value, and returns false. */
    boolean number() {
        peek();
        from = p;
        to = JsonNumber.end(b, p, end);
        skip();
        return to > from;
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
            } else if ((c == '}' || c == ']') && --depth == 0) {
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
