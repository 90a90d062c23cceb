package io.inferometer.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalWidthTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "132, 132",
                "' 100 ', 100",
                "5, 40",
                "99999, 80",
                "unset, 80",
                "'', 80",
                "0, 80",
                "wide, 80",
                "-1, 80"
            })
    void isWhatColumnsSaysAndThatOfAPipeOtherwise(String columns, int width) {
        assertThat(TerminalWidth.of(name -> name.equals("COLUMNS") ? columns : null, false))
                .isEqualTo(width);
    }
}
