package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.cli.closing.ClosingLine;
import io.inferometer.harness.RunOutcome;
import io.inferometer.instrument.AHealth;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.ARun;
import io.inferometer.report.Failure;
import io.inferometer.report.RunEnd;
import io.inferometer.report.header.TrialHeader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosingLineTest {
    private final CommandLineRun line = new CommandLineRun();

    @Test
    void saysNothingOfARunThatWentWell() {
        assertThat(line.run(one())).isZero();
        assertThat(line.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HTTP_ERROR | 400 | 400: x | 400: x; does the endpoint know this model and these fields, and hold prompts this long?
                    HTTP_ERROR | 401 | 401: x | 401: x; no key was sent: HELLO_KEY is not set
                    HTTP_ERROR | 403 | 403: x | 403: x; no key was sent: HELLO_KEY is not set
                    HTTP_ERROR | 404 | 404: x | 404: x; check the URL, and that it serves the model m
                    HTTP_ERROR | 429 | 429: x | 429: x; the endpoint limits its rate: give less load, or wait
                    HTTP_ERROR | 500 | 500: x | 500: x; look at its log
                    HTTP_ERROR | 307 | 307: x | 307: x; redirects are not followed: give the URL it leads to
                    CONNECT_ERROR | 0 | refused; is it up? | refused; is it up?
                    HTTP_ERROR | 400 | 400: stream_options: no such field | 400: stream_options: no such field; --omit stream_options leaves it out
                    HTTP_ERROR | 422 | 422: body.ignore_eos: no | 422: body.ignore_eos: no; --omit ignore_eos leaves it out
                    HTTP_ERROR | 400 | 400: max_completion_tokens: no | 400: max_completion_tokens: no; --length-field max_tokens names the other field
                    STREAM_ERROR | 200 | the response broke off | the response broke off; the endpoint, or a proxy before it, ended the stream
                    STREAM_ERROR | 200 | out of memory | out of memory
                    DECODE_ERROR | 200 | no token in 2 events, none with choices | no token in 2 events, none with choices; is http://127.0.0.1:1 an endpoint of OpenAI's chat completions?
                    DECODE_ERROR | 200 | no token in 2 events | no token in 2 events
                    TIMEOUT | 0 | late | late; give more --timeout, or less load
                    """)
    void saysWhatFailedAndWhatToDo(Outcome outcome, int status, String error, String message) {
        line.requests(Requests.success(0), Requests.failure(1, outcome, status, error));

        assertThat(line.run(one())).isEqualTo(3);
        assertThat(line.err()).isEqualTo("inferometer: 1 of 2 requests of Hello failed: " + message + "\n");
    }

    @Test
    void namesAProxyThatIsSetAndNotUsed() {
        line.env("HTTPS_PROXY", "http://proxy:3128")
                .requests(Requests.success(0), Requests.failure(1, Outcome.CONNECT_ERROR, 0, "refused"));

        assertThat(line.run(one())).isEqualTo(3);
        assertThat(line.err())
                .isEqualTo("inferometer: 1 of 2 requests of Hello failed: refused; HTTPS_PROXY is set, and is not used:"
                        + " requests go to the endpoint itself\n");
    }

    @Test
    void aTrialInWhichNothingSucceededHasFailedWhateverMayFail() {
        line.requests(Requests.failure(0, Outcome.TIMEOUT, 0, "late"), Requests.failure(1, Outcome.TIMEOUT, 0, "late"));

        assertThat(line.run("Hello", "-p", "isl=128", "--max-failures", "100%")).isEqualTo(3);
        assertThat(line.err())
                .isEqualTo(
                        "inferometer: none of 2 requests of Hello succeeded: late; give more --timeout, or less load\n");
    }

    @Test
    void saysThatTheWarmUpFailed() {
        line.requests(Requests.warmupFailure(Outcome.CONNECT_ERROR, 0, "refused"));

        assertThat(line.run(one())).isEqualTo(3);
        assertThat(line.err())
                .isEqualTo("inferometer: no warm-up request of Hello succeeded, so nothing was measured: refused\n");
    }

    @Test
    void saysThatNothingWasMeasured() {
        line.requests();

        assertThat(line.run(one())).isEqualTo(3);
        assertThat(line.err()).isEqualTo("inferometer: nothing was measured of Hello\n");
    }

    @Test
    void asksForTheRightKey() {
        line.requests(Requests.failure(0, Outcome.HTTP_ERROR, 401, "401: x"));

        line.env("OPENAI_API_KEY", "sk-0").run(one());
        line.env("HELLO_KEY", "sk-1").run(one());
        line.run(one("--api-key-env", ""));

        assertThat(line.err()).isEqualTo("""
                        inferometer: 1 of 1 requests of Hello failed: 401: x; no key was sent: HELLO_KEY is not set; OPENAI_API_KEY is set, but is never sent in its place
                        inferometer: 1 of 1 requests of Hello failed: 401: x; is the key in HELLO_KEY this endpoint's, with the rights for this model?
                        inferometer: 1 of 1 requests of Hello failed: 401: x; no key was sent: name the variable that holds it with --api-key-env
                        """);
    }

    @Test
    void theHeaderSaysWhetherThereIsAKey() {
        line.run(one());
        assertThat(line.out()).contains("# Endpoint: http://127.0.0.1:1, no key (HELLO_KEY is not set)\n");

        line.env("HELLO_KEY", "sk-1").run(one());
        assertThat(line.out()).contains("# Endpoint: http://127.0.0.1:1, key from HELLO_KEY\n");
    }

    @Test
    void namesTheMostFrequentFailure() {
        line.requests(
                Requests.failure(0, Outcome.HTTP_ERROR, 500, "500: x"),
                Requests.failure(1, Outcome.HTTP_ERROR, 429, "429: y"),
                Requests.failure(2, Outcome.HTTP_ERROR, 429, "429: z"));

        line.run(one());

        assertThat(line.err())
                .isEqualTo("inferometer: 3 of 3 requests of Hello failed: 429: y;"
                        + " the endpoint limits its rate: give less load, or wait\n");
    }

    @Test
    void namesTheMostFrequentFailureOfAllTrials() {
        TrialHeader trial =
                new ARun().with(ARun.trial().endpoint("http://e")).header().trial(0);
        RunOutcome.FailedTrial rare =
                new RunOutcome.FailedTrial(trial, 1, 9, Optional.of(new Failure(Outcome.TIMEOUT, 0, "late", 1)));
        RunOutcome.FailedTrial frequent =
                new RunOutcome.FailedTrial(trial, 8, 9, Optional.of(new Failure(Outcome.HTTP_ERROR, 429, "429: y", 8)));

        Optional<String> told =
                new ClosingLine(name -> null).of(new RunOutcome.TooManyFailures(0, List.of(rare, frequent, rare)));

        assertThat(told.orElseThrow())
                .startsWith("8 of 9 requests of ")
                .endsWith(
                        " failed: 429: y; the endpoint limits its rate: give less load, or wait (and 2 other trials)");
    }

    @Test
    void namesAMessageWhereNoneComesTwice() {
        line.requests(IntStream.range(0, 250)
                .mapToObj(i -> Requests.failure(i, Outcome.HTTP_ERROR, 500, "500: request " + i))
                .toArray(RequestRecord[]::new));

        line.run(one());

        assertThat(line.err())
                .isEqualTo("inferometer: 250 of 250 requests of Hello failed: 500: request 0; look at its log\n");
    }

    @Test
    void allowsAShareOfFailedRequests() {
        line.requests(Requests.success(0), Requests.failure(1, Outcome.HTTP_ERROR, 500, "500: x"));

        assertThat(line.run(one("--max-failures", "50%"))).isZero();
        assertThat(line.err()).isEmpty();
        assertThat(line.run(one("--max-failures", "49%"))).isEqualTo(3);
        assertThat(line.err())
                .isEqualTo("inferometer: 1 of 2 requests of Hello failed, more than 49 %: 500: x; look at its log\n");
    }

    @Test
    void takesATrialWithoutASuccessForFailedWhateverMayFail() {
        line.requests(Requests.failure(0, Outcome.HTTP_ERROR, 500, "500: x"));
        assertThat(line.run(one("--max-failures", "100%"))).isEqualTo(3);
        assertThat(line.err())
                .isEqualTo("inferometer: none of 1 requests of Hello succeeded: 500: x; look at its log\n");
    }

    @Test
    void takesATrialOfWhichAllWasGivenUpForFailed() {
        line.requests(Requests.failure(0, Outcome.CANCELLED, 0, ""), Requests.failure(1, Outcome.CANCELLED, 0, ""));
        assertThat(line.run(one())).isEqualTo(3);
        assertThat(line.err()).isEqualTo("inferometer: none of 2 requests of Hello succeeded\n");
    }

    @Test
    void takesATrialWithoutAResultForFailed() {
        assertThat(line.requests().run(one("--max-failures", "100%"))).isEqualTo(3);
    }

    @Test
    void countsTheOtherTrialsThatFailed() {
        line.requests(Requests.failure(0, Outcome.TIMEOUT, 0, "late"));

        line.run("-p", "isl=1,2,3", "--no-journal");

        assertThat(line.err())
                .isEqualTo("inferometer: 1 of 1 requests of Hello failed: late;"
                        + " give more --timeout, or less load (and 2 other trials)\n");
    }

    @Test
    void tellsARunThatWasCutOffFromOneThatAFailureEnded() {
        assertThat(line.incomplete(new RunEnd.Broken("can't write the journal x: full"))
                        .run(one()))
                .isEqualTo(1);
        line.requests(Requests.failure(0, Outcome.TIMEOUT, 0, "late"))
                .incomplete(new RunEnd.FailedRequest(0, Outcome.TIMEOUT, "late"));
        assertThat(line.run(one("-foe"))).isEqualTo(3);

        assertThat(line.err()).isEqualTo("""
                        inferometer: the run is not complete: can't write the journal x: full
                        inferometer: the run is not complete: request 0 failed (timeout: late), and -foe was given
                        """);
    }

    @Test
    void saysNothingMoreOfARunThatItsUserInterrupted() {
        assertThat(line.incomplete(RunEnd.INTERRUPTED).run(one())).isEqualTo(130);

        assertThat(line.err()).isEmpty();
    }

    @Test
    void givesNoAdviceOnASimulatedEndpoint() {
        line.requests(Requests.failure(0, Outcome.HTTP_ERROR, 500, "500: x"));

        line.run(one("--base-url", "sim:metronome"));

        assertThat(line.err()).isEqualTo("inferometer: 1 of 1 requests of Hello failed: 500: x\n");
    }

    @Test
    void countsASuspectClientOnlyWhereAskedTo() {
        line.health(AHealth.busyMachine());

        assertThat(line.run(one())).isZero();
        assertThat(line.err()).isEmpty();
        assertThat(line.run(one("--strict"))).isEqualTo(4);
        assertThat(line.err())
                .isEqualTo("inferometer: the client that measured Hello is suspect, and --strict was given: the"
                        + " machine's processors were 99 % busy, of which this client used 0.34 (limit 80 %); measure"
                        + " from a machine that does nothing else, or with fewer streams\n");
    }

    @Test
    void countsFailedRequestsBeforeASuspectClient() {
        line.health(AHealth.busyMachine()).requests(Requests.failure(0, Outcome.TIMEOUT, 0, "late"));

        assertThat(line.run(one("--strict"))).isEqualTo(3);
    }

    private static String[] one(String... more) {
        return RunCommandTest.one(more);
    }
}
