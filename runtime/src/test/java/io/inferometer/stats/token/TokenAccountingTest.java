package io.inferometer.stats.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Carried;
import io.inferometer.record.Usage;
import io.inferometer.stats.ARequest;
import org.junit.jupiter.api.Test;

class TokenAccountingTest {
    private static final TokenAccounting BY_WORD = TokenAccounting.with(text -> text.split(" ").length);

    @Test
    void theEndpointsUsageWinsOverTheTokenizerAndTheEvents() {
        ARequest request = ARequest.sent(0)
                .token(1)
                .token(2)
                .usage(100, 7)
                .text("one two three")
                .expectedPromptTokens(90);

        TokenCount count = BY_WORD.count(request.record());

        assertThat(count).isEqualTo(new TokenCount(100, TokenSource.USAGE, 7, TokenSource.USAGE, 0, 2, 3));
        assertThat(count.total()).isEqualTo(107);
    }

    @Test
    void withoutUsageTheTokenizerCounts() {
        ARequest request =
                ARequest.sent(0).token(1).token(2).text("one two three").expectedPromptTokens(90);

        TokenCount count = BY_WORD.count(request.record());

        assertThat(count).isEqualTo(new TokenCount(90, TokenSource.TOKENIZER, 3, TokenSource.TOKENIZER, 0, 2, 3));
    }

    @Test
    void withoutUsageAndTokenizerTokenBearingEventsAreCounted() {
        ARequest request = ARequest.sent(0)
                .event(1, Carried.CHOICES | Carried.ROLE)
                .event(1, Carried.CHOICES | Carried.REASONING)
                .token(2)
                .event(3, Carried.CHOICES | Carried.TOOL)
                .event(4, Carried.CHOICES | Carried.FINISH)
                .text("one two three four five");

        TokenCount count = TokenAccounting.withoutTokenizer().count(request.record());

        assertThat(count.output()).isEqualTo(3);
        assertThat(count.outputSource()).isEqualTo(TokenSource.EVENTS);
        assertThat(count.input()).isEqualTo(Usage.ABSENT);
        assertThat(count.inputSource()).isEqualTo(TokenSource.NONE);
        assertThat(count.total()).isEqualTo(Usage.ABSENT);
    }

    @Test
    void anAnswerInOneBodyWithoutUsageHasNoCount() {
        TokenCount count = TokenAccounting.withoutTokenizer()
                .count(ARequest.sent(0).notStreamed().end(5).record());

        assertThat(count.output()).isEqualTo(Usage.ABSENT);
        assertThat(count.outputSource()).isEqualTo(TokenSource.NONE);
        assertThat(count.streamed()).isEqualTo(Usage.ABSENT);
    }

    @Test
    void reasoningThatWasCountedButNeverStreamedIsHidden() {
        Usage usage = new Usage(10, 30, 20, Usage.ABSENT);

        TokenCount hidden = BY_WORD.count(ARequest.sent(0).token(1).usage(usage).record());
        TokenCount shown = BY_WORD.count(ARequest.sent(0)
                .event(1, Carried.CHOICES | Carried.REASONING)
                .token(2)
                .usage(usage)
                .record());

        assertThat(hidden.hiddenReasoning()).isEqualTo(20);
        assertThat(hidden.streamed()).isEqualTo(10);
        assertThat(shown.hiddenReasoning()).isZero();
        assertThat(shown.streamed()).isEqualTo(30);
    }
}
