package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntilTest {
    private final CommandLineRun line = new CommandLineRun();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ttft.p99 5%|| --until ttft.p99 5%: it takes 100 requests in an iteration, and Hello has 40; give --requests"
                        + " 100 or more, or another percentile",
                "ttft.p98 5%|| --until ttft.p98 5%: name this percentile in --percentiles too",
                "goodput 5%|| --until goodput 5%: Hello has no limits to meet; give --slo ttft=200,tpot=20",
                "ttft.p50|| --until ttft.p50: ttft.p50: say how narrow, as in ttft.p50 5%",
                "itemsPerSecond 5%|| --until itemsPerSecond 5%: answers of Hello are text, and have no items",
                "ttftFromSchedule.mean 5%|| --until ttftFromSchedule.mean 5%: requests of Hello have a schedule in an open"
                        + " loop alone; give --rate N",
                "tpot.mean 5%| --no-streaming| --until tpot.mean 5%: answers of Hello come in one piece",
                "ttft.p50 5%| -r 2m| --until ttft.p50 5%: 10 iterations of 120 s, the least that is measured, take longer"
                        + " than the 600 s of --at-most; give more time, or shorter iterations",
                "ttft.p50 5%| -r 20s -i 12 --at-most 3m| --at-most 3m: 12 iterations of 20 s, the least that is measured,"
                        + " take longer than the 180 s of --at-most; give more time, or shorter iterations",
                "| --at-most 3m| --at-most 3m: it bounds what --until asks for, and that is not given; give --until"
                        + " 'ttft.p99 5%' too, or --run-time to end the run",
            })
    void whatNoIterationCouldTellIsRefusedBeforeTheRun(String goals, String others, String message) {
        StringBuilder words = new StringBuilder("Hello -p isl=1 --no-journal");
        if (others != null) {
            words.append(' ').append(others.strip());
        }
        String[] given = words.toString().split(" ");
        String[] all = Arrays.copyOf(given, given.length + (goals == null ? 0 : 2));
        if (goals != null) {
            all[given.length] = "--until";
            all[given.length + 1] = goals.strip();
        }

        assertThat(line.run(all)).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: " + message.strip() + "\n");
    }

    @Test
    void whatWasNotReachedIsNoPass() {
        assertThat(line.run("Hello", "-p", "isl=1", "--no-journal", "-i", "3", "--until", "ttft.mean 5%"))
                .isEqualTo(6);
        assertThat(line.out())
                .contains("# Until: ttft.mean +/- 5%, 10 min at most\n")
                .contains("# Measurement: at least 3 iterations, 40 requests (10 per slot) each\n")
                .contains("  ttft.mean: it takes 10 iterations, and there are 1\n");
        assertThat(line.err())
                .isEqualTo("inferometer: --until was not reached: ttft.mean has no interval after 1 iteration\n");
    }
}
