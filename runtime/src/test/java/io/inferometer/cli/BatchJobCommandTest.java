package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.cli.options.SettingOptions;
import io.inferometer.harness.batch.JobPlanner;
import io.inferometer.plan.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;

class BatchJobCommandTest {
    @TempDir
    Path dir;

    private static String refusal(String... args) {
        CommandLineRun line = new CommandLineRun();
        String[] all = new String[args.length + 1];
        all[0] = "batch-job";
        System.arraycopy(args, 0, all, 1, args.length);

        assertThat(line.run(all)).isEqualTo(2);
        return line.err();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-v NORMAL | a job needs requests: name a WORKLOAD, or give --requests-file FILE",
                "Hello --poll 5 | --poll 5: a time needs a unit: 5ms, 5s, 5m or 5h",
                "Hello --poll 1ms | --poll is from 10ms to 1h",
                "Hello --rate 5 | --rate is of the workload of --beside, and there is none: the endpoint itself decides how it runs the job's requests",
                "Longer --base-url sim:metronome?ttft=5 | sim:metronome?ttft=5 would end with this process, and a job is to outlive it: start one with java -jar JAR serve --port 8000 --profile 'metronome?ttft=5', and give --base-url http://127.0.0.1:8000",
                "Hello -p isl=128 -rf csv -rff x.csv | -rf csv: the result of a job is json or html; the report subcommand makes the others of the journal of the load beside it",
                "Hello -p isl=3 -p nothing=4 | -p nothing: there is no such parameter; there are: isl, name",
                "Hello --resume none.journal.jsonl -p isl=128 | there is no journal none.journal.jsonl",
                "Hello | a job is of one load and one value of each parameter, and there are 2 trials: give one of each",
                "[a-z] | WORKLOAD [a-z] names 2 workloads, and one is wanted: Hello, Longer.Nested",
                "--requests-file none.jsonl | --requests-file none.jsonl can't be read: there is no file none.jsonl"
            })
    void saysWhatCantBeDone(String args, String message) {
        assertThat(refusal(args.split(" "))).isEqualTo("inferometer: " + message + "\n");
    }

    @Test
    void eachOptionOfALoadIsOfTheOneBesideTheJob() {
        List<String> names = Stream.of(SettingOptions.load(), SettingOptions.extent())
                .flatMap(section -> section.options().stream())
                .map(OptionSpec::longestName)
                .toList();

        assertThat(Main.commandLine(new BatchJobCommand((job, plan) -> null)).getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .filter(names::contains)
                        .filter(name -> !List.of("--requests", "--grace").contains(name)))
                .isSubsetOf(JobPlanner.OF_BESIDE.stream()
                        .flatMap(setting -> Stream.of(
                                Options.name(setting),
                                "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                        .toList());
    }

    @Test
    void saysWhichLineOfAFileIsOfNoJob() throws IOException {
        Path file = dir.resolve("r.jsonl");
        String line =
                "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"%s\"}}%n";
        Files.writeString(file, String.format(line + line, "a", "m", "b", "n"));

        assertThat(refusal("--requests-file", file.toString(), "--base-url", "http://127.0.0.1:1"))
                .isEqualTo("inferometer: " + file
                        + ", line 2: its model is n, that of line 1 is m: a job is of one model\n");
        Files.writeString(file, String.format(line, "a", "m"));
        assertThat(refusal("--requests-file", file.toString()))
                .isEqualTo("inferometer: batch-job has no endpoint: give --base-url URL\n");
        assertThat(refusal("--requests-file", file.toString(), "--base-url", "http://127.0.0.1:1", "--model", "x"))
                .isEqualTo("inferometer: " + file + " asks for the model m, and --model is x\n");
        assertThat(refusal("--requests-file", file.toString(), "Hello"))
                .isEqualTo(
                        "inferometer: a job's requests are those of a WORKLOAD or of --requests-file, not of both\n");
    }
}
