package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.HarnessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
    private final CommandLineRun line = new CommandLineRun();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --concurency 4       | there is no option --concurency; did you mean --concurrency?
                    --concurency=4       | there is no option --concurency; did you mean --concurrency?
                    Hello --basurl x     | there is no option --basurl; did you mean --base-url?
                    -rt 5                | there is no option -rt; did you mean -r?
                    --qwertz             | there is no option --qwertz; run --help tells what there is
                    serve --prot 1       | there is no option --prot; did you mean --port?
                    list --base-url x    | there is no option --base-url; list --help tells what there is
                    -r10s                | there is no option -r10s; run --help tells what there is
                    --num-prompts 40     | there is no option --num-prompts; the number of requests is --requests here
                    --request-rate 4     | there is no option --request-rate; requests per second are --rate here
                    -u 200               | --users 200: only requests that are sent at once have users; give --all-at-once too, or --concurrency N instead
                    --spawn-rate 9       | --spawn-rate 9: only requests that are sent at once have users; give --all-at-once too, or --concurrency N instead
                    --all-at-once -u 0   | --users 0: 0 is not a whole number of at least 1
                    --all-at-once --spawn-rate 0 | --spawn-rate 0: 0 is not a number above 0
                    --run-time 30        | --run-time 30: a time needs a unit: 30ms, 30s, 30m or 30h
                    -f x                 | -f x: x is not a whole number of at least 0
                    --resume a --no-journal | --resume goes on with the journal that it names; give no --journal beside it, nor --no-journal
                    --api-key sk-secret  | there is no option --api-key; a key is never an option: put it into a variable and name that with --api-key-env
                    --model              | --model needs a value: --model NAME
                    -i                   | -i needs a value: -i N
                    --model a --model b  | --model is given twice
                    -p isl=1 -p isl=2    | -p isl is given twice; give its values together, as in -p isl=1,2
                    --tokenizer gtp2     | no tokenizer is named 'gtp2'; there are: gpt2, gpt-3.5-turbo, gpt-4, gpt-4o, gpt-oss, test:NAME; did you mean gpt2?
                    -v LOUD              | -v LOUD: LOUD is none of silent, normal, extra
                    -p isl               | -p isl needs a name and a value, as in -p isl=128
                    -p isl=x             | -p isl=x: x is not a whole number
                    --concurrency abc    | --concurrency abc: abc is not a whole number of at least 1
                    -r 10                | -r 10: -r is the time of an iteration, as in JMH, and a time needs a unit; write -r 10s, --requests 10 for a number of requests, or --spawn-rate 10 for Locust's -r
                    Helo                 | no workload matches Helo (did you mean Hello?); there are: Hello, Longer.Nested
                    serv                 | no workload matches serv; there are: Hello, Longer.Nested; did you mean the subcommand serve?
                    serv --port 1        | there is no option --port; the endpoint's port is in its URL: --base-url http://localhost:PORT; did you mean the subcommand serve?
                    Nested --base-url sim:matronome | sim:matronome: no profile 'matronome'; known: metronome, b200-trt-tp4, b200-vllm-tp1, h200-vllm-tp2, h100-vllm-tp2, mi300x-vllm-tp4, mi355x-vllm-tp1
                    --live --headless    | --headless: there is no page then, and --live asks for one; give one of them
                    --headless --live=8089 | --headless: there is no page then, and --live 8089 asks for one; give one of them
                    --live-open          | --live-open: there is no page without --live; give that too
                    --live=70000         | --live 70000: 70000 is not a port from 1 to 65535; --live alone takes a free one
                    --live=Hello         | --live Hello: Hello is not a port from 1 to 65535; --live alone takes a free one
                    --live 8089 Hello    | --live 8089: its port stands behind a sign: --live=8089
                    --live Helo          | no workload matches Helo (did you mean Hello?); there are: Hello, Longer.Nested
                    -r 200               | -r 200: -r is the time of an iteration, as in JMH, and a time needs a unit; write -r 200s, --requests 200 for a number of requests, or --spawn-rate 200 for Locust's -r
                    serve x              | nothing is known to do with x; serve --help tells what there is
                    report               | FILE is missing; report --help tells what there is
                    report none.jsonl    | there is no journal none.jsonl
                    report a b -rff x.csv | a result file holds one run; several are drawn, with -rf html or svg, or converted one by one
                    serve --port x       | --port x is not a number from 0 to 65535
                    serve --port 70000   | port must be 0 to 65535, not 70000
                    serve --profile x    | no profile 'x'; known: metronome, b200-trt-tp4, b200-vllm-tp1, h200-vllm-tp2, h100-vllm-tp2, mi300x-vllm-tp4, mi355x-vllm-tp1
                    serve --api-key-env NONE | the variable that --api-key-env names is not set
                    """)
    void saysInOneLineWhatCantBeDone(String arguments, String message) {
        int status = line.run(arguments.split(" "));

        assertThat(line.err()).isEqualTo("inferometer: " + message + "\n");
        assertThat(line.out()).isEmpty();
        assertThat(status).isEqualTo(2);
        assertThat(line.plan).isNull();
    }

    @Test
    void refusesWordsAndVariablesWhoseLettersWereLost() {
        String encoding = System.getProperty("sun.jnu.encoding");
        CommandLineRun line = new CommandLineRun();

        assertThat(line.run("--model", "caf\ufffd\ufffd")).isEqualTo(2);
        assertThat(line.env("HELLO_KEY", "\ufffd").run("--no-journal")).isEqualTo(2);

        assertThat(line.err())
                .isEqualTo("inferometer: caf?? has letters that this locale (" + encoding
                        + ") can't pass on: set LC_ALL=C.UTF-8 and try again\n"
                        + "inferometer: the value of HELLO_KEY has letters that this locale (" + encoding
                        + ") can't pass on: set LC_ALL=C.UTF-8 and try again\n");
    }

    @Test
    void runsAWorkloadOnceThatTwoPatternsFind() {
        assertThat(line.run(RunCommandTest.one("Hello", "H.*o", "Hello"))).isZero();
        assertThat(line.plan.trials()).hasSize(1);
    }

    @Test
    void runsTheMainWorkloadWhereNothingIsSaid() {
        int status = line.env("ISL", "1").run("--no-journal");

        assertThat(status).isZero();
        assertThat(line.err()).isEmpty();
        assertThat(line.plan.trials())
                .extracting(trial -> trial.binding().descriptor().name())
                .containsExactly("Hello");
        assertThat(line.out()).contains("Hello");
    }

    @Test
    void takesTheSubcommandsNameOrLeavesItOut() {
        assertThat(new CommandLineRun().run("run", "Hello", "--no-journal", "-p", "isl=1"))
                .isZero();
        assertThat(new CommandLineRun().run("Hello", "--no-journal", "-p", "isl=1"))
                .isZero();
        assertThat(new CommandLineRun().run("-p", "isl=1", "Hello", "--no-journal"))
                .isZero();
    }

    @Test
    void tellsAFailureOfTheHarnessInOneLine() {
        int status = line.failing(new HarnessException("Hello: its request method failed: no\n\n  prompts\tleft"))
                .run("-p", "isl=1");

        assertThat(status).isEqualTo(1);
        assertThat(line.err()).isEqualTo("inferometer: Hello: its request method failed: no prompts left\n");
    }

    @Test
    void tellsAFailureToWriteInOneLine() {
        assertThat(line.failing(new IOException("can't write x: No space left on device"))
                        .run("-p", "isl=1"))
                .isEqualTo(1);
        assertThat(line.err()).isEqualTo("inferometer: can't write x: No space left on device\n");
    }

    @Test
    void tellsAnErrorOfItsOwnByItsType() {
        assertThat(line.failing(new IllegalStateException("oops")).run("-p", "isl=1"))
                .isEqualTo(1);
        assertThat(line.err()).isEqualTo("inferometer: java.lang.IllegalStateException: oops (-v EXTRA shows where)\n");
    }

    @Test
    void tellsAnUncheckedFailureToWriteByItsMessage() {
        UncheckedIOException exception = new UncheckedIOException("can't write x", new IOException("full"));

        assertThat(line.failing(exception).run("-p", "isl=1")).isEqualTo(1);
        assertThat(line.err()).isEqualTo("inferometer: can't write x\n");
    }

    @Test
    void showsAStackTraceOnlyWhenAskedTo() {
        int status = line.failing(new HarnessException("it failed", new ConnectException("refused")))
                .run("-p", "isl=1", "-v", "EXTRA");

        assertThat(status).isEqualTo(1);
        assertThat(line.err())
                .startsWith("inferometer: it failed\nio.inferometer.harness.trial.HarnessException: it failed\n\tat ")
                .contains("\nCaused by: java.net.ConnectException: refused\n");
    }

    @Test
    void neverShowsTheKey() {
        int status = line.env("HELLO_KEY", "sk-0123456789")
                .failing(new HarnessException(
                        "bad key sk-0123456789", new ConnectException("no entry with sk-0123456789")))
                .run("-p", "isl=1", "-v", "EXTRA");

        assertThat(status).isEqualTo(1);
        assertThat(line.err()).startsWith("inferometer: bad key ***\n").doesNotContain("sk-0123456789");
        assertThat(line.out()).doesNotContain("sk-0123456789");
    }

    @Test
    void refusesAKeyForASimulatedEndpoint() {
        int status = line.env("HELLO_KEY", "sk-0123456789").run("--base-url", "sim:metronome");

        assertThat(status).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: HELLO_KEY is set, but --base-url is simulated (sim:metronome); probably the"
                        + " variable of the endpoint's URL, HELLO_URL, is misspelt or missing, or unset HELLO_KEY to"
                        + " run the simulation\n");
    }

    @Test
    void saysWhereWorkloadsMayHaveGone() {
        int status = line.workloads().run();

        assertThat(status).isEqualTo(2);
        assertThat(line.err())
                .isEqualTo("inferometer: there are no workloads in this jar: was it compiled with"
                        + " inferometer-processor in annotationProcessorPaths, and are META-INF/services files merged"
                        + " where it is shaded, and named in provides where there is a module-info?\n");
    }

    @Test
    void aRunOfNothingInParticularSaysWhatItIs() {
        CommandLineRun asked = new CommandLineRun();

        line.run();
        asked.run("Hello");

        assertThat(line.out())
                .startsWith(
                        "# This measures how fast an LLM endpoint answers. None was named, so the main workload runs"
                                + " on the endpoint below.\n"
                                + "# Measure yours with --base-url URL --model NAME; list tells of other workloads, --help of all options.\n"
                                + "# Inferometer ");
        assertThat(asked.out()).startsWith("# Inferometer ");
    }

    @Test
    void tellsItsVersion() {
        assertThat(line.run("--version")).isZero();
        assertThat(line.out())
                .matches("Inferometer \\S+ on Java " + Runtime.version().feature() + ".*\n");
    }

    @Test
    void runsASubcommandThatAnotherJarAdds() {
        Echo echo = new Echo();

        assertThat(line.with(echo).run("echo", "--text", "hi")).isEqualTo(3);
        assertThat(line.out()).isEqualTo("hi\n");
    }

    @Test
    void listsTheSubcommandsOfOtherJarsBesideItsOwn() {
        assertThat(line.with(new Echo()).run("--help")).isZero();
        assertThat(line.out())
                .contains("  report      show and convert journals of earlier runs\n"
                        + "  compare     judge whether one run is worse than another: an exit code\n"
                        + "  search      search the highest load under an objective\n"
                        + "  doctor      tell what of this machine and an endpoint stands in the way of a good number\n"
                        + "  completion  print a script that completes command lines in bash, zsh or fish\n"
                        + "  echo        say it again\n");
    }

    @Test
    void aFullHeapIsOneLineWhereverItWasMet() {
        assertThat(line.with(new Hoarder(new OutOfMemoryError("made up"))).run("hoard"))
                .isEqualTo(1);
        assertThat(line.err())
                .isEqualTo("inferometer: the heap of "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB was full: give it more, as in java -Xmx4g -jar\n");
        assertThat(new CommandLineRun()
                        .with(new Hoarder(new IllegalStateException(new OutOfMemoryError("made up"))))
                        .run("hoard"))
                .isEqualTo(1);
    }

    @CommandLine.Command(name = "hoard")
    private record Hoarder(Throwable thrown) implements Subcommand {
        @Override
        public String summary() {
            return "keep everything";
        }

        @Override
        public ExitCode run(CommandContext context) {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }

    @CommandLine.Command(name = "echo")
    private static final class Echo implements Subcommand {
        @CommandLine.Option(names = "--text")
        private String text;

        @Override
        public String summary() {
            return "say it again";
        }

        @Override
        public ExitCode run(CommandContext context) {
            context.out().println(text);
            return ExitCode.TOO_MANY_FAILURES;
        }
    }
}
