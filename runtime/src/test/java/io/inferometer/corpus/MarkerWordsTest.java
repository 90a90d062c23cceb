package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerWordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-4", "gpt-4o"})
    void takeThePlaceOfAsManyTokens(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);
        MarkerWords words = new MarkerWords(Optional.of(tokenizer), 1);
        RandomPrompts prompts =
                RandomPrompts.of(name).inputTokens(64).outputTokens(1).build();
        int marked = 0;
        for (int i = 0; i < 300; i++) {
            Optional<String> text = words.replacing(prompts.get(i).text());
            text.ifPresent(made -> assertThat(tokenizer.encode(made)).hasSize(64));
            marked += text.isPresent() ? 1 : 0;
        }

        assertThat(marked).isGreaterThan(295);
    }

    @Test
    void leaveNothingInCommonWithTheWordsOfAnotherSeed() {
        Tokenizer tokenizer = Tokenizers.of("gpt-4o");
        String text = "the old river runs slowly through the quiet village and on to the sea";

        String one = new MarkerWords(Optional.of(tokenizer), 1).replacing(text).orElseThrow();
        String again =
                new MarkerWords(Optional.of(tokenizer), 1).replacing(text).orElseThrow();
        String other =
                new MarkerWords(Optional.of(tokenizer), 2).replacing(text).orElseThrow();

        assertThat(one).isEqualTo(again).endsWith(" slowly through the quiet village and on to the sea");
        assertThat(Arrays.mismatch(tokenizer.encode(one), tokenizer.encode(other)))
                .isLessThan(2);
        assertThat(tokenizer.count(one)).isEqualTo(tokenizer.count(text));
    }

    @Test
    void standBeforeATextOfAnyLength() {
        assertThat(new MarkerWords(Optional.empty(), 1).before("Hi")).matches("\\w+ \\w+ \\w+ \\w+ Hi");
    }

    @Test
    void replaceNothingWhereTheLengthWouldChange() {
        assertThat(new MarkerWords(Optional.of(Tokenizers.of("gpt-4o")), 1).replacing("Hello there"))
                .isEmpty();
        assertThat(new MarkerWords(Optional.empty(), 1).replacing("a b c d e f g h"))
                .isEmpty();
    }
}
