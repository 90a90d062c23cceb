package io.inferometer.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/migrating.md} has a row for each flag that another tool had when its list was read, and for no other. */
class MigrationTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`--[^|]*) \\|");
    private static final Pattern FLAG = Pattern.compile("`(--[a-z0-9-]+)`");

    @ParameterizedTest
    @CsvSource({
        "vllm bench serve, flags-vllm.txt",
        "GuideLLM, flags-guidellm.txt",
        "AIPerf, flags-aiperf.txt",
        "Locust, flags-locust.txt"
    })
    void eachFlagHasARow(String tool, String list) throws IOException {
        String section = section(tool);

        List<String> rows = ROW.matcher(section)
                .results()
                .flatMap(row -> FLAG.matcher(row.group(1)).results().map((MatchResult flag) -> flag.group(1)))
                .toList();

        assertThat(rows)
                .as("the flags of %s in docs/migrating.md beside the list %s", tool, list)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(flags(list));
    }

    private static String section(String tool) throws IOException {
        return Arrays.stream(DocPage.read("migrating.md").split("(?m)^## "))
                .filter(section -> section.startsWith(tool + "\n"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> flags(String list) throws IOException {
        try (InputStream in = MigrationTest.class.getResourceAsStream(list)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("--"))
                    .collect(Collectors.toList());
        }
    }
}
