package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusSpecTest {
    @ParameterizedTest
    @CsvSource({
        "200,  512, 0.3,   gpt-3.5-turbo,       requests_count-200_tokens-512_prefix-0p30_tokenizer-gpt-3.5-turbo.jsonl",
        "1,    8,   0,     gpt2,                requests_count-1_tokens-8_prefix-0p00_tokenizer-gpt2.jsonl",
        "1000, 128, 1,     openai/gpt-oss-120b, requests_count-1000_tokens-128_prefix-1p00_tokenizer-openai-gpt-oss-120b.jsonl",
        "5,    64,  0.125, ../a b/tok.json,     requests_count-5_tokens-64_prefix-0p125_tokenizer-..-a-b-tok.json.jsonl",
        "5,    64,  1e-9,  gpt2,                requests_count-5_tokens-64_prefix-0p0000000010_tokenizer-gpt2.jsonl"
    })
    void namesItsFileByWhatIsInIt(long count, int tokens, double overlap, String tokenizer, String name) {
        CorpusSpec spec =
                CorpusSpec.DEFAULT.count(count).tokens(tokens).overlap(overlap).tokenizer(tokenizer);

        assertThat(spec.fileName()).isEqualTo(name);
    }

    @Test
    void allowsFiveTokensOrFivePercentUnlessToldOtherwise() {
        assertThat(CorpusSpec.DEFAULT.toleranceTokens(8)).isEqualTo(5);
        assertThat(CorpusSpec.DEFAULT.toleranceTokens(512)).isEqualTo(25);
        assertThat(CorpusSpec.DEFAULT.tolerance(0).toleranceTokens(512)).isZero();
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusSpec.DEFAULT.count(0))
                .withMessage("a corpus of 0 prompts can't be made; 1 is the fewest");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusSpec.DEFAULT.tokens(0))
                .withMessage("a prompt of 0 tokens can't be made; from 1 to 10000000 can");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusSpec.DEFAULT.overlap(30))
                .withMessage("an overlap of 30.0 means nothing; it is the share of tokens that prompts have in common,"
                        + " from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusSpec.DEFAULT.tolerance(-1))
                .withMessage("a tolerance of -1 tokens means nothing; 0 is the smallest");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusSpec.DEFAULT.prefixText("Once"))
                .withMessage("a prefix text needs an overlap above 0, else no prompt begins with it");
    }
}
