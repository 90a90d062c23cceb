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

    /** {@return accounts where no tokenizer is known} */
    public static TokenAccounting withoutTokenizer() {
        return new TokenAccounting(NO_TOKENIZER);
    }

    /**
     * {@return accounts with a function that counts the tokens of a text}
     *
     * @param tokenizer called by one thread at a time
     */
    public static TokenAccounting with(ToIntFunction<String> tokenizer) {
        return new TokenAccounting(tokenizer);
    }

    /**
     * {@return the tokens of one request}
     *
     * @param record with its answer's text where that is to be counted
     */
    public TokenCount count(RequestRecord record) {
        Usage usage = record.usage();
        TokenEvents events = TokenEvents.of(record);
        int byTokenizer = record.text().isEmpty() ? Usage.ABSENT : tokenizer.applyAsInt(record.text());

        // No prompt and no answer has no token: a 0 is no count.
        int input = usage.promptTokens() > 0 ? usage.promptTokens() : Usage.ABSENT;
        TokenSource inputSource = TokenSource.USAGE;
        if (input == Usage.ABSENT) {
            input = record.expectedPromptTokens();
            inputSource = input == Usage.ABSENT ? TokenSource.NONE : TokenSource.TOKENIZER;
        }

        int output = record.succeeded() && usage.completionTokens() == 0 ? Usage.ABSENT : TokenEvents.reported(usage);
        TokenSource outputSource = TokenSource.USAGE;
        if (output == Usage.ABSENT) {
            output = byTokenizer;
            outputSource = TokenSource.TOKENIZER;
        }
        if (output == Usage.ABSENT) {
            output = events.count() == 0 ? Usage.ABSENT : events.count();
            outputSource = events.count() == 0 ? TokenSource.NONE : TokenSource.EVENTS;
        }

        int hidden = outputSource == TokenSource.USAGE ? hidden(record, events, output) : 0;
        int streamed = output == Usage.ABSENT ? Usage.ABSENT : output - hidden;
        DecodeWindow window = DecodeWindow.of(record, events, streamed, hidden);
        return new TokenCount(input, inputSource, output, outputSource, hidden, byTokenizer, window);
    }

    /** The tokens that the endpoint counted as reasoning and no event can explain; none where reasoning was streamed. */
    private static int hidden(RequestRecord record, TokenEvents events, int output) {
        if (events.count() == 0 || record.form().reasoningInText()) {
            return 0;
        }
        for (byte bits : record.eventCarried()) {
            if ((bits & Carried.REASONING) != 0) {
                return 0;
            }
        }
        Usage usage = record.usage();
        int reasoning = usage.reasoningTokens() > 0 ? usage.reasoningTokens() : output - usage.completionTokens();
        return Math.max(0, Math.min(reasoning, output - events.count()));
    }

    /**
     * Whether two counts of the same tokens, of which at least one is a tokenizer's, are further apart than a text that
     * is encoded once more may be: 5 tokens or 5 %.
     */
    static boolean differ(int expected, int actual) {
        return Math.abs(actual - expected) > Math.max(5, 0.05 * expected);
    }
}
