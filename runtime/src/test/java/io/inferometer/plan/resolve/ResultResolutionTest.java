package io.inferometer.plan.resolve;

import static io.inferometer.plan.resolve.Planning.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultResolutionTest {
    /** Columns: -rf, -rff, FORMAT, RESULT_FILENAME; the format and the file of the plan. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    ,     ,       ,     ,       SUMMARY, declared-20261121-101112.json
                    ,     ,       ,     r.json, SUMMARY, r.json
                    ,     ,       ,     r.csv,  CSV,     r.csv
                    ,     ,       ,     r.out,  SUMMARY, r.out
                    ,     ,       csv,  ,       CSV,     inferometer-20261121-101112.csv
                    ,     ,       vllm, ,       VLLM,    declared-20261121-101112.json
                    ,     ,       vllm, r.json, VLLM,    r.json
                    ,     o.json, ,     ,       SUMMARY, o.json
                    ,     o.json, vllm, r.json, VLLM,    o.json
                    vllm, ,       ,     ,       VLLM,    declared-20261121-101112.json
                    csv,  ,       ,     ,       CSV,     inferometer-20261121-101112.csv
                    CSV,  ,       ,     ,       CSV,     inferometer-20261121-101112.csv
                    json, ,       csv,  r.json, JSON,    r.json
                    json, o.txt,  csv,  r.json, JSON,    o.txt
                    json, a/{timestamp}/o.json, , , JSON, a/20261121-101112/o.json
                    """)
    void takesEachHalfFromTheHighestLayerThatGivesIt(
            String format,
            String file,
            String formatVariable,
            String fileVariable,
            ResultFormat expected,
            String path) {
        Planning planning = Planning.of(withResults())
                .env("FORMAT", formatVariable == null ? "" : formatVariable)
                .env("RESULT_FILENAME", fileVariable == null ? "" : fileVariable);
        if (format != null) {
            planning.set(Setting.RESULT_FORMAT, format);
        }
        if (file != null) {
            planning.set(Setting.RESULT_FILE, file);
        }

        Plan plan = planning.plan();

        assertThat(plan.files().results()).containsExactly(new Plan.ResultFile(expected, Path.of(path)));
        assertThat(plan.files().journal()).contains(Path.of(path + ".journal.jsonl"));
    }

    @Test
    void writesEveryDeclaredFileUnlessOneIsAskedFor() {
        Plan.ResultFile summary = new Plan.ResultFile(ResultFormat.SUMMARY, Path.of("s.json"));
        Plan.ResultFile rows = new Plan.ResultFile(ResultFormat.CSV, Path.of("r.csv"));

        Plan both = severalResults().plan();

        assertThat(both.files().results()).containsExactly(summary, rows);
        assertThat(both.files().journal()).contains(Path.of("s.json.journal.jsonl"));
        assertThat(results(severalResults().set(Setting.RESULT_FORMAT, "csv"))).containsExactly(rows);
        assertThat(results(severalResults().set(Setting.RESULT_FORMAT, "vllm")))
                .containsExactly(new Plan.ResultFile(ResultFormat.VLLM, Path.of("s.json")));
        assertThat(results(severalResults().set(Setting.RESULT_FILE, "o.csv")))
                .containsExactly(new Plan.ResultFile(ResultFormat.CSV, Path.of("o.csv")));
    }

    private static Planning severalResults() {
        return Planning.of(declared().results(ResultFormat.SUMMARY, "s.json").results(ResultFormat.CSV, "r.csv"));
    }

    @Test
    void namesAFileByItsEndingWhereNothingIsDeclared() {
        assertThat(results(Planning.of(declared()).set(Setting.RESULT_FILE, "o.csv")))
                .containsExactly(new Plan.ResultFile(ResultFormat.CSV, Path.of("o.csv")));
        assertThat(results(Planning.of(declared()).set(Setting.RESULT_FILE, "o")))
                .containsExactly(new Plan.ResultFile(ResultFormat.JSON, Path.of("o")));
    }

    @Test
    void pairsFormatsAndFilesInOrder() {
        Planning planning = Planning.of(withResults());
        planning.options.result(ResultFormat.JSON, Path.of("o.json")).result(ResultFormat.CSV, Path.of("o.csv"));

        assertThat(results(planning))
                .containsExactly(
                        new Plan.ResultFile(ResultFormat.JSON, Path.of("o.json")),
                        new Plan.ResultFile(ResultFormat.CSV, Path.of("o.csv")));
    }

    @Test
    void refusesFormatsWithoutFiles() {
        Planning planning = Planning.of(withResults());
        planning.options.result(ResultFormat.JSON, Path.of("o.json")).set(Setting.RESULT_FORMAT, "csv");

        assertThatThrownBy(planning::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage("there are 2 -rf and 1 -rff;"
                        + " give them as pairs: -rf json -rff run.json -rf csv -rff run.csv");
    }

    @Test
    void refusesTwoResultsInOneFile() {
        Planning planning = Planning.of(withResults());
        planning.options.result(ResultFormat.JSON, Path.of("o.json")).result(ResultFormat.VLLM, Path.of("o.json"));

        assertThatThrownBy(planning::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage("-rff o.json is there twice; each format needs a file of its own");
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() ->
                        Planning.of(withResults()).set(Setting.RESULT_FILE, " ").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("-rff has no value");
        assertThatThrownBy(() -> Planning.of(withResults())
                        .set(Setting.RESULT_FILE, "a\0b.json")
                        .plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("a b.json can't be the name of a file: Nul character not allowed");
    }

    @Test
    void keepsNoJournalOrTheOneThatIsNamed() {
        Planning none = Planning.of(withResults());
        none.options.noJournal();
        Planning named = Planning.of(withResults());
        named.options.journal(Path.of("j-{timestamp}.jsonl"));
        Planning both = Planning.of(withResults());
        both.set(Setting.JOURNAL, "j.jsonl").set(Setting.NO_JOURNAL, "true");

        assertThat(none.plan().files().journal()).isEmpty();
        assertThat(named.plan().files().journal()).contains(Path.of("j-20261121-101112.jsonl"));
        assertThatThrownBy(both::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage("--journal j.jsonl and --no-journal are two values of one setting; give one of them");
    }

    @Test
    void aTimestampIsOfOneRunAndANameIsAsItIsGiven(@TempDir Path dir) throws IOException {
        Planning stamped = Planning.of(withResults()).set(Setting.RESULT_FILE, dir + "/{timestamp}.json");
        Planning named = Planning.of(withResults()).set(Setting.RESULT_FILE, dir + "/run.json");

        Files.createFile(dir.resolve("20261121-101112.json.journal.jsonl"));
        Files.createFile(dir.resolve("20261121-101112-2.json"));
        Files.createFile(dir.resolve("run.json"));

        assertThat(results(stamped).get(0).path()).isEqualTo(dir.resolve("20261121-101112-3.json"));
        assertThat(stamped.plan().files().journal()).contains(dir.resolve("20261121-101112-3.json.journal.jsonl"));
        assertThat(results(named).get(0).path()).isEqualTo(dir.resolve("run.json"));
    }

    private static List<Plan.ResultFile> results(Planning planning) {
        return planning.plan().files().results();
    }

    private static WorkloadDescriptor.Builder withResults() {
        return declared().results(ResultFormat.SUMMARY, "declared-{timestamp}.json");
    }
}
