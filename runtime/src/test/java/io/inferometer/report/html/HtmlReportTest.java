package io.inferometer.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.record.Outcome;
import io.inferometer.report.ARun;
import io.inferometer.report.Scenarios;
import io.inferometer.stats.ARequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final String HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>&'\"";

    @TempDir
    Path directory;

    @Test
    void itsPolicyAllowsItsOwnScriptsAndStyleByTheirHashesAndNothingElse() throws Exception {
        String page = page(Scenarios.sweep());

        List<String> allowed = new ArrayList<>();
        Matcher hash = Pattern.compile("'sha256-[^']+'").matcher(page.substring(0, page.indexOf("<style>")));
        while (hash.find()) {
            allowed.add(hash.group());
        }
        List<String> own = new ArrayList<>();
        Matcher element = Pattern.compile("<(?:style|script)>(.*?)</(?:style|script)>", Pattern.DOTALL)
                .matcher(page);
        while (element.find()) {
            own.add("'sha256-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256")
                                    .digest(element.group(1).getBytes(StandardCharsets.UTF_8)))
                    + "'");
        }
        assertThat(own).hasSize(3).containsExactlyElementsOf(allowed);
        assertThat(page)
                .contains("content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-")
                .doesNotContain("unsafe-inline", "connect-src", " src=\"", "<link", "@import", "url(");
    }

    @Test
    void itHoldsTheNativeResult() throws IOException {
        Path json = directory.resolve("r.json");
        assertThat(Scenarios.sweep().write(false, false, new ResultFile(ResultFormat.JSON, json)))
                .isEmpty();
        JsonNode told = new ObjectMapper().readTree(json.toFile());

        JsonNode shown = data(page(Scenarios.sweep())).path("runs").path(0).path("result");
        assertThat(shown.path("trials").path(1).path("summary"))
                .isEqualTo(told.path("trials").path(1).path("summary"));
        assertThat(shown.path("trials").path(1).path("failures"))
                .isEqualTo(told.path("trials").path(1).path("failures"));
    }

    @Test
    void markupOfTheEndpointStaysWithinTheDataAndIsWhole() throws IOException {
        ARun run = new ARun()
                .with(ARun.trial().model(HOSTILE).workload("W" + HOSTILE))
                .with(ARequest.sent(0)
                        .failed(Outcome.HTTP_ERROR, 500, HOSTILE)
                        .end(5)
                        .record());
        String page = page(run);

        assertThat(page).doesNotContain("alert(1)</script>", "<img", "onerror=alert(2)>");
        assertThat(page.split("</script>", -1)).hasSize(4);
        JsonNode trial =
                data(page).path("runs").path(0).path("result").path("trials").path(0);
        assertThat(trial.path("trial").path("model").asText()).isEqualTo(HOSTILE);
        assertThat(trial.path("failures").path(0).path("message").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void thinningKeepsTheExtremesAndTheFailuresAndThePageSmall() throws IOException {
        ARun run = new ARun().with(ARun.trial());
        int requests = 100_000;
        for (int i = 0; i < requests; i++) {
            double ttft = i == 54_321 ? 900 : 20 + i % 7;
            ARequest one = ARequest.sent(i * 2.0).index(i).slot(i % 8);
            run.with(
                    i == 77_777
                            ? one.failed(Outcome.TIMEOUT, 0, "too late")
                                    .end(i * 2.0 + 100)
                                    .record()
                            : one.token(i * 2.0 + ttft)
                                    .token(i * 2.0 + ttft + 10)
                                    .end(i * 2.0 + ttft + 11)
                                    .record());
        }
        String page = page(run);
        JsonNode course = data(page).path("runs").path(0).path("courses").path("0");
        JsonNode drawn = course.path("requests");

        assertThat(page.length()).isLessThan(1 << 20);
        assertThat(course.path("requestsSeen").asInt()).isEqualTo(requests);
        assertThat(course.path("requestsDrawn").asInt())
                .isEqualTo(drawn.path("index").size())
                .isBetween(1_000, 4_000);
        int slowest = at(drawn.path("index"), 54_321);
        assertThat(drawn.path("first").path(slowest).asDouble()).isEqualTo(900);
        int failed = at(drawn.path("index"), 77_777);
        assertThat(drawn.path("outcomes")
                        .path(drawn.path("outcome").path(failed).asInt())
                        .asText())
                .isEqualTo("timeout");
    }

    @Test
    void theCourseCountsEveryRequestAndToken() throws IOException {
        JsonNode run = data(page(Scenarios.closedLoop())).path("runs").path(0);
        JsonNode course = run.path("courses").path("0").path("course");
        double seconds = course.path("bucketMs").asDouble() / 1_000;
        JsonNode summary = run.path("result").path("trials").path(0).path("summary");

        assertThat(sum(course.path("arrivalsPerSecond")) * seconds)
                .isCloseTo(summary.path("requests").path("total").asDouble(), within());
        assertThat(sum(course.path("outputTokensPerSecond")) * seconds)
                .isCloseTo(summary.path("tokens").path("output").asDouble(), within());
        assertThat(course.path("inFlight")
                        .path(course.path("inFlight").size() - 1)
                        .asInt())
                .isZero();
        assertThat(sum(course.path("failed")))
                .isEqualTo(summary.path("requests").path("failed").asDouble());
    }

    @Test
    void aRunWithoutASuccessIsAPageToo() throws IOException {
        JsonNode run = data(page(Scenarios.nothingSucceeds())).path("runs").path(0);

        assertThat(run.path("courses").path("0").path("distributions").isEmpty())
                .isTrue();
        assertThat(run.path("result").path("trials").path(0).path("failures").isEmpty())
                .isFalse();
    }

    private static org.assertj.core.data.Percentage within() {
        return org.assertj.core.data.Percentage.withPercentage(0.1);
    }

    private static double sum(JsonNode numbers) {
        double sum = 0;
        for (JsonNode number : numbers) {
            sum += number.asDouble();
        }
        return sum;
    }

    private static int at(JsonNode column, long value) {
        for (int i = 0; i < column.size(); i++) {
            if (column.path(i).asLong() == value) {
                return i;
            }
        }
        throw new AssertionError(value + " is not drawn");
    }

    private static JsonNode data(String page) throws IOException {
        Matcher found = DATA.matcher(page);
        assertThat(found.find()).isTrue();
        return new ObjectMapper().readTree(found.group(1));
    }

    private String page(ARun run) throws IOException {
        Path path = directory.resolve(System.nanoTime() + ".html");
        assertThat(run.write(false, false, new ResultFile(ResultFormat.HTML, path)))
                .isEmpty();
        return Files.readString(path);
    }
}
