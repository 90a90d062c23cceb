package io.inferometer.report.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenarios;
import io.inferometer.stats.ARequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusReportTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "(inferometer_[a-z0-9_]+)\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\[\"n\\\\])*\",?)+} -?[0-9.E-]+");

    @TempDir
    Path directory;

    @Test
    void aSweepIsAsItsGoldenFileHasIt() throws IOException {
        Golden.check("sweep.prom", text(Scenarios.sweep()));
    }

    @Test
    void everyLineIsASampleOfTheFamilyAboveItAndNoFamilyComesTwice() throws IOException {
        for (ARun run : new ARun[] {
            Scenarios.sweep(),
            Scenarios.embeddings(),
            Scenarios.nothingSucceeds(),
            Scenarios.stamped(),
            Scenarios.watched()
        }) {
            Set<String> seen = new HashSet<>();
            String family = "";
            for (String line : text(run).split("\n")) {
                if (line.startsWith("# HELP ")) {
                    family = line.split(" ")[2];
                    assertThat(seen.add(family)).as(line).isTrue();
                } else if (line.startsWith("# TYPE ")) {
                    assertThat(line).startsWith("# TYPE " + family + " ");
                } else {
                    assertThat(line).matches(SAMPLE).startsWith(family);
                }
            }
        }
    }

    @Test
    void whatIsAbsentHasNoLine() throws IOException {
        assertThat(text(Scenarios.nothingSucceeds()))
                .contains("inferometer_requests{")
                .doesNotContain("ttft", "NaN", "Infinity", "tokens_per_second");
    }

    @Test
    void aPercentileThatTheSampleCannotCarryIsLeftOut() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial())
                .with(ARequest.sent(0).token(10).token(20).record());

        assertThat(text(run))
                .doesNotContain("quantile=\"0.99\"")
                .contains("inferometer_ttft_seconds_count{")
                .contains("inferometer_ttft_seconds_sum{");
    }

    @Test
    void aHostileNameStaysWithinItsQuotes() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial().model("a\"} 1\ninferometer_x{b=\"\\"))
                .with(ARequest.sent(0).token(10).record());

        assertThat(text(run)).contains("model=\"a\\\"} 1\\ninferometer_x{b=\\\"\\\\\"");
        assertThat(text(run).lines()).noneMatch(line -> line.startsWith("inferometer_x"));
    }

    private String text(ARun run) throws IOException {
        Path path = directory.resolve(System.nanoTime() + ".prom");
        assertThat(run.write(false, false, new ResultFile(ResultFormat.PROMETHEUS, path)))
                .isEmpty();
        return Files.readString(path);
    }
}
