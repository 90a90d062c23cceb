package io.inferometer.stats.token;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import java.util.function.ToIntFunction;

/**
 * Counts the tokens of requests: by what the endpoint told, else by the tokenizer, else by events.
 *
 * <p>As safe for use by several threads as its tokenizer is.
 */
public final class TokenAccounting {
    private static final ToIntFunction<String> NO_TOKENIZER = text -> Usage.ABSENT;

    private final ToIntFunction<String> tokenizer;

    private TokenAccounting(ToIntFunction<String> tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Accounts where no tokenizer is known. */
    public static TokenAccounting withoutTokenizer() {
        return new TokenAccounting(NO_TOKENIZER);
    }

    /** Accounts with a function that counts the tokens of a text. */
    public static TokenAccounting with(ToIntFunction<String> tokenizer) {
        return new TokenAccounting(tokenizer);
    }

    /** The tokens of one request. */
    public TokenCount count(RequestRecord record) {
        Usage usage = record.usage();
        int events = 0;
        int carried = 0;
        for (byte bits : record.eventCarried()) {
            if (Carried.tokens(bits)) {
                events++;
                carried |= bits;
            }
        }
        int byTokenizer = record.text().isEmpty() ? Usage.ABSENT : tokenizer.applyAsInt(record.text());

        int input = usage.promptTokens();
        TokenSource inputSource = TokenSource.USAGE;
        if (input == Usage.ABSENT) {
            input = record.expectedPromptTokens();
            inputSource = input == Usage.ABSENT ? TokenSource.NONE : TokenSource.TOKENIZER;
        }

        int output = usage.completionTokens();
        TokenSource outputSource = TokenSource.USAGE;
        if (output == Usage.ABSENT) {
            output = byTokenizer;
            outputSource = TokenSource.TOKENIZER;
        }
        if (output == Usage.ABSENT) {
            output = events == 0 ? Usage.ABSENT : events;
            outputSource = events == 0 ? TokenSource.NONE : TokenSource.EVENTS;
        }

        boolean reasoningStreamed = (carried & Carried.REASONING) != 0;
        int hidden = outputSource == TokenSource.USAGE && events > 0 && !reasoningStreamed
                ? Math.min(Math.max(0, usage.reasoningTokens()), output)
                : 0;
        return new TokenCount(input, inputSource, output, outputSource, hidden, events, byTokenizer);
    }

    /**
     * Whether two counts of the same tokens, of which at least one is a tokenizer's, are further apart than a text that
     * is encoded once more may be: 5 tokens or 5 %.
     */
    static boolean differ(int expected, int actual) {
        return Math.abs(actual - expected) > Math.max(5, 0.05 * expected);
    }
}
