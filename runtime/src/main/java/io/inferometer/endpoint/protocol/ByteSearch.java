package io.inferometer.endpoint.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches bytes for what ends a line or a string, or begins or ends a value, eight at a time.
 *
 * <p>A byte of a word is zero where {@code (word - 0x01…) & ~word & 0x80…} has its high bit set; bits above the lowest
 * such byte may be set wrongly, so only the lowest is looked at (Warren, Hacker's Delight, section 6-1).
 */
final class ByteSearch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long HIGH_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
    private static final long QUOTES = ONES * '"';
    private static final long SPACES = ONES * ' ';
    private static final long OPENING = ONES * '{';
    private static final long CLOSING = ONES * '}';
    private static final long BACKSLASHES = ONES * '\\';

    private ByteSearch() {}

    /** Where the first line feed or carriage return stands; {@code to} if there is none. */
    static int lineEnd(byte[] b, int from, int to) {
        int i = from;
        while (i + 8 <= to) {
            // Both are below 16, and JSON has hardly any other such byte: one test for both.
            long found = zeroBytes((long) LONGS.get(b, i) & HIGH_NIBBLES);
            if (found == 0) {
                i += 8;
            } else {
                i += Long.numberOfTrailingZeros(found) >>> 3;
                if (isLineEnd(b[i])) {
                    return i;
                }
                i++;
            }
        }
        while (i < to && !isLineEnd(b[i])) {
            i++;
        }
        return i;
    }

    private static boolean isLineEnd(byte c) {
        return c == '\n' || c == '\r';
    }

    /** Where the quote stands that closes the JSON string whose first byte is at {@code from}; {@code to} if none does. */
    static int closingQuote(byte[] b, int from, int to) {
        int i = from;
        while (true) {
            i = quoteOrBackslash(b, i, to);
            if (i >= to || b[i] == '"') {
                return Math.min(i, to);
            }
            i += 2;
        }
    }

    private static int quoteOrBackslash(byte[] b, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONGS.get(b, i);
            long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && b[i] != '"' && b[i] != '\\') {
            i++;
        }
        return i;
    }

    /** Where the first quote, brace or bracket stands; {@code to} if none does. */
    static int structure(byte[] b, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = (long) LONGS.get(b, i);
            // A bracket differs from its brace by one bit.
            long braces = word | SPACES;
            long found = zeroBytes(word ^ QUOTES) | zeroBytes(braces ^ OPENING) | zeroBytes(braces ^ CLOSING);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (i < to && b[i] != '"' && (b[i] | ' ') != '{' && (b[i] | ' ') != '}') {
            i++;
        }
        return i;
    }

    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
