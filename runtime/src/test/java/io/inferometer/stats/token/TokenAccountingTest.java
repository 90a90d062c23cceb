package io.inferometer.stats.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.Usage;
import io.inferometer.stats.ARequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        assertThat(count).isEqualTo(new TokenCount(100, TokenSource.USAGE, 7, TokenSource.USAGE, 0, 3, count.window()));
        assertThat(count.tokenEvents()).isEqualTo(2);
        assertThat(count.total()).isEqualTo(107);
    }

    @Test
    void withoutUsageTheTokenizerCounts() {
        ARequest request =
                ARequest.sent(0).token(1).token(2).text("one two three").expectedPromptTokens(90);

        TokenCount count = BY_WORD.count(request.record());

        assertThat(count)
                .isEqualTo(new TokenCount(90, TokenSource.TOKENIZER, 3, TokenSource.TOKENIZER, 0, 3, count.window()));
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

    /** {@code -} stands for what the endpoint did not tell. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            among the answer's, as usual          | 10 | 30 | 20 | -  | 40 | 30 | 20
            on top of the answer's                | 10 | 8  | 24 | -  | 42 | 32 | 24
            on top, and not named                 | 10 | 8  | -  | -  | 42 | 32 | 24
            none, and the total has the cache     | 10 | 8  | -  | 24 | 42 | 8  | 0
            named 0, whatever the total           | 10 | 8  | 0  | -  | 42 | 8  | 0
            a total that is too small             | 10 | 8  | -  | -  | 9  | 8  | 0
            more than there were events for       | 10 | 8  | 20 | -  | 18 | 8  | 4
            """)
    void reasoningIsFoundInTheTotal(
            String what, int prompt, int output, Integer reasoning, Integer cached, int total, int tokens, int hidden) {
        Usage usage = new Usage(prompt, output, orAbsent(reasoning), orAbsent(cached), total);

        TokenCount count = BY_WORD.count(ARequest.sent(0)
                .token(1)
                .token(2)
                .token(3)
                .token(4)
                .usage(usage)
                .record());

        assertThat(count.output()).as(what).isEqualTo(tokens);
        assertThat(count.hiddenReasoning()).as(what).isEqualTo(hidden);
    }

    private static int orAbsent(Integer count) {
        return count == null ? Usage.ABSENT : count;
    }

    @Test
    void reasoningBetweenTagsInTheTextIsNotHidden() {
        ARequest request = ARequest.sent(0).token(1).token(2).usage(new Usage(10, 30, 20, Usage.ABSENT));

        request.form(new AnswerForm("stop", 1, true, ""));

        assertThat(BY_WORD.count(request.record()).hiddenReasoning()).isZero();
    }

    @Test
    void zerosAreNoCountWhereTokensCame() {
        ARequest request = ARequest.sent(0).token(1).token(2).usage(0, 0).expectedPromptTokens(90);

        TokenCount byEvents = TokenAccounting.withoutTokenizer().count(request.record());
        TokenCount byText = BY_WORD.count(request.text("one two three").record());

        assertThat(byEvents.outputSource()).isEqualTo(TokenSource.EVENTS);
        assertThat(byEvents.output()).isEqualTo(2);
        assertThat(byEvents.inputSource()).isEqualTo(TokenSource.TOKENIZER);
        assertThat(byEvents.input()).isEqualTo(90);
        assertThat(byText.outputSource()).isEqualTo(TokenSource.TOKENIZER);
        assertThat(byText.output()).isEqualTo(3);
    }

    @Test
    void emptyEventsBearTokensByWhichTheEndpointsCountRises() {
        ARequest request = ARequest.sent(0)
                .event(1, Carried.CHOICES)
                .token(2)
                .event(3, Carried.CHOICES)
                .event(4, Carried.CHOICES)
                .usage(5, 3)
                .tokensByEvent(0, 1, 2, 2);

        DecodeWindow window = BY_WORD.count(request.record()).window();

        assertThat(window.events()).isEqualTo(2);
        assertThat(window.lastNanos()).isEqualTo(3_000_000);
        assertThat(window.withoutText()).isEqualTo(1);
    }

    @Test
    void emptyEventsWithinTheAnswerBearTheTokensThatTextsDoNotExplain() {
        ARequest request = ARequest.sent(0)
                .event(1, Carried.CHOICES | Carried.ROLE)
                .event(2, Carried.CHOICES)
                .token(3)
                .event(4, Carried.CHOICES)
                .token(5)
                .event(6, Carried.CHOICES)
                .event(7, Carried.CHOICES | Carried.ROLE)
                .event(8, Carried.CHOICES)
                .event(9, Carried.CHOICES | Carried.FINISH)
                .event(10, Carried.CHOICES);

        DecodeWindow all = BY_WORD.count(request.usage(5, 6).record()).window();
        DecodeWindow some = BY_WORD.count(request.usage(5, 4).record()).window();
        DecodeWindow none = BY_WORD.count(request.usage(5, 2).record()).window();

        assertThat(all.events()).isEqualTo(5);
        assertThat(all.firstNanos()).isEqualTo(3_000_000);
        assertThat(all.lastNanos()).isEqualTo(8_000_000);
        assertThat(some.events()).isEqualTo(4);
        assertThat(some.lastNanos()).isEqualTo(6_000_000);
        assertThat(none.events()).isEqualTo(2);
        assertThat(none.withoutText()).isZero();
    }

    @Test
    void aSilenceBeforeTheFinishReasonHidesTokensThatNoEventBrought() {
        ARequest silent = ARequest.sent(0).token(10).token(20).token(30).event(70, Carried.CHOICES | Carried.FINISH);
        ARequest prompt = ARequest.sent(0).token(10).token(20).token(30).event(40, Carried.CHOICES | Carried.FINISH);

        assertThat(BY_WORD.count(silent.usage(5, 7).record()).window().withoutText())
                .isEqualTo(4);
        assertThat(BY_WORD.count(silent.usage(5, 3).record()).window().withoutText())
                .isZero();
        assertThat(BY_WORD.count(prompt.usage(5, 4).record()).window().withoutText())
                .isZero();
    }

    @Test
    void theTokensOfTheFirstEventAreToldOrFollowFromEvenEvents() {
        ARequest told =
                ARequest.sent(0).token(10).token(30).token(90).usage(5, 24).tokensByEvent(8, 16, 24);
        ARequest evenByCount =
                ARequest.sent(0).token(10).token(11).token(90).token(91).usage(5, 8);
        ARequest evenByTime = ARequest.sent(0).token(10).token(20).token(31).usage(5, 24);
        ARequest uneven =
                ARequest.sent(0).token(10).token(11).token(90).token(91).usage(5, 24);
        ARequest oneEach = ARequest.sent(0).token(10).token(11).token(90).usage(5, 3);
        ARequest finer =
                ARequest.sent(0).token(10).token(12).token(14).token(16).usage(5, 1);

        assertFirst(told, 8, false);
        assertFirst(evenByCount.tokensByEvent(Usage.ABSENT, 4, 6, 8), 2, false);
        assertFirst(evenByTime, 8, false);
        assertFirst(uneven, 1, true);
        assertFirst(oneEach, 1, false);
        assertFirst(finer, 1, false);
    }

    @Test
    void theTokensOfABuffersReadCountTogetherOrAreNotKnown() {
        ARequest one = ARequest.sent(0)
                .token(10)
                .token(10)
                .token(10)
                .token(10)
                .token(20)
                .token(30);
        ARequest two = ARequest.sent(0)
                .token(10)
                .token(10)
                .token(10)
                .token(10)
                .token(20)
                .token(30);

        assertFirst(one.usage(5, 6), 4, false);
        assertThat(BY_WORD.count(one.record()).window().buffered()).isTrue();
        assertFirst(two.usage(5, 12), Usage.ABSENT, false);
        assertFirst(two.tokensByEvent(2, 4, 6, 8, 10, 12), 8, false);
    }

    private static void assertFirst(ARequest request, int tokens, boolean bounded) {
        DecodeWindow window = BY_WORD.count(request.record()).window();

        assertThat(window.firstTokens()).isEqualTo(tokens);
        assertThat(window.bounded()).isEqualTo(bounded);
    }

    @Test
    void anAnswerInOneReadHasNoTimeBetweenItsTokens() {
        assertThat(BY_WORD.count(ARequest.sent(0).token(10).usage(5, 20).record())
                        .window()
                        .inOneRead())
                .isTrue();
        assertThat(BY_WORD.count(
                                ARequest.sent(0).token(10).token(10).usage(5, 2).record())
                        .window()
                        .inOneRead())
                .isTrue();
        assertThat(BY_WORD.count(
                                ARequest.sent(0).token(10).token(11).usage(5, 2).record())
                        .window()
                        .inOneRead())
                .isFalse();
    }
}
