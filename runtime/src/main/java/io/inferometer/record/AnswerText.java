package io.inferometer.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The text of one answer as it comes in, visible text and reasoning in turns, as it stood between the quotes of JSON
 * strings.
 *
 * <p>Written by one thread at a time.
 */
final class AnswerText {
    private static final int SMALLEST_GROWTH = 256;
    private static final byte[] NO_TEXT = new byte[0];
    private static final int[] NO_TURNS = new int[0];
    /** What stands before or behind reasoning that is told within visible text. */
    private static final List<String> REASONING_TAGS = List.of(
            "<think",
            "</think",
            "[THINK]",
            "[/THINK]",
            "<reasoning>",
            "<thought>",
            "<seed:think>",
            "\u25c1think",
            "<|channel|>analysis",
            "<|START_THINKING|>");

    private byte[] bytes = NO_TEXT;
    private int length;
    /** Where text turns into reasoning, and back, in turns; it begins as text. */
    private int[] turns = NO_TURNS;

    private int turnCount;

    /** Takes text, or reasoning. */
    void append(boolean reasoning, byte[] from, int start, int end) {
        if (reasoning != ((turnCount & 1) == 1)) {
            turn();
        }
        int count = end - start;
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.max(SMALLEST_GROWTH, length + count)));
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    private void turn() {
        if (turnCount == turns.length) {
            turns = Arrays.copyOf(turns, Math.max(2, turnCount * 2));
        }
        turns[turnCount++] = length;
    }

    /** How many bytes it has. */
    int length() {
        return length;
    }

    /** How much of the heap it takes. */
    int heldBytes() {
        return bytes.length + turns.length * Integer.BYTES;
    }

    /** The visible text. */
    String visible() {
        return part(0);
    }

    /** The reasoning. */
    String reasoning() {
        return part(1);
    }

    /** All of it, in the order in which it came. */
    String whole() {
        return JsonText.unescape(text(0, length));
    }

    /** Whether the visible text holds reasoning, between tags. */
    boolean holdsReasoning() {
        String visible = visible();
        return REASONING_TAGS.stream().anyMatch(visible::contains);
    }

    /** The parts that begin after an even, or an odd, number of turns. */
    private String part(int parity) {
        StringBuilder part = new StringBuilder();
        for (int i = 0; i <= turnCount; i++) {
            int from = i == 0 ? 0 : turns[i - 1];
            int to = i == turnCount ? length : turns[i];
            if (i % 2 == parity) {
                part.append(text(from, to));
            }
        }
        return JsonText.unescape(part.toString());
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Forgets the text and keeps the room, so that a benchmark can fill it again. */
    void clear() {
        length = 0;
        turnCount = 0;
    }
}
