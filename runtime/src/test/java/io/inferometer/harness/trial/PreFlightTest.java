package io.inferometer.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.harness.APlan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.record.Outcome;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreFlightTest {
    private static final InferenceRequest ASK =
            InferenceRequest.chat("Hello").maxOutputTokens(100).ignoreEos(true);

    private static final String ANSWER = ScriptedServer.response(
            200,
            "text/event-stream",
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"completion_tokens\":8}}\n\n"
                    + ScriptedServer.DONE);

    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private SimulatedEndpoint endpoint;

    @AfterEach
    void stop() {
        if (endpoint != null) {
            endpoint.close();
        }
    }

    @Test
    void anEndpointThatAnswersWellIsAskedOnceForEachModel() throws Exception {
        start("metronome?ttft=1&itl=1");
        PreFlight preFlight = preFlight(Optional.of(Duration.ZERO));

        check(preFlight, endpoint.url(), "one", ASK);
        check(preFlight, endpoint.url(), "one", ASK);
        check(preFlight, endpoint.url(), "two", ASK);

        assertThat(notices).isEmpty();
        assertThat(tokensServed()).isEqualTo(16);
    }

    @Test
    void nothingIsAskedWhereThatIsToldOrTheRunStartedTheEndpoint() throws Exception {
        start("metronome?ttft=1&itl=1");

        check(preFlight(Optional.empty()), endpoint.url(), "m", ASK);
        check(preFlight(Optional.of(Duration.ZERO)), "sim:metronome", "m", ASK);

        assertThat(tokensServed()).isZero();
    }

    @Test
    void theAnswerIsShortWhateverTheWorkloadAsksForAndInWhicheverField() throws Exception {
        start("metronome?ttft=1&itl=1");

        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", ASK.maxOutputTokens(3));
        check(
                preFlight(Optional.of(Duration.ZERO)),
                endpoint.url(),
                "m",
                ASK.lengthField(InferenceRequest.LengthField.MAX_TOKENS).streaming(false));
        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", InferenceRequest.chat("Hello"));

        assertThat(tokensServed()).isEqualTo(3 + 8 + 8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400                 | HTTP_ERROR    | 400 | false | 400: the prompt is longer than the context, as the profile says
                    401                 | HTTP_ERROR    | 401 | false | 401: Unauthorized
                    404                 | HTTP_ERROR    | 404 | false | 404 from http://{where}/v1/chat/completions: The model does not exist.
                    redirect            | HTTP_ERROR    | 307 | false | 307, a redirect to http://elsewhere.invalid/v1/chat/completions, is not followed; ask that address itself
                    503                 | HTTP_ERROR    | 503 | true  | 503, retry after 5: the model is loading
                    html                | DECODE_ERROR  | 200 | false | a stream was asked for (text/event-stream), the response is text/html: Welcome
                    """)
    void whatCantSucceedEndsTheRun(String fault, Outcome outcome, int status, boolean loading, String message)
            throws Exception {
        start("metronome?ttft=1&itl=1&fault=" + fault);

        assertThatExceptionOfType(PreFlightException.class)
                .isThrownBy(() -> check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", ASK))
                .withMessage("the pre-flight of Hello failed: "
                        + message.replace("{where}", endpoint.url().substring(7)))
                .satisfies(failure -> {
                    assertThat(failure.outcome()).isEqualTo(outcome);
                    assertThat(failure.status()).isEqualTo(status);
                    assertThat(failure.loading()).isEqualTo(loading);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    429   | it failed, and the run goes on: 429, retry after 1: too many requests, as the profile says
                    500   | it failed, and the run goes on: 500: the server failed, as the profile says
                    cut   | it failed, and the run goes on: the response broke off after 4 events: the connection was closed in the middle of the body
                    no-usage | the endpoint tells no token counts: name the model's tokenizer with --tokenizer, or events are counted for tokens
                    """)
    void whatMayBeChanceOrNeedNotMatterIsTold(String fault, String notice) throws Exception {
        start("metronome?ttft=1&itl=1&fault=" + fault);

        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", ASK);

        assertThat(notices).containsExactly(notice);
    }

    @Test
    void saysWhatCountsTokensWhereTheEndpointDoesNot() throws Exception {
        start("metronome?ttft=1&itl=1&fault=no-usage");

        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "gpt-4o-mini", ASK);

        assertThat(notices)
                .containsExactly(
                        "the endpoint tells no token counts: the tokenizer of gpt-4o-mini counts them in its texts");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatIsLostOnceIsAskedAgain(boolean reset) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
            if (requests.incrementAndGet() > 1) {
                connection.write(ANSWER);
            } else if (reset) {
                connection.reset();
            } else {
                connection.close();
            }
        })) {
            check(preFlight(Optional.of(Duration.ZERO)), server.url(), "m", ASK);

            assertThat(requests).hasValue(2);
            assertThat(notices).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsLostTwiceEndsTheRun() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.close())) {
            assertThatExceptionOfType(PreFlightException.class)
                    .isThrownBy(() -> check(preFlight(Optional.of(Duration.ZERO)), server.url(), "m", ASK))
                    .withMessage("the pre-flight of Hello failed: the connection to "
                            + server.url().substring(7) + " was closed before a response came");
            assertThat(server.requests())
                    .filteredOn(request -> request.body().contains("model"))
                    .hasSize(2);
        }
    }

    @Test
    void aModelThatOnlyThoughtIsWell() throws Exception {
        start("metronome?ttft=1&itl=1&fault=empty");

        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", ASK);
        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", ASK.streaming(false));

        assertThat(notices).isEmpty();
    }

    @Test
    void anEndpointThatIgnoresIgnoreEosIsToldUnlessNobodyAsksForThat() throws Exception {
        start("b200-trt-tp4?ignore_eos=false&answer=1&interval=1");

        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", ASK);
        check(preFlight(Optional.of(Duration.ZERO)), endpoint.url(), "m", ASK.ignoreEos(false));

        assertThat(notices).hasSize(1);
        assertThat(notices.get(0))
                .matches("the endpoint ignores ignore_eos: it ended after [1-7] of 8 tokens, so answers will be shorter"
                        + " than asked; compare only runs of equal lengths");
    }

    @Test
    void anEndpointThatIsNotUpYetIsWaitedFor() throws Exception {
        int port = freePort();
        PreFlight preFlight = new PreFlight(
                Optional.of(Duration.ofMinutes(1)),
                UnaryOperator.identity(),
                notice -> {
                    notices.add(notice);
                    startAt(port);
                },
                stopping,
                System::nanoTime);

        check(preFlight, "http://127.0.0.1:" + port, "m", ASK);

        assertThat(notices)
                .containsExactly("waiting for 127.0.0.1:" + port + ", up to 60 s: connection refused by 127.0.0.1:"
                        + port + "; is the endpoint up, and the port right?");
        assertThat(tokensServed()).isEqualTo(8);
    }

    @Test
    void anEndpointThatNeverComesUpEndsTheRunAtOnceOrWhenThePatienceIsOver() throws Exception {
        String url = "http://127.0.0.1:" + freePort();

        assertThatExceptionOfType(PreFlightException.class)
                .isThrownBy(() -> check(preFlight(Optional.of(Duration.ZERO)), url, "m", ASK))
                .satisfies(failure -> assertThat(failure.loading()).isTrue());
        assertThat(notices).isEmpty();
        assertThatExceptionOfType(PreFlightException.class)
                .isThrownBy(() -> check(preFlight(Optional.of(Duration.ofMillis(1))), url, "m", ASK));
        assertThat(notices).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAX_COMPLETION_TOKENS | answers are longer than asked: max_completion_tokens is not honoured, try --length-field max_tokens
            MAX_TOKENS            | answers are longer than asked: max_tokens is not honoured, try --length-field max_completion_tokens
            """)
    void anEndpointThatIgnoresTheLimitIsNamedByThat(InferenceRequest.LengthField field, String notice)
            throws Exception {
        String longer = ANSWER.replace(":8}", ":9}");
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(longer))) {
            check(preFlight(Optional.of(Duration.ZERO)), server.url(), "m", ASK.lengthField(field));

            assertThat(notices).containsExactly(notice);
        }
    }

    @Test
    void aUrlOfAnotherProtocolIsNamedBeforeTheLoadIsSent() throws Exception {
        String other = ScriptedServer.response(
                200,
                "text/event-stream",
                "event: response.created\ndata: {\"type\":\"response.created\"}\n\n"
                        + "data: {\"type\":\"response.completed\",\"response\":{\"usage\":{\"output_tokens\":8}}}\n\n");
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(other))) {
            assertThatExceptionOfType(PreFlightException.class)
                    .isThrownBy(() -> check(preFlight(Optional.of(Duration.ZERO)), server.url(), "m", ASK))
                    .withMessage("the pre-flight of Hello failed: status 200, but no token in 2 events, none with"
                            + " choices; the first is response.created (--protocol responses?)");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /v1/responses   | responses
            /v1/messages    | messages
            /v1/completions | completions
            /v1/rerank      | rerank
            -               | -
            """)
    void theProtocolIsNamedThatTheEndpointSeemsToSpeak(String there, String spoken) throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(
                there != null && request.line().contains(" " + there + " ")
                        ? ScriptedServer.response(400, "application/json", "{\"error\":\"model is missing\"}")
                        : ScriptedServer.response(404, "application/json", "{\"error\":\"Not Found\"}")))) {
            assertThatExceptionOfType(PreFlightException.class)
                    .isThrownBy(() -> check(preFlight(Optional.of(Duration.ZERO)), server.url(), "m", ASK))
                    .withMessage("the pre-flight of Hello failed: 404 from " + server.url()
                            + "/v1/chat/completions: Not Found"
                            + (spoken == null
                                    ? ""
                                    : "; it seems to speak " + spoken + " (--protocol " + spoken + "?)"));
        }
    }

    @Test
    void aModelThatThereIsNotIsNoOtherProtocol() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(
                request.body().equals("{}")
                        ? ScriptedServer.response(400, "application/json", "{\"error\":\"model is missing\"}")
                        : ScriptedServer.response(404, "application/json", "{\"error\":\"no such model\"}")))) {
            assertThatExceptionOfType(PreFlightException.class)
                    .isThrownBy(() -> check(preFlight(Optional.of(Duration.ZERO)), server.url(), "m", ASK))
                    .withMessageEndingWith("/v1/chat/completions: no such model");
        }
    }

    @Test
    void aPortThatSpeaksHttp2AloneIsNamed() throws Exception {
        byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
            connection.write(new String(settings, StandardCharsets.ISO_8859_1));
            connection.close();
        })) {
            assertThatExceptionOfType(PreFlightException.class)
                    .isThrownBy(() -> check(preFlight(Optional.of(Duration.ZERO)), server.url(), "m", ASK))
                    .withMessageEndingWith("; what listens there speaks HTTP/2 alone, and is asked in HTTP/1.1: give a"
                            + " port of HTTP/1.1");
        }
    }

    @Test
    void anUnknownHostIsNotWaitedFor() {
        assertThatExceptionOfType(PreFlightException.class)
                .isThrownBy(() ->
                        check(preFlight(Optional.of(Duration.ofMinutes(5))), "http://no-such-host.invalid", "m", ASK))
                .withMessage("the pre-flight of Hello failed: no address is known for the host no-such-host.invalid;"
                        + " check the URL");
    }

    @Test
    void aRunThatIsEndedWaitsNoLonger() throws Exception {
        stopping.countDown();

        check(preFlight(Optional.of(Duration.ofHours(1))), "http://127.0.0.1:" + freePort(), "m", ASK);

        assertThat(notices).hasSize(1);
    }

    private PreFlight preFlight(Optional<Duration> patience) {
        return new PreFlight(patience, UnaryOperator.identity(), notices::add, stopping, System::nanoTime);
    }

    private static void check(PreFlight preFlight, String url, String model, InferenceRequest request)
            throws Exception {
        WorkloadDescriptor workload = WorkloadDescriptor.of("Hello", "demo.Hello")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1))
                .build();
        Trial trial =
                new APlan.ATrial(new FakeBinding(workload), url).model(model).trial(0);
        String real = trial.endpoint().simulated() ? "http://127.0.0.1:1" : url;
        TargetSettings settings = TargetSettings.chat(
                real,
                model,
                Optional.empty(),
                RequestBounds.of(trial.everyRequest().timeout()));
        try (JdkTransport transport = new JdkTransport(System::nanoTime);
                Target target = new Target(settings, transport, System::nanoTime)) {
            preFlight.check(trial, target, target.prepare(request));
        }
    }

    private void start(String profile) throws Exception {
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
    }

    private void startAt(int port) {
        try {
            endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse("metronome?ttft=1&itl=1"))
                    .at("127.0.0.1", port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** How many tokens the endpoint says it has generated. */
    private long tokensServed() throws Exception {
        try (InputStream in = URI.create(endpoint.url() + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("vllm:generation_tokens_total"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }
}
