package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequireTest {
    private final CommandLineRun line = new CommandLineRun();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ttft.p50 <= 200ms| 1| --require judges by intervals, and Hello has 1 measured iteration; give -i 3 or"
                        + " more, or -f 2 or more",
                "goodput >= 95%| 3| --require goodput >= 95%: Hello has no limits to meet; give --slo ttft=200,tpot=20",
                "ttft.p98 <= 200ms| 3| --require ttft.p98 <= 200ms: name this percentile in --percentiles too",
                "ttft.p99 <= 1s| 3| --require ttft.p99 <= 1000ms: it takes 100 requests in an iteration, and Hello has 40;"
                        + " give --requests 100 or more, or another percentile",
                "ttft.p99 < 1s| 3| --require ttft.p99 < 1s: ttft.p99 < 1s: write <= or >=; an interval can't tell < from it",
            })
    void whatTheRunCouldNotTellIsRefusedBeforeIt(String required, String iterations, String message) {
        assertThat(line.run("Hello", "-p", "isl=1", "--no-journal", "-i", iterations, "--require", required))
                .isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: " + message + "\n");
    }

    @Test
    void aTimeInWhichARateSendsTooFewIsRefusedBeforeTheRun() {
        assertThat(line.run(
                        "Hello",
                        "-p",
                        "isl=1",
                        "--no-journal",
                        "--rate",
                        "4",
                        "-r",
                        "10s",
                        "-i",
                        "3",
                        "--require",
                        "ttft.p99 <= 1s"))
                .isEqualTo(2);
        assertThat(line.err())
                .isEqualTo(
                        "inferometer: --require ttft.p99 <= 1000ms: it takes 100 requests in an iteration, and Hello has"
                                + " about 40; give -r 25s or more, or another percentile\n");
    }

    @Test
    void testCasesTakeSomethingThatIsRequired() {
        assertThat(line.run("Hello", "-p", "isl=1", "--no-journal", "-rf", "junit"))
                .isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: -rf junit has a test case for each thing that is required; give --require"
                        + " 'ttft.p99 <= 200ms'\n");
    }

    @Test
    void whatOneIterationMeasuredIsNoPass() {
        assertThat(line.run("Hello", "-p", "isl=1", "--no-journal", "-i", "3", "--require", "ttft.p50 <= 900ms"))
                .isEqualTo(6);
        assertThat(line.out()).contains("# Verdict: can't tell: ttft.p50 <= 900ms\n");
        assertThat(line.err())
                .isEqualTo("inferometer: whether all is as required is not proven: can't tell: ttft.p50 <= 900ms\n");
    }
}
