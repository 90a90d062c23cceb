package io.inferometer.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.plan.Plan;
import io.inferometer.report.ARun;
import io.inferometer.report.Golden;
import io.inferometer.report.Scenarios;
import io.inferometer.report.compare.Comparison.Source;
import io.inferometer.report.imported.ImportedRun;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Load;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ComparisonTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/inferometer/report");

    @Test
    void tellsUnlikeRunsApart() throws IOException {
        assertThat(String.join("\n", unlike().lines())).isEqualTo("""
                Run              (concurrency)  Succeeded  Tokens in  out  mean tpot, ms  Tokens/s/user  Output tokens/s  per GPU
                ours                         4      100 %         10   64          10.00            100              305        -
                ours                         8      100 %         10   64          12.50           80.0              557        -
                serving-c*.json              4       75 %        120    7          17.41           57.4             42.0     5.25
                serving-c*.json             16      100 %        110   10          30.00           33.3             37.5     4.69

                Not alike:
                  simulated    ours: these are figures of a model, not of a machine
                  prompts      mean length in tokens: 10 in ours; 115 in serving-c*.json
                  answers      mean length in tokens: 64 in ours; 7 to 10 in serving-c*.json
                  failures     serving-c*.json: 25 % at 4: failed requests give the others room
                  definitions  serving-c*.json: these were measured by another tool: its clock starts earlier, and an event without text
                               counts as its first token
                  gpus         not known of ours: the drawing shows whole endpoints""");
    }

    @Test
    void drawsUnlikeRunsAsTheirGoldenFileHasThem() throws IOException {
        Golden.check("curve-unlike.svg", unlike().svg());
    }

    @Test
    void drawsASweepAsItsGoldenFileHasIt() throws IOException {
        Golden.check(
                "curve-sweep.svg",
                Comparison.of(List.of(new Source("", Scenarios.sweep().report())))
                        .svg());
    }

    @Test
    void drawsWellFormedXmlWhateverTheNames() throws Exception {
        ARun run = new ARun()
                .with(ARun.trial().model("<a> & \"b\" \u0001"))
                .with(ARequest.metronome(0, 50, 10, 5).record());

        String svg = Comparison.of(List.of(new Source("x<y>&z", run.report()))).svg();

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTextContent()).contains("x<y>&z", "<a> & \"b\"");
    }

    @Test
    void isPerGpuOnlyWhereAllAreKnown() throws IOException {
        ARun known = sweep(ARun.trial().gpus(4), ARun.trial().gpus(4).load(new Load.Closed(8)));
        ARun unknown = sweep(ARun.trial(), ARun.trial().load(new Load.Closed(8)));

        assertThat(Comparison.of(List.of(new Source("", known.report()))).svg())
                .contains(">output tokens/s per GPU</text>");
        assertThat(Comparison.of(List.of(new Source("a", known.report()), new Source("b", unknown.report())))
                        .svg())
                .contains(">output tokens/s</text>");
    }

    @Test
    void saysThatThereIsNothingToDraw() throws IOException {
        Comparison nothing =
                Comparison.of(List.of(new Source("", Scenarios.nothingSucceeds().report())));

        assertThat(nothing.lines())
                .containsExactly("There is nothing to compare: no trial has output tokens and a tpot.");
        assertThat(nothing.svg()).contains("No trial has output tokens and a tpot.");
    }

    private static Comparison unlike() throws IOException {
        ImportedRun serving = ImportedRun.of(
                        List.of(RESOURCES.resolve("serving-c4.json"), RESOURCES.resolve("serving-c16.json")))
                .get(0);
        ARun ours = sweep(ARun.trial(), ARun.trial().load(new Load.Closed(8)));
        return Comparison.of(List.of(
                new Source("ours", ours.report()),
                new Source(serving.name(), serving.read(8, Plan.PERCENTILES).report())));
    }

    /** Two levels of a closed loop, each slot with two answers of 64 tokens. */
    private static ARun sweep(ARun.ATrial four, ARun.ATrial eight) {
        ARun run = new ARun().with(four).with(eight);
        for (int trial = 0; trial < 2; trial++) {
            for (int i = 0; i < 8 * (trial + 1); i++) {
                double start = trial * 10_000 + i / (4 * (trial + 1)) * 1_000;
                run.with(ARequest.metronome(start, 50, trial == 0 ? 10 : 12.5, 64)
                        .of(trial, false, 0)
                        .index(i)
                        .slot(i % (4 * (trial + 1)))
                        .record());
            }
        }
        return run;
    }
}
