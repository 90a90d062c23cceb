package io.inferometer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.corpus.length.LengthLaw;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrawTest {
    /** Drawn by numpy itself, in bench_serving's order. */
    static Stream<JsonNode> cases() throws IOException {
        return StreamSupport.stream(Vectors.cases("random_lengths.json").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNumpysDrawBitForBit(JsonNode expected) {
        Draw draw = Draw.of(
                new Mt19937(expected.get("seed").intValue()),
                LengthLaw.BENCH_SERVING_2025,
                expected.get("rangeRatio").doubleValue(),
                expected.get("prefixLen").intValue(),
                expected.get("inputLen").intValue(),
                expected.get("outputLen").intValue(),
                expected.get("count").intValue(),
                expected.get("vocab").intValue());

        assertThat(draw.prefix()).isEqualTo(Vectors.ints(expected.get("prefix")));
        assertThat(draw.inputTokens()).isEqualTo(atLeastOne(Vectors.ints(expected.get("inputLens"))));
        assertThat(draw.outputTokens()).isEqualTo(atLeastOne(Vectors.ints(expected.get("outputLens"))));
        assertThat(draw.offsets()).isEqualTo(Vectors.ints(expected.get("offsets")));
    }

    @Test
    void raisesALengthOfNothingToOne() {
        Draw draw = Draw.of(new Mt19937(3), LengthLaw.BENCH_SERVING_2025, 0, 0, 1, 1, 200, 50257);

        assertThat(draw.inputTokens()).containsOnly(1);
        assertThat(draw.outputTokens()).containsOnly(1);
    }

    @Test
    void drawsOtherLengthsForAnotherCount() {
        Draw ten = Draw.of(new Mt19937(0), LengthLaw.BENCH_SERVING_2025, 0, 0, 100, 100, 10, 50257);
        Draw eleven = Draw.of(new Mt19937(0), LengthLaw.BENCH_SERVING_2025, 0, 0, 100, 100, 11, 50257);

        assertThat(ten.inputTokens()).isEqualTo(Arrays.copyOf(eleven.inputTokens(), 10));
        assertThat(ten.outputTokens()).isNotEqualTo(Arrays.copyOf(eleven.outputTokens(), 10));
    }

    private static int[] atLeastOne(int[] lengths) {
        return Arrays.stream(lengths).map(length -> Math.max(1, length)).toArray();
    }
}
