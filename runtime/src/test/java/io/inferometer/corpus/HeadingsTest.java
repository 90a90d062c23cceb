package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadingsTest {
    @Test
    void nouns256AndAdjectives64AreDigits() {
        assertThat(Words.NOUNS).hasSize(256);
        assertThat(Words.ADJECTIVES).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "256, 1", "257, 2", "16384, 2", "16385, 3", "1048576, 3", "1048577, 4"})
    void hasAsFewWordsAsTellThatManyApart(long count, int words) {
        Headings headings = new Headings(count, 4);

        assertThat(headings.words()).isEqualTo(words);
        assertThat(headings.of(count - 1).split(" ")).hasSize(words);
    }

    @Test
    void areAllDifferent() {
        Headings headings = new Headings(20_000, 77);
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 20_000; i++) {
            assertThat(seen.add(headings.of(i))).as(headings.of(i)).isTrue();
        }
    }
}
