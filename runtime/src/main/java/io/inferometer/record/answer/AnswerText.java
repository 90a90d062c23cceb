package io.inferometer.record.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The text of one answer as it comes in, visible text, reasoning and calls of tools in turns, as it stood between the quotes
 * of JSON strings.
 *
 * <p>Written by one thread at a time.
 */
public final class AnswerText {
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

    /** What a user reads. */
    public static final int VISIBLE = 1;
    /** What a model says to itself. */
    public static final int REASONING = 1 << 1;
    /** Which tools are called and with what, where these calls are kept as calls too. */
    public static final int CALL = 1 << 2;

    private static final int KIND_BITS = 3;
    private static final int KINDS = (1 << KIND_BITS) - 1;

    private byte[] bytes = NO_TEXT;
    private int length;
    /** Where text turns into another kind, above the bits of that kind; it begins as visible text. */
    private int[] turns = NO_TURNS;

    private int turnCount;
    private int kind = VISIBLE;

    /** Takes text of one of the kinds. */
    public void append(int ofKind, byte[] from, int start, int end) {
        if (kind != ofKind) {
            turn(ofKind);
        }
        int count = end - start;
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.max(SMALLEST_GROWTH, length + count)));
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    private void turn(int into) {
        if (turnCount == turns.length) {
            turns = Arrays.copyOf(turns, Math.max(2, turnCount * 2));
        }
        turns[turnCount++] = length << KIND_BITS | into;
        kind = into;
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    /** How much of the heap it takes. */
    public int heldBytes() {
        return bytes.length + turns.length * Integer.BYTES;
    }

    /** The visible text, with calls of tools as their names and arguments came. */
    public String visible() {
        return part(VISIBLE | CALL);
    }

    /** The visible text without the calls that are kept as calls. */
    public String said() {
        return part(VISIBLE);
    }

    /** The reasoning. */
    public String reasoning() {
        return part(REASONING);
    }

    /** All of it, in the order in which it came. */
    public String whole() {
        return JsonText.unescape(text(0, length));
    }

    /** Whether the visible text holds reasoning, between tags. */
    public boolean holdsReasoning() {
        String visible = visible();
        return REASONING_TAGS.stream().anyMatch(visible::contains);
    }

    /** The parts of some kinds. */
    private String part(int kinds) {
        StringBuilder part = new StringBuilder();
        for (int i = 0; i <= turnCount; i++) {
            int from = i == 0 ? 0 : turns[i - 1] >>> KIND_BITS;
            int to = i == turnCount ? length : turns[i] >>> KIND_BITS;
            int of = i == 0 ? VISIBLE : turns[i - 1] & KINDS;
            if ((of & kinds) != 0) {
                part.append(text(from, to));
            }
        }
        return JsonText.unescape(part.toString());
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Forgets the text and keeps the room, so that a benchmark can fill it again. */
    public void clear() {
        length = 0;
        turnCount = 0;
        kind = VISIBLE;
    }
}
