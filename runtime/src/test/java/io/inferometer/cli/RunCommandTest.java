package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.cli.options.ParseErrors;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

public class RunCommandTest {
    @TempDir
    Path directory;

    private final CommandLineRun line = new CommandLineRun();

    @ParameterizedTest
    @EnumSource(Setting.class)
    void hasAnOptionForEachSetting(Setting setting) {
        String name = Options.name(setting);
        boolean flag = Options.isFlag(setting);
        Options options = flag ? options(name) : options(name + "=text");

        assertThat(options.settings()).containsExactly(Map.entry(setting, List.of(flag ? "true" : "text")));
    }

    @Test
    void tellsWhatToDoAboutAPreFlightThatFailed() {
        line.failing(new PreFlightException(0, "Hello", Outcome.HTTP_ERROR, 404, false, "404: x"));

        assertThat(line.run(one())).isEqualTo(3);
        assertThat(line.err())
                .isEqualTo("inferometer: the pre-flight of Hello failed: 404: x;"
                        + " check the URL, and that it serves the model m\n");
    }

    @Test
    void tellsHowToWaitForAnEndpointThatLoads() {
        line.failing(new PreFlightException(0, "Hello", Outcome.HTTP_ERROR, 503, true, "503: loading"));

        assertThat(line.run(one())).isEqualTo(3);
        assertThat(line.run(one("--ready-timeout", "1ms"))).isEqualTo(3);
        assertThat(line.err()).isEqualTo("""
                        inferometer: the pre-flight of Hello failed: 503: loading; --ready-timeout 5m waits for it
                        inferometer: the pre-flight of Hello failed: 503: loading; it was not ready in time
                        """);
    }

    @Test
    void leavesEverythingOpenWhereNothingIsSaid() {
        assertThat(options()).isEqualTo(Options.of().build());
    }

    @Test
    void readsEveryOption() {
        Options options =
                options(("Hello Other -e a -e b -p isl=1,2 -p osl=a=b --auth x-api-key --no-streaming --all-at-once"
                                + " -foe --insecure --no-preflight -rf json -rff a.json -rf csv -rff b.csv --save-detailed --force"
                                + " --journal j.jsonl --no-journal -v silent --seed -6")
                        .split(" "));

        assertThat(options)
                .isEqualTo(Options.of("Hello", "Other")
                        .exclude("a")
                        .exclude("b")
                        .param("isl", 1, 2)
                        .param("osl", "a=b")
                        .auth("x-api-key")
                        .streaming(false)
                        .seed(-6)
                        .allAtOnce()
                        .failOnError()
                        .insecure()
                        .noPreflight()
                        .result(ResultFormat.JSON, Path.of("a.json"))
                        .result(ResultFormat.CSV, Path.of("b.csv"))
                        .saveDetailed()
                        .force()
                        .set(Setting.JOURNAL, "j.jsonl")
                        .set(Setting.NO_JOURNAL, "true")
                        .verbosity(Plan.Verbosity.SILENT)
                        .build());
    }

    @Test
    void keepsJmhsWayOfFailingOnError() {
        assertThat(options("-foe", "true", "Hello").text(Setting.FAIL_ON_ERROR)).contains("true");
        assertThat(options("-foe", "false", "Hello").text(Setting.FAIL_ON_ERROR))
                .contains("false");
        assertThat(options("-foe", "Hello").workloads()).containsExactly("Hello");
    }

    @Test
    void readsAHeaderWithAColonInItsValue() {
        assertThat(options("--header", "X-A: http://b:1", "--header", "X-C: ${D}")
                        .texts(Setting.HEADER))
                .containsExactly("X-A: http://b:1", "X-C: ${D}");
    }

    @Test
    void namesAndDescribesEachOptionOnce() {
        CommandLine command = new CommandLine(new RunCommand((plan, report, forked) -> null));

        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
            if (option.hidden()) {
                continue;
            }
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
            assertThat(option.description()[0]).as(option.longestName()).endsWith(".");
        }

        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("-wi", "-i", "-w", "-r", "-p", "-e", "-o", "-rf", "-rff", "-foe", "-v", "-l", "-lp", "-lrf");
    }

    @Test
    void writesResultsAndNamesTheJournalAfterTheFirst() throws IOException {
        Path result = directory.resolve("run.json");

        int status = line.run("-p", "isl=1", "-rf", "json", "-rff", result.toString());

        assertThat(status).isZero();
        assertThat(Files.readString(result)).startsWith("{");
        assertThat(line.plan.files().journal()).contains(directory.resolve("run.json.journal.jsonl"));
    }

    @Test
    void refusesAResultThatExistsBeforeAnythingIsSent() throws IOException {
        Path result = Files.writeString(directory.resolve("run.json"), "precious");

        int status = line.run("-p", "isl=1", "-rff", result.toString());

        assertThat(status).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + result + " exists: give another -rff, or --force to replace it\n");
        assertThat(line.plan).isNull();
        assertThat(result).hasContent("precious");
    }

    @Test
    void saysThatForceLeavesTheJournalOfAResumedRun() throws IOException {
        Path result = Files.writeString(directory.resolve("run.json"), "of the interrupted run");

        int status = line.run("-p", "isl=1", "--resume", result + ".journal.jsonl", "-rff", result.toString());

        assertThat(status).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: " + result
                        + " exists: give another -rff, or --force to replace it; the journal" + " of --resume stays\n");
    }

    @Test
    void replacesAResultThatExistsByForce() throws IOException {
        Path result = Files.writeString(directory.resolve("run.json"), "precious");

        assertThat(line.run("-p", "isl=1", "--force", "-rff", result.toString()))
                .isZero();
        assertThat(Files.readString(result)).startsWith("{");
    }

    @Test
    void writesTheConsolesTextToAFile() throws IOException {
        Path text = directory.resolve("out.txt");

        assertThat(line.run(one("-o", text.toString()))).isZero();
        assertThat(line.out()).isEmpty();
        assertThat(Files.readString(text)).contains("Hello");
        assertThat(line.run(one("-o", text.toString()))).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: -o " + text + " exists; --force replaces it\n");
        assertThat(line.run(one("-o", text.toString(), "--force"))).isZero();
    }

    @Test
    void saysThatTheConsolesFileCantBeWritten() {
        Path text = directory.resolve("none/out.txt");

        assertThat(line.run(one("-o", text.toString()))).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: can't write -o " + text + ": there is no such directory\n");
    }

    @Test
    void saysThatTheConsolesFileLacksAPart() {
        assumeThat(Path.of("/dev/full")).exists();

        assertThat(line.run(one("-o", "/dev/full", "--force"))).isEqualTo(1);
        assertThat(line.err())
                .isEqualTo("inferometer: can't write -o /dev/full, which lacks a part; is the disk full?\n");
    }

    /** The arguments of a run with one trial and no files. */
    public static String[] one(String... more) {
        List<String> arguments = new ArrayList<>(List.of("-p", "isl=1", "--no-journal"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    static Options options(String... arguments) {
        RunCommand run = new RunCommand((plan, report, forked) -> null);
        ParseErrors.parse(new CommandLine(run).setPosixClusteredShortOptionsAllowed(false), List.of(arguments));
        return run.options();
    }
}
