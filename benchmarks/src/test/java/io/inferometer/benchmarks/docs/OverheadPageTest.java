package io.inferometer.benchmarks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.benchmarks.overhead.OverheadCommand;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code docs/overhead.md} has each option of the subcommand, and no other. */
class OverheadPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`-[^|]*) \\|");
    private static final Pattern NAME = Pattern.compile("`(-[^`]+)`");

    @Test
    void hasEachOption() throws Exception {
        List<String> rows = ROW.matcher(Files.readString(Page.ROOT.resolve("docs/overhead.md")))
                .results()
                .flatMap(row -> NAME.matcher(row.group(1)).results().map((MatchResult name) -> name.group(1)))
                .toList();

        assertThat(rows)
                .as("the options in docs/overhead.md")
                .containsExactlyInAnyOrderElementsOf(new CommandLine(new OverheadCommand())
                        .getCommandSpec().options().stream()
                                .flatMap(option -> Stream.of(option.names()))
                                .toList());
    }
}
