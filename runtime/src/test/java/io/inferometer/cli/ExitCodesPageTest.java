package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/exit-codes.md} has a row for each status with which a command ends, and no other. */
class ExitCodesPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|");

    @Test
    void eachStatusHasARow() throws IOException {
        assertThat(ROW.matcher(Files.readString(Path.of("../docs/exit-codes.md")))
                        .results()
                        .map(row -> Integer.valueOf(row.group(1))))
                .as("the rows of docs/exit-codes.md beside ExitCode")
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(ExitCode::status)
                        .sorted()
                        .toList());
    }
}
