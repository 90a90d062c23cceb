package io.inferometer.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsColumnsTwoSpacesApart() {
        assertThat(trials().lines())
                .containsExactly(
                        "Workload  (rate)  Metric      n  first p50  p90  Output tokens/s",
                        "Hello         10  ttft    1,000        1.5  2.5           12,345",
                        "Hello         10  e2el      999       10.5   20                1");
    }

    @Test
    void aWidthThatIsEnoughChangesNothing() {
        assertThat(trials().lines(64)).isEqualTo(trials().lines());
    }

    @Test
    void firstLeavesOutWhatIsToldElsewhereAndTheSameInAllRows() {
        assertThat(trials().lines(63))
                .containsExactly(
                        "(rate)  Metric      n  first p50  p90  Output tokens/s",
                        "    10  ttft    1,000        1.5  2.5           12,345",
                        "    10  e2el      999       10.5   20                1");
        assertThat(trials().lines(50))
                .containsExactly(
                        "Metric      n  first p50  p90  Output tokens/s",
                        "ttft    1,000        1.5  2.5           12,345",
                        "e2el      999       10.5   20                1");
    }

    @Test
    void thenBreaksTitles() {
        assertThat(trials().lines(37))
                .containsExactly(
                        "               first         Output",
                        "Metric      n    p50  p90  tokens/s",
                        "ttft    1,000    1.5  2.5    12,345",
                        "e2el      999   10.5   20         1");
    }

    @Test
    void thenShowsBlocksThatBeginWithTheNamesAndKeepTogetherWhatBelongsTogether() {
        assertThat(trials().lines(24))
                .containsExactly(
                        "Metric      n",
                        "ttft    1,000",
                        "e2el      999",
                        "",
                        "Metric  first p50  p90",
                        "ttft          1.5  2.5",
                        "e2el         10.5   20",
                        "",
                        "Metric  Output tokens/s",
                        "ttft             12,345",
                        "e2el                  1");
    }

    @Test
    void aNameThatIsTooLongIsBrokenToo() {
        Table table = new Table().left("Figure").right("A").right("B");
        table.row(List.of("ttft.p99 of concurrency 4, prompts/a-very-long-name-of-a-file.jsonl", "1", "2"));

        assertThat(table.lines(40))
                .containsExactly(
                        "Figure                A  B",
                        "ttft.p99 of           1  2",
                        "concurrency 4,",
                        "prompts/a-very-long-",
                        "name-of-a-file.jsonl");
    }

    @Test
    void noLineIsEverTooLongAndNoCellIsLost() {
        Random random = new Random(7);
        for (int turn = 0; turn < 2_000; turn++) {
            int columns = 1 + random.nextInt(9);
            Table table = new Table();
            for (int i = 0; i < columns; i++) {
                switch (random.nextInt(3)) {
                    case 0 -> table.left("Title " + i);
                    case 1 -> table.right("per s");
                    default -> table.beside("p" + i);
                }
                if (i == 1) {
                    table.toldElsewhere();
                }
            }
            for (int row = 0; row < 3; row++) {
                int of = row;
                table.row(random.ints(columns, 0, 9)
                        .mapToObj(length -> "x".repeat(length) + of)
                        .toList());
            }
            int width = 40 + random.nextInt(80);

            List<String> lines = table.lines(width);

            assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
            assertThat(String.join("", lines).chars().filter(c -> c == 'x').count())
                    .as("as in the wide one, or more where names are said again")
                    .isGreaterThanOrEqualTo(String.join("", table.lines())
                            .chars()
                            .filter(c -> c == 'x')
                            .count());
        }
    }

    private static Table trials() {
        Table table = new Table()
                .left("Workload")
                .right("(rate)")
                .toldElsewhere()
                .left("Metric")
                .names()
                .right("n")
                .right("first p50")
                .beside("p90")
                .right("Output tokens/s");
        table.row(List.of("Hello", "10", "ttft", "1,000", "1.5", "2.5", "12,345"));
        table.row(List.of("Hello", "10", "e2el", "999", "10.5", "20", "1"));
        return table;
    }
}
