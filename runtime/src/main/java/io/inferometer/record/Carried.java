package io.inferometer.record;

/**
 * What an event of a stream carried, as the bits of one byte.
 *
 * <p>An event is token-bearing if it carried non-empty content, reasoning, refusal or tool text, whatever else it
 * carried. Which {@link #empty} ones are too follows from the endpoint's counts alone.
 */
public final class Carried {
    /** A non-empty list of choices, whatever is in it; where events have types, a piece of text, be it empty. */
    public static final int CHOICES = 1;
    /** A role before there was any text, or of a choice anything but a place for text. */
    public static final int ROLE = 1 << 1;
    /** Non-empty visible text. */
    public static final int CONTENT = 1 << 2;
    /** Non-empty reasoning text. */
    public static final int REASONING = 1 << 3;
    /** A non-empty function name, or non-empty arguments. */
    public static final int TOOL = 1 << 4;
    /** Non-empty refusal text. */
    public static final int REFUSAL = 1 << 5;
    /** A finish reason. */
    public static final int FINISH = 1 << 6;
    /** Token counts. */
    public static final int USAGE = 1 << 7;

    /** Any of these makes an event token-bearing. */
    public static final int TOKENS = CONTENT | REASONING | TOOL | REFUSAL;

    private Carried() {}

    /**
     * {@return whether an event that carried {@code bits} had a place for text, and none in it}
     *
     * @param bits those of an event
     */
    public static boolean empty(int bits) {
        return (bits & (CHOICES | ROLE | FINISH | TOKENS)) == CHOICES;
    }

    /**
     * {@return whether an event that carried {@code bits} carried text}
     *
     * @param bits those of an event
     */
    public static boolean tokens(int bits) {
        return (bits & TOKENS) != 0;
    }
}
