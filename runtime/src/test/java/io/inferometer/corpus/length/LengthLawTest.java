package io.inferometer.corpus.length;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LengthLawTest {
    @Test
    void benchServingSpreadsDownwards() {
        LengthLaw law = LengthLaw.BENCH_SERVING_2025;

        assertThat(law.shortest(1024, 0)).isZero();
        assertThat(law.shortest(1024, 0.8)).isEqualTo(819);
        assertThat(law.shortest(1024, 1)).isEqualTo(1024);
        assertThat(law.longest(1024, 0.8)).isEqualTo(1024);
    }

    @Test
    void vllmSpreadsBothWays() {
        LengthLaw law = LengthLaw.VLLM;

        assertThat(law.shortest(1000, 0)).isEqualTo(1000);
        assertThat(law.longest(1000, 0)).isEqualTo(1000);
        assertThat(law.shortest(1023, 0.5)).isEqualTo(511);
        assertThat(law.longest(1023, 0.5)).isEqualTo(1535);
    }

    @Test
    void refusesARatioThatMeansNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthLaw.BENCH_SERVING_2025.check(1.5))
                .withMessage("the range ratio is 1.5; BENCH_SERVING_2025 draws from int(L·ratio) to L,"
                        + " so it must be from 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LengthLaw.VLLM.check(1))
                .withMessage("the range ratio is 1.0; VLLM draws from floor(L·(1−ratio)) to ceil(L·(1+ratio)),"
                        + " so it must be at least 0 and below 1");
        assertThatIllegalArgumentException().isThrownBy(() -> LengthLaw.VLLM.check(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> LengthLaw.BENCH_SERVING_2025.check(-0.1));
    }
}
