package io.inferometer.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenarios;
import io.inferometer.report.compare.Comparison;
import io.inferometer.report.compare.Comparison.Source;
import io.inferometer.report.compare.Comparisons;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class CurveChartTest {
    @Test
    void drawsUnlikeRunsAsTheirGoldenFileHasThem() throws IOException {
        Golden.check("curve-unlike.svg", svg(Comparisons.unlike()));
    }

    @Test
    void drawsASweepAsItsGoldenFileHasIt() throws IOException {
        Golden.check("curve-sweep.svg", svg(Comparisons.of(Scenarios.sweep())));
    }

    @Test
    void drawsWellFormedXmlWhateverTheNames() throws Exception {
        ARun run = new ARun()
                .with(ARun.trial().model("<a> & \"b\" \u0001"))
                .with(ARequest.metronome(0, 50, 10, 5).record());

        String svg = svg(Comparison.of(List.of(new Source("x<y>&z", run.report()))));

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTextContent()).contains("x<y>&z", "<a> & \"b\"");
    }

    @Test
    void isPerGpuOnlyWhereAllAreKnown() throws IOException {
        ARun known =
                Comparisons.sweep(ARun.trial().gpus(4), ARun.trial().gpus(4).load(new Load.Closed(8)));
        ARun unknown = Comparisons.sweep(ARun.trial(), ARun.trial().load(new Load.Closed(8)));

        assertThat(svg(Comparisons.of(known))).contains(">output tokens/s per GPU</text>");
        assertThat(svg(Comparison.of(List.of(new Source("a", known.report()), new Source("b", unknown.report())))))
                .contains(">output tokens/s</text>");
    }

    @Test
    void drawsABarAlongEachAxisWhereThereAreIntervals() throws IOException {
        String forks = svg(Comparisons.of(Scenarios.forks()));

        assertThat(forks.split("class=\"bar c0\"", -1)).hasSize(3);
        assertThat(forks).contains(">labels: concurrency; bars: 95 % intervals</text>");
        assertThat(svg(Comparisons.of(Scenarios.sweep()))).doesNotContain("class=\"bar", "bars:");
    }

    @Test
    void saysThatThereIsNothingToDraw() throws IOException {
        assertThat(svg(Comparisons.of(Scenarios.nothingSucceeds()))).contains("No trial has output tokens and a tpot.");
    }

    private static String svg(Comparison comparison) {
        return new CurveChart(comparison).svg();
    }
}
