package io.inferometer.stats.token;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;

/**
 * Which events of a stream bore tokens: those with text; those without any by which the endpoint's count rose; and, where
 * it told its count only at the end, those without text between the first text and the finish reason, as far as more
 * tokens were counted than texts came.
 */
public final class TokenEvents {
    private final byte[] carried;
    /** The events without text that bore tokens; null if there is none. */
    private final boolean[] empty;

    private final int count;

    private TokenEvents(byte[] carried, boolean[] empty, int count) {
        this.carried = carried;
        this.empty = empty;
        this.count = count;
    }

    /**
     * {@return those of a request's stream}
     *
     * @param record a request that has ended
     */
    public static TokenEvents of(RequestRecord record) {
        byte[] carried = record.eventCarried();
        int texts = 0;
        int empties = 0;
        for (byte bits : carried) {
            texts += Carried.tokens(bits) ? 1 : 0;
            empties += Carried.empty(bits) ? 1 : 0;
        }
        if (empties == 0) {
            return new TokenEvents(carried, null, texts);
        }
        boolean[] empty = record.eventTokens().length > 0
                ? byCount(carried, record.eventTokens())
                : byRest(carried, reported(record.usage()) - texts);
        int count = texts;
        for (boolean bears : empty) {
            count += bears ? 1 : 0;
        }
        return new TokenEvents(carried, empty, count);
    }

    private static boolean[] byCount(byte[] carried, int[] tokens) {
        boolean[] empty = new boolean[carried.length];
        int before = 0;
        for (int i = 0; i < carried.length; i++) {
            if (tokens[i] > before) {
                empty[i] = Carried.empty(carried[i]);
                before = tokens[i];
            }
        }
        return empty;
    }

    private static boolean[] byRest(byte[] carried, int most) {
        boolean[] empty = new boolean[carried.length];
        boolean begun = false;
        int rest = most;
        for (int i = 0; i < carried.length && (carried[i] & Carried.FINISH) == 0; i++) {
            begun |= Carried.tokens(carried[i]);
            if (begun && rest > 0 && Carried.empty(carried[i])) {
                empty[i] = true;
                rest--;
            }
        }
        return empty;
    }

    /** The tokens of the answer as the endpoint counted them, reasoning that it counts on top included. */
    static int reported(Usage usage) {
        return usage.completionTokens() <= 0 ? usage.completionTokens() : usage.completionTokens() + onTop(usage);
    }

    /**
     * The reasoning tokens that are not among those of the answer: the total tells. Where the endpoint does not say how
     * many there were, they are what the total has beyond prompt and answer, unless that is the cached part of the prompt.
     */
    private static int onTop(Usage usage) {
        int beyond = usage.beyond();
        if (usage.reasoningTokens() != Usage.ABSENT) {
            return beyond == usage.reasoningTokens() ? beyond : 0;
        }
        return beyond == usage.cachedTokens() ? 0 : beyond;
    }

    /**
     * {@return whether an event bore tokens}
     *
     * @param event from 0, in the order of their coming
     */
    public boolean bears(int event) {
        return Carried.tokens(carried[event]) || empty != null && empty[event];
    }

    /** {@return how many did} */
    public int count() {
        return count;
    }
}
