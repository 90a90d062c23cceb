package io.inferometer.stats.token;

import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Adds up the tokens of successful requests. */
public final class TokenTotals {
    /** What a chat template may add to a prompt. */
    private static final int TEMPLATE_TOKENS = 100;

    private final Map<TokenSource, Long> inputSources = new EnumMap<>(TokenSource.class);
    private final Map<TokenSource, Long> outputSources = new EnumMap<>(TokenSource.class);
    private long input;
    private long output;
    private long hiddenReasoning;
    private long events;
    private long streamed;
    private long gaps;
    private long coalesced;
    private long lengthsChecked;
    private long lengthsMissed;
    private long requested;
    private long received;
    private long inputsDiffering;
    private long outputsDiffering;
    private long cached;
    private long cachedOf;
    private final DeliveryCount delivery = new DeliveryCount();

    /**
     * Takes in a request that succeeded.
     *
     * @param record a request that has ended
     * @param tokens those of its prompt and answer
     */
    public void add(RequestRecord record, TokenCount tokens) {
        input += Math.max(0, tokens.input());
        output += Math.max(0, tokens.output());
        inputSources.merge(tokens.inputSource(), 1L, Long::sum);
        if (record.form().items() == 0) {
            outputSources.merge(tokens.outputSource(), 1L, Long::sum);
        }
        if (tokens.tokenEvents() > 0) {
            events += tokens.tokenEvents();
            streamed += tokens.streamed();
        }
        if (tokens.hiddenReasoning() > 0) {
            hiddenReasoning++;
        }
        if (record.usage().cachedTokens() != Usage.ABSENT && tokens.inputSource() == TokenSource.USAGE) {
            cached += record.usage().cachedTokens();
            cachedOf += tokens.input();
        }
        delivery.add(record, tokens);
        checkLength(record, tokens);
        checkUsage(record, tokens);
    }

    /**
     * Takes in the time between two token-bearing events.
     *
     * @param nanos 0 where they came in one read
     */
    public void addGap(long nanos) {
        gaps++;
        if (nanos == 0) {
            coalesced++;
        }
    }

    private void checkLength(RequestRecord record, TokenCount tokens) {
        int asked = record.requestedOutputTokens();
        int got = tokens.output();
        boolean told = tokens.outputSource() == TokenSource.USAGE;
        if (asked == Usage.ABSENT || got == Usage.ABSENT || !(told || tokens.outputSource() == TokenSource.TOKENIZER)) {
            return;
        }
        boolean missed = told ? got != asked : TokenAccounting.differ(asked, got);
        if (record.ignoreEos() || (missed && got > asked)) {
            lengthsChecked++;
            requested += asked;
            received += got;
            if (missed) {
                lengthsMissed++;
            }
        }
    }

    private void checkUsage(RequestRecord record, TokenCount tokens) {
        if (tokens.outputSource() == TokenSource.USAGE
                && tokens.byTokenizer() != Usage.ABSENT
                && TokenAccounting.differ(tokens.byTokenizer(), tokens.streamed())) {
            outputsDiffering++;
        }
        int expected = record.expectedPromptTokens();
        if (tokens.inputSource() == TokenSource.USAGE && expected != Usage.ABSENT) {
            int explained = Math.max(expected, tokens.input() - TEMPLATE_TOKENS);
            if (TokenAccounting.differ(expected, Math.min(tokens.input(), explained))) {
                inputsDiffering++;
            }
        }
    }

    /**
     * Takes in another one's.
     *
     * @param other of other requests; left as it is
     */
    public void merge(TokenTotals other) {
        other.inputSources.forEach((source, count) -> inputSources.merge(source, count, Long::sum));
        other.outputSources.forEach((source, count) -> outputSources.merge(source, count, Long::sum));
        input += other.input;
        output += other.output;
        hiddenReasoning += other.hiddenReasoning;
        events += other.events;
        streamed += other.streamed;
        gaps += other.gaps;
        coalesced += other.coalesced;
        lengthsChecked += other.lengthsChecked;
        lengthsMissed += other.lengthsMissed;
        requested += other.requested;
        received += other.received;
        inputsDiffering += other.inputsDiffering;
        outputsDiffering += other.outputsDiffering;
        cached += other.cached;
        cachedOf += other.cachedOf;
        delivery.merge(other.delivery);
    }

    /**
     * {@return totals that somebody else counted, of whom it is not known how}
     *
     * @param input tokens of prompts
     * @param output tokens of answers
     */
    public static Tokens told(long input, long output) {
        TokenTotals totals = new TokenTotals();
        totals.input = input;
        totals.output = output;
        return totals.tokens(Humps.UNKNOWN);
    }

    /** {@return how many tokens prompts had} */
    public long input() {
        return input;
    }

    /** {@return how many tokens answers had} */
    public long output() {
        return output;
    }

    /**
     * {@return all of it} Gaps are kept elsewhere: of what kinds they are is told.
     *
     * @param humps of what kinds the gaps are
     */
    public Tokens tokens(Humps humps) {
        return new Tokens(
                input,
                output,
                Collections.unmodifiableMap(new EnumMap<>(inputSources)),
                Collections.unmodifiableMap(new EnumMap<>(outputSources)),
                hiddenReasoning,
                events,
                streamed,
                gaps,
                coalesced,
                humps,
                lengthsChecked,
                lengthsMissed,
                requested,
                received,
                inputsDiffering,
                outputsDiffering,
                cached,
                cachedOf,
                delivery.delivery());
    }
}
