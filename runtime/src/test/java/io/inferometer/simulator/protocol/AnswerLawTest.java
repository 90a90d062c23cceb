package io.inferometer.simulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerLawTest {
    private static final AnswerLaw LAW = new AnswerLaw(1_000, 67, 100, true, 0.25, 0.5, 1);

    @Test
    void anAnswerIsAsLongAsAskedForWhereItMayNotEnd() throws ApiException {
        AnswerLaw.Lengths lengths = LAW.lengths(request(Protocol.CHAT, 400, true), 33, 1);

        assertThat(lengths).isEqualTo(new AnswerLaw.Lengths(100, 50, 400, 100, false));
    }

    @Test
    void aTextCompletionHasNoTemplate() throws ApiException {
        assertThat(LAW.lengths(request(Protocol.COMPLETIONS, 400, true), 33, 1).promptTokens())
                .isEqualTo(33);
    }

    @Test
    void answersThatEndByThemselvesHaveTheMedianThatTheLawSays() throws ApiException {
        int[] lengths =
                IntStream.rangeClosed(1, 2_001).map(id -> own(LAW, id)).sorted().toArray();

        assertThat(lengths[1_000]).isBetween(95, 105);
        assertThat(lengths[0]).isPositive();
        assertThat(own(LAW, 7)).isEqualTo(own(LAW, 7));
        assertThat(LAW.lengths(request(Protocol.CHAT, 0, false), 33, 7).ended()).isTrue();
    }

    @Test
    void anAnswerThatWouldGoOnIsCutAtItsLimit() throws ApiException {
        AnswerLaw.Lengths lengths = LAW.lengths(request(Protocol.CHAT, 5, false), 33, 1);

        assertThat(lengths.outputTokens()).isEqualTo(5);
        assertThat(lengths.ended()).isFalse();
    }

    @Test
    void anEngineThatDoesNotHonourIgnoreEosEndsAllTheSame() throws ApiException {
        AnswerLaw deaf = new AnswerLaw(100_000, 0, 100, false, 0, 0, 1);

        assertThat(deaf.lengths(request(Protocol.CHAT, 50_000, true), 33, 1).ended())
                .isTrue();
    }

    @Test
    void lengthsThatAreNotAskedForHaveDefaults() throws ApiException {
        AnswerLaw endless = new AnswerLaw(1_000, 0, 0, true, 0, 0, 1);

        assertThat(endless.lengths(request(Protocol.CHAT, 0, false), 900, 1).outputTokens())
                .isEqualTo(100);
        assertThat(endless.lengths(request(Protocol.CHAT, 0, false), 1, 1).outputTokens())
                .isEqualTo(128);
        assertThat(endless.lengths(request(Protocol.COMPLETIONS, 0, false), 1, 1)
                        .outputTokens())
                .isEqualTo(16);
    }

    @Test
    void whatDoesNotFitInTheContextIsRefused() throws ApiException {
        assertThat(LAW.lengths(request(Protocol.CHAT, 900, true), 33, 1).outputTokens())
                .isEqualTo(900);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> LAW.lengths(request(Protocol.CHAT, 901, true), 33, 1))
                .withMessage("the context has 1000 tokens; the prompt takes 100 and the answer may take 901");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> LAW.lengths(request(Protocol.CHAT, 0, true), 933, 1))
                .withMessage("the context has 1000 tokens; the prompt takes 1000 and the answer may take 1");
    }

    private static int own(AnswerLaw law, int id) {
        try {
            return law.lengths(request(Protocol.CHAT, 0, false), 33, id).outputTokens();
        } catch (ApiException e) {
            throw new AssertionError(e);
        }
    }

    private static Ask request(Protocol protocol, int maxTokens, boolean ignoreEos) {
        return new Ask(
                protocol,
                "m",
                new Ask.Prompt(List.of(), List.of()),
                new Ask.Text(false, false, maxTokens, ignoreEos, ""));
    }
}
