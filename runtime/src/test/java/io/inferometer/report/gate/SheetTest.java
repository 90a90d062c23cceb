package io.inferometer.report.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.report.gate.Sheet.Result;
import io.inferometer.report.gate.Sheet.Row;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;

class SheetTest {
    private static final List<String> COLUMNS = List.of("Figure", "A", "Verdict");

    private static final Row PASSED = row("tpot.p50", Result.PASS, "same");
    private static final Row FAILED = row("ttft.p99 (isl = <1>)", Result.FAIL, "worse");
    private static final Row UNCLEAR = row("goodput & \u0007 more", Result.UNCLEAR, "can't tell");

    @Test
    void passesOnlyIfAllThatThereIsPasses() {
        assertThat(sheet(PASSED).result()).isEqualTo(Result.PASS);
        assertThat(sheet(PASSED, UNCLEAR).result()).isEqualTo(Result.UNCLEAR);
        assertThat(sheet(PASSED, UNCLEAR, FAILED).result()).isEqualTo(Result.FAIL);
        assertThat(sheet().result()).isEqualTo(Result.UNCLEAR);
        assertThat(sheet().verdict()).isEqualTo("nothing could be judged");
        assertThat(sheet(PASSED, UNCLEAR, FAILED).verdict()).isEqualTo("fail: ttft.p99 (isl = <1>)");
    }

    @Test
    void aReaderOfTestReportsFindsEachRowAndTheTable() throws Exception {
        ReportTestSuite suite = read(sheet(PASSED, FAILED, UNCLEAR));

        assertThat(suite.getNumberOfTests()).isEqualTo(3);
        assertThat(suite.getNumberOfFailures()).isEqualTo(1);
        assertThat(suite.getNumberOfErrors()).isEqualTo(1);
        assertThat(suite.getNumberOfSkipped()).isZero();
        List<ReportTestCase> cases = suite.getTestCases();
        assertThat(cases)
                .extracting(ReportTestCase::getName)
                .containsExactly("tpot.p50", "ttft.p99 (isl = <1>)", "goodput & ? more");
        assertThat(cases).extracting(ReportTestCase::isSuccessful).containsExactly(true, false, false);
        assertThat(cases.get(1).getFailureMessage()).isEqualTo("fail: ttft.p99 (isl = <1>)");
        assertThat(cases.get(1).getFailureDetail()).contains("tpot.p50              1  same", "a note");
    }

    @Test
    void whereNothingCouldBeJudgedThatIsAnErrorToo() throws Exception {
        ReportTestSuite suite = read(sheet());

        assertThat(suite.getNumberOfTests()).isEqualTo(1);
        assertThat(suite.getNumberOfErrors()).isEqualTo(1);
    }

    @Test
    void aPullRequestShowsATable() {
        assertThat(Markdown.of(sheet(PASSED, FAILED))).isEqualTo("""
                        ### B beside A

                        **fail: ttft.p99 (isl = \\<1\\>)**

                        about

                        | Figure | A | Verdict |
                        | --- | ---: | --- |
                        | tpot.p50 | 1 | same |
                        | ttft.p99 (isl = \\<1\\>) | 1 | worse |

                        - a note
                        """);
    }

    private static ReportTestSuite read(Sheet sheet) throws Exception {
        byte[] xml = JunitXml.of(List.of(sheet)).getBytes(StandardCharsets.UTF_8);
        List<ReportTestSuite> suites = new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(new InputStreamReader(new ByteArrayInputStream(xml), StandardCharsets.UTF_8));
        assertThat(suites).hasSize(1);
        return suites.get(0);
    }

    private static Sheet sheet(Row... rows) {
        return new Sheet(Sheet.Subject.BESIDE, List.of("about"), COLUMNS, List.of(rows), List.of("a note"));
    }

    private static Row row(String name, Result result, String word) {
        return new Row(name, result, List.of(name, "1", word), Map.of());
    }
}
