package io.inferometer.processor.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {
    private static final Path TESTS = Path.of("src/test/java/io/inferometer/processor");
    private static final Pattern ID = Pattern.compile("\\[inferometer:([a-z-]+)] ");

    @ParameterizedTest
    @EnumSource
    void anIdIsMadeOfSmallLettersAndHyphens(Rule rule) {
        assertThat(rule.id()).matches("[a-z]+(-[a-z]+)*");
    }

    @Test
    void everyRuleIsAssertedByATest() throws IOException {
        SortedSet<String> asserted = new TreeSet<>();
        try (Stream<Path> files = Files.list(TESTS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                ID.matcher(Files.readString(file))
                        .results()
                        .map((MatchResult id) -> id.group(1))
                        .forEach(asserted::add);
            }
        }

        assertThat(asserted)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Rule.values()).map(Rule::id).toList());
    }
}
