package io.inferometer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Setting;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void namesEachSettingOnce() {
        assertThat(Arrays.stream(Setting.values()).map(Options::name))
                .doesNotHaveDuplicates()
                .contains("-r", "-w", "-i", "-wi", "-rf", "-rff", "--base-url", "--requests-per-slot");
    }

    @Test
    void keepsResultFilesInOrderAndOtherSettingsByName() {
        Options options = Options.builder()
                .result("json", "a")
                .result("csv", "b")
                .set(Setting.SEED, 7)
                .build();

        assertThat(options.resultFormats()).containsExactly("json", "csv");
        assertThat(options.resultFiles()).containsExactly("a", "b");
        assertThat(options.settings()).containsOnlyKeys(Setting.SEED).containsValue("7");
    }
}
