package io.inferometer.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenMemoTest {
    private static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final List<String> PARTS = List.of(
            "a", "word", " word", "Word", " ", "  ", "\n", " \n", "\t", "'s", "'", ".", ", ", "12", "345 ", "é",
            " über", "日本", "語 ", "😀", "x y", "_", "/", "THE", " The", "don't", "\r\n", "\u00a0", "ǅ", "z");

    private final List<String> asked = new ArrayList<>();

    @Test
    void theTokensOfPiecesAreThoseOfTheText() {
        TokenMemo memo = memo(1_000_000);
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            while (text.length() < 6_000) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }

            assertThat(ids(memo, text.toString())).isEqualTo(encoded(text.toString()));
        }
        assertThat(asked).hasSizeGreaterThan(120);
    }

    @Test
    void whatBeginsAlikeIsEncodedOnce() {
        TokenMemo memo = memo(1_000_000);
        String history = IntStream.range(0, 300)
                .mapToObj(i -> "It was said and done by somebody, time " + i + ". ")
                .collect(Collectors.joining());
        memo.encode(history + "One");
        int before = asked.size();

        memo.encode(history + "Other");

        assertThat(before).isGreaterThan(8);
        assertThat(asked).hasSize(before + 1).last().asString().endsWith("Other");
    }

    @Test
    void whatWasUsedLongestAgoIsForgotten() {
        TokenMemo memo = memo(2);
        memo.encode("a");
        memo.encode("b");
        memo.encode("a");
        memo.encode("c");
        asked.clear();

        memo.encode("a");
        memo.encode("b");

        assertThat(asked).containsExactly("b");
    }

    @Test
    void anEmptyTextHasNoTokens() {
        assertThat(memo(10).encode("")).isEmpty();
    }

    private TokenMemo memo(int tokens) {
        return new TokenMemo(
                text -> {
                    asked.add(text);
                    return encoded(text);
                },
                tokens);
    }

    private static int[] ids(TokenMemo memo, String text) {
        return memo.encode(text).stream().flatMapToInt(IntStream::of).toArray();
    }

    private static int[] encoded(String text) {
        return O200K.encodeOrdinary(text).toArray();
    }
}
