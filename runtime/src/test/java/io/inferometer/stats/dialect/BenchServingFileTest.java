package io.inferometer.stats.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.stats.token.TokenCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our statistics of the arrays in a bench_serving result are that file's own summary.
 *
 * <p>The arrays become records whose clock ticks in picoseconds: the gaps are floating-point seconds, and rounding the
 * shortest of them to a nanosecond alone would be seen. No statistic knows the unit.
 */
class BenchServingFileTest {
    private static final Path REAL_FILES = Path.of("../../shared/data");
    private static final double TICKS_PER_SECOND = 1e12;
    private static final double TICKS_PER_MILLI = 1e9;
    private static final Percentage EXACT = Percentage.withPercentage(1e-4);

    /** The gap up to the usage event, with which a request ends, is in no array. */
    private static final Percentage BUT_FOR_THE_LAST_GAP = Percentage.withPercentage(0.5);

    @ParameterizedTest
    @ValueSource(strings = {"baseten_conc4.json", "baseten_conc16.json"})
    void aRealFilesSummaryFollowsFromItsArrays(String name) throws IOException {
        Path path = REAL_FILES.resolve(name);
        assumeTrue(Files.exists(path), path + " is not here: a file of our own is tested instead");

        assertSummaryFollows(new ObjectMapper().readTree(path.toFile()));
    }

    @Test
    void aFileOfOurOwnSaysTheSame() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("bench_serving.json")) {
            assertSummaryFollows(new ObjectMapper().readTree(in));
        }
    }

    private static void assertSummaryFollows(JsonNode file) {
        DialectSummary summary = summary(file, 0);

        assertThat(summary.completed()).isEqualTo(file.required("completed").asLong());
        assertThat(summary.inputTokens())
                .isEqualTo(file.required("total_input_tokens").asLong());
        assertThat(summary.outputTokens())
                .isEqualTo(file.required("total_output_tokens").asLong());
        assertSame(summary.ttft(), file, "ttft", EXACT);
        assertSame(summary.itl(), file, "itl", EXACT);
        assertSame(summary.e2el(), file, "e2el", BUT_FOR_THE_LAST_GAP);
        assertSame(summary(file, meanLastGap(file, summary)).tpot(), file, "tpot", BUT_FOR_THE_LAST_GAP);
    }

    private static DialectSummary summary(JsonNode file, long lastGap) {
        DialectSummary.Builder builder = new DialectSummary.Builder();
        for (int i = 0; i < file.required("ttfts").size(); i++) {
            RequestRecord record = record(file, i, lastGap);
            TokenCount tokens = TokenAccounting.withoutTokenizer().count(record);
            builder.add(record, Dialect.BENCH_SERVING_2025.request(record, tokens));
        }
        return builder.build();
    }

    /**
     * What the mean e2el has beyond the arrays, for each request whose usage was seen. A median of eight tpot is off by
     * 0.9 % without it.
     */
    private static long meanLastGap(JsonNode file, DialectSummary summary) {
        long withUsage = StreamSupport.stream(file.required("output_lens").spliterator(), false)
                .filter(length -> length.asInt() > 0)
                .count();
        double missing = file.required("mean_e2el_ms").asDouble() * TICKS_PER_MILLI
                - summary.e2el().mean();
        return Math.round(missing * summary.completed() / withUsage);
    }

    /** A request's events as its arrays tell them; the usage comes after the last one, if any tokens were counted. */
    private static RequestRecord record(JsonNode file, int i, long lastGap) {
        String error = file.required("errors").get(i).asText();
        JsonNode gaps = file.required("itls").get(i);
        int output = file.required("output_lens").get(i).asInt();
        int events = error.isEmpty() ? gaps.size() + 1 + (output > 0 ? 1 : 0) : 0;
        long[] ticks = new long[events];
        byte[] carried = new byte[events];
        long now = Math.round(file.required("ttfts").get(i).asDouble() * TICKS_PER_SECOND);
        for (int event = 0; event < events; event++) {
            boolean usage = event > gaps.size();
            if (usage) {
                now += lastGap;
            } else if (event > 0) {
                now += Math.round(gaps.get(event - 1).asDouble() * TICKS_PER_SECOND);
            }
            ticks[event] = now;
            carried[event] = (byte) (usage ? Carried.USAGE : Carried.CHOICES | Carried.CONTENT);
        }
        return new RequestRecord(
                0,
                0,
                false,
                0,
                i,
                0,
                Place.NONE,
                error.isEmpty() ? Outcome.SUCCESS : Outcome.HTTP_ERROR,
                error.isEmpty() ? 200 : 429,
                error,
                true,
                0,
                0,
                0,
                Opening.NONE,
                0,
                now,
                ticks,
                carried,
                RequestRecord.ABSENT,
                new long[0],
                output > 0 ? new Usage(Usage.ABSENT, output, Usage.ABSENT, Usage.ABSENT) : Usage.NONE,
                new int[0],
                file.required("input_lens").get(i).asInt(),
                Usage.ABSENT,
                Usage.ABSENT,
                false,
                AnswerForm.NONE,
                "",
                "");
    }

    private static void assertSame(Distribution actual, JsonNode file, String metric, Percentage tolerance) {
        assertSame(actual.mean(), file, "mean_" + metric + "_ms", tolerance);
        assertSame(actual.percentile(50), file, "median_" + metric + "_ms", tolerance);
        assertSame(actual.std(), file, "std_" + metric + "_ms", tolerance);
        assertSame(actual.percentile(99), file, "p99_" + metric + "_ms", tolerance);
    }

    private static void assertSame(double ticks, JsonNode file, String key, Percentage tolerance) {
        assertThat(ticks / TICKS_PER_MILLI).as(key).isCloseTo(file.required(key).asDouble(), tolerance);
    }
}
