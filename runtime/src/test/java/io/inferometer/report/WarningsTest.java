package io.inferometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of warnings against the code that tells them. */
class WarningsTest {
    private static final Pattern TOLD =
            Pattern.compile("(?:new Flag\\(|\\bflag\\(|some\\(\\s*flags,|lengths\\(flags,)\\s*\"([a-z-]+)\"");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");
    private static final Pattern KEY =
            Pattern.compile("`((?:tokens|throughput|arrivals|requests|goodput)\\.[A-Za-z]+)`");

    @Test
    void eachWarningHasARowAndEachRowAWarning() throws IOException {
        TreeSet<String> told = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/inferometer/report"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                told.addAll(found(TOLD, Files.readString(source)));
            }
        }

        assertThat(found(ROW, table())).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void eachKeyIsOneOfTheResults() throws IOException {
        JsonNode summary = new ObjectMapper()
                .readTree(Path.of("src/main/resources/io/inferometer/report/json/result-schema-2.json")
                        .toFile())
                .at("/$defs/summary/properties");

        assertThat(found(KEY, table())).hasSizeGreaterThan(15).allSatisfy(key -> {
            String[] parts = key.split("\\.");
            assertThat(summary.at("/" + parts[0] + "/properties/" + parts[1]).isMissingNode())
                    .as(key)
                    .isFalse();
        });
    }

    private static String table() throws IOException {
        return Files.readString(Path.of("../docs/warnings.md"));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
