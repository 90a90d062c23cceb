package io.inferometer.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.report.Scenarios;
import io.inferometer.report.compare.Comparisons;
import io.inferometer.report.console.page.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    @Test
    void tellsUnlikeRunsApart() throws IOException {
        assertThat(String.join("\n", ComparisonTable.lines(Comparisons.unlike(), new Page(80))))
                .isEqualTo("""
                                                           Tokens            p50  interactivity,
                Run              (concurrency)  Succeeded      in  out  tpot, ms             1/s
                ours                         4      100 %      10   64     10.00             100
                ours                         8      100 %      10   64     12.50            80.0
                serving-c*.json              4       75 %     120    7     20.00            50.0
                serving-c*.json             16      100 %     110   10     30.00            33.3

                Run              (concurrency)  Output tokens/s  per GPU  Mind
                ours                         4            (305)        -
                ours                         8            (557)        -
                serving-c*.json              4           (42.0)   (5.25)  25 % failed
                serving-c*.json             16           (37.5)   (4.69)  lengths unlike

                Not alike:
                  simulated    ours: these are figures of a model, not of a machine
                  prompts      mean length in tokens: 10 in ours; 115 in serving-c*.json
                  answers      mean length in tokens: 64 in ours; 7 to 10 in serving-c*.json
                  failures     serving-c*.json: 25 % at 4: failed requests give the others room
                  whole-run    in parentheses at ours: 4, 8; serving-c*.json: 4, 16: the load
                               had no steady time, and throughput is that of the whole run,
                               ramp-up and drain included
                  definitions  serving-c*.json: these were measured by another tool: its clock
                               starts earlier, and an event without text counts as its first
                               token
                  gpus         not known of ours: the drawing shows whole endpoints""");
    }

    @Test
    void saysThatThereIsNothingToCompare() throws IOException {
        assertThat(ComparisonTable.lines(Comparisons.of(Scenarios.nothingSucceeds()), new Page(80)))
                .containsExactly("There is nothing to compare: no trial has output tokens and a tpot.");
    }
}
