package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-3.5-turbo", "gpt-4o"})
    void everyWordIsOneTokenBehindASpace(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);

        for (String[] words : new String[][] {
            Words.NOUNS, Words.ADJECTIVES, Words.ACTS, Words.DEEDS, Words.ADVERBS, Words.PREPOSITIONS
        }) {
            assertThat(words).doesNotHaveDuplicates();
            for (String word : words) {
                assertThat(tokenizer.encode(' ' + word)).as(word).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-3.5-turbo", "gpt-4o"})
    void anyNumberOfPiecesIsThatManyTokensInWholeSentences(String name) {
        Tokenizer tokenizer = Tokenizers.of(name);
        Sentences sentences = new Sentences(new Mt19937(8));

        for (int pieces = Sentences.FEWEST; pieces < 300; pieces++) {
            StringBuilder text = new StringBuilder();
            sentences.write(text, pieces);

            assertThat(tokenizer.encode(text.toString())).as(text.toString()).hasSize(pieces);
            assertThat(text).matches("( [A-Z][a-z]*,?( [a-z]+,?)+\\.)+");
        }
    }
}
