package io.inferometer.endpoint;

import static io.inferometer.endpoint.ScriptedServer.DONE;
import static io.inferometer.endpoint.ScriptedServer.chunk;
import static io.inferometer.endpoint.ScriptedServer.content;
import static io.inferometer.endpoint.ScriptedServer.lastChunk;
import static io.inferometer.endpoint.ScriptedServer.response;
import static io.inferometer.endpoint.ScriptedServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.annotations.Protocol;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transports.class)
class TargetTest {
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}\n\n";
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(2);

    private final Transport transport;

    TargetTest(Transports transports) {
        transport = transports.open();
    }

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    @Test
    void aStreamBecomesATimeline() throws Exception {
        RequestRecord record = ask((request, connection) -> connection
                .write(streamHead())
                .write(chunk("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"))
                .write(chunk(content("Hi")))
                .write(chunk(content("!")))
                .write(chunk(USAGE))
                .write(chunk(DONE) + lastChunk()));

        assertThat(record.error()).isEmpty();
        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.status()).isEqualTo(200);
        assertThat(record.text()).isEqualTo("Hi!");
        assertThat(record.usage()).isEqualTo(new Usage(5, 2, Usage.ABSENT, Usage.ABSENT, 7));
        assertThat(record.eventCarried())
                .containsExactly(
                        Carried.CHOICES | Carried.ROLE,
                        Carried.CHOICES | Carried.CONTENT,
                        Carried.CHOICES | Carried.CONTENT,
                        (byte) Carried.USAGE);
        assertThat(record.scheduledNanos()).isLessThanOrEqualTo(record.releasedNanos());
        assertThat(record.releasedNanos()).isLessThanOrEqualTo(record.sentNanos());
        assertThat(record.sentNanos()).isLessThanOrEqualTo(record.headersNanos());
        assertThat(record.eventNanos()).isSorted();
        assertThat(record.headersNanos()).isLessThanOrEqualTo(record.eventNanos()[0]);
        assertThat(record.eventNanos()[3]).isLessThanOrEqualTo(record.endNanos());
    }

    @Test
    void theSameStreamOneByteAtATimeHasTheSameEvents() throws Exception {
        RequestRecord record = ask((request, connection) -> connection
                .write(streamHead())
                .trickle(chunk(content("Hé") + content("!") + USAGE + DONE) + lastChunk()));

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.text()).isEqualTo("Hé!");
        assertThat(record.eventNanos()).hasSize(3);
    }

    @Test
    void eventsOfOneReadShareAStamp() throws Exception {
        RequestRecord record = ask((request, connection) -> connection.write(
                streamHead() + chunk(content("a") + content("b") + content("c") + DONE) + lastChunk()));

        assertThat(record.eventNanos()).hasSize(3).containsOnly(record.eventNanos()[0]);
    }

    @Test
    void aDoneEndsTheRequestThoughTheBodyStaysOpen() throws Exception {
        RequestRecord record = ask((request, connection) -> {
            connection.write(streamHead() + chunk(content("a") + DONE));
            connection.awaitClosed();
        });

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.endNanos() - record.eventNanos()[0]).isGreaterThanOrEqualTo(Exchange.LINGER_NANOS);
    }

    @Test
    void aMissingDoneOrAMissingLastBlankLineIsNoFailure() throws Exception {
        String finish = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n";

        assertThat(ask((request, connection) ->
                                connection.write(streamHead() + chunk(content("a") + finish) + lastChunk()))
                        .outcome())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(ask((request, connection) ->
                                connection.write(streamHead() + chunk(content("a") + "data: [DONE]") + lastChunk()))
                        .outcome())
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void anAnswerInOnePieceHasTextAndUsageAndNoEvents() throws Exception {
        String body = "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\\n\\\"you\\\"\"}}],"
                + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"completion_tokens_details\":{\"reasoning_tokens\":1}}}";

        RequestRecord record = ask(
                ASK.streaming(false),
                (request, connection) -> connection.write(response(200, "application/json", body)));

        assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(record.streamed()).isFalse();
        assertThat(record.text()).isEqualTo("Hi\n\"you\"");
        assertThat(record.eventNanos()).isEmpty();
        assertThat(record.usage()).isEqualTo(new Usage(5, 2, 1, Usage.ABSENT));
    }

    @Test
    void everyShapeOfAnErrorGivesTheServersOwnMessage() throws Exception {
        Map<String, String> messages = Map.of(
                "{\"error\":{\"message\":\"no such model\",\"type\":\"x\",\"param\":null,\"code\":\"m\"}}",
                        "no such model",
                "{\"error\":{\"message\":\"too\\nlong\",\"code\":400}}", "too long",
                "{\"object\":\"error\",\"message\":\"flat\",\"code\":400}", "flat",
                "{\"error\":\"Unauthorized\"}", "Unauthorized",
                "{\"detail\":\"Not Found\"}", "Not Found",
                "{\"error\":{\"reason\":7}}", "{\"reason\":7}",
                "upstream connect error", "upstream connect error");
        for (Map.Entry<String, String> shape : messages.entrySet()) {
            RequestRecord record =
                    ask((request, connection) -> connection.write(response(400, "application/json", shape.getKey())));

            assertThat(record.outcome()).isEqualTo(Outcome.HTTP_ERROR);
            assertThat(record.status()).isEqualTo(400);
            assertThat(record.error()).isEqualTo("400: " + shape.getValue());
        }
    }

    @Test
    void anEmptyErrorIsItsStatus() throws Exception {
        assertThat(ask((request, connection) -> connection.write(response(503, "text/plain", "")))
                        .error())
                .isEqualTo("503");
    }

    @Test
    void tooManyRequestsTellWhenToRetry() throws Exception {
        RequestRecord record =
                ask((request, connection) -> connection.write("HTTP/1.1 429 Too Many\r\nRetry-After: 5\r\n"
                        + "Content-Length: 25\r\n\r\n{\"error\":\"slow down, ok\"}"));

        assertThat(record.outcome()).isEqualTo(Outcome.HTTP_ERROR);
        assertThat(record.error()).isEqualTo("429, retry after 5: slow down, ok");
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        RequestRecord record = ask((request, connection) ->
                connection.write("HTTP/1.1 307 X\r\nLocation: http://elsewhere.test/\r\nContent-Length: 0\r\n\r\n"));

        assertThat(record.outcome()).isEqualTo(Outcome.HTTP_ERROR);
        assertThat(record.error())
                .isEqualTo("307, a redirect to http://elsewhere.test/, is not followed; ask that address itself");
    }

    @Test
    void anErrorObjectInTheStreamIsAFailure() throws Exception {
        RequestRecord record = ask((request, connection) -> connection.write(streamHead()
                + chunk(content("a") + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n" + DONE)
                + lastChunk()));

        assertThat(record.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(record.error()).isEqualTo("out of memory");
    }

    @Test
    void aStreamThatIsCutIsAFailure() throws Exception {
        RequestRecord record = ask((request, connection) -> {
            connection.write(streamHead() + chunk(content("a")) + "40\r\ndata: {\"choi");
            connection.close();
        });

        assertThat(record.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(record.error())
                .isEqualTo("the response broke off after 1 event: the connection was closed in the middle of the body");
    }

    @Test
    void aStreamThatJustStopsIsAFailure() throws Exception {
        RequestRecord record = ask((request, connection) -> {
            connection.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + content("a"));
            connection.close();
        });

        assertThat(record.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(record.error()).isEqualTo("the stream ended without a finish reason or [DONE]");
    }

    @Test
    void aSuccessWithoutATokenIsAFailure() throws Exception {
        RequestRecord record = ask((request, connection) -> connection.write(streamHead()
                + chunk("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n" + DONE)
                + lastChunk()));

        assertThat(record.outcome()).isEqualTo(Outcome.DECODE_ERROR);
        assertThat(record.error()).isEqualTo("status 200, but no token in 1 event");
    }

    @Test
    void brokenJsonIsAFailure() throws Exception {
        RequestRecord record = ask((request, connection) -> connection.write(
                streamHead() + chunk(content("a") + "data: {\"choices\":[}\n\n" + DONE) + lastChunk()));

        assertThat(record.outcome()).isEqualTo(Outcome.DECODE_ERROR);
        assertThat(record.error()).isEqualTo("an event is no JSON object: {\"choices\":[}");
    }

    @Test
    void whatWasNotAskedForIsAFailure() throws Exception {
        assertThat(ask((request, connection) -> connection.write(response(200, "text/html", "<p>Hello</p>")))
                        .error())
                .isEqualTo("a stream was asked for (text/event-stream), the response is text/html: Hello");
        RequestRecord record = ask(
                (request, connection) -> connection.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"));
        assertThat(record.outcome()).isEqualTo(Outcome.DECODE_ERROR);
        assertThat(record.error()).isEqualTo("the response is encoded, which was not asked for: content-encoding gzip");
    }

    @Test
    void aStalledStreamTimesOutAndItsConnectionIsClosed() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    connection.write(streamHead() + chunk(content("a")));
                    connection.awaitClosed();
                    closed.complete(null);
                });
                Target target = target(server.url(), Duration.ofMillis(1_500))) {
            RequestRecord record = send(target, ASK).get(30, TimeUnit.SECONDS);

            assertThat(record.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(record.error()).isEqualTo("not ended after 1500 ms; the stream stalled after 1 event");
            closed.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSilentServerTimesOut() throws Exception {
        RequestRecord record = ask(ASK, Duration.ofMillis(200), (request, connection) -> connection.awaitClosed());

        assertThat(record.outcome()).isEqualTo(Outcome.TIMEOUT);
        assertThat(record.error()).isEqualTo("not ended after 200 ms; no response came");
    }

    @Test
    void aRefusedConnectionSaysSo() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (Target target = target("http://127.0.0.1:" + port, Duration.ofSeconds(10))) {
            RequestRecord record = send(target, ASK).get(30, TimeUnit.SECONDS);

            assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            assertThat(record.error())
                    .isEqualTo("connection refused by 127.0.0.1:" + port + "; is the endpoint up, and the port right?");
        }
    }

    @Test
    void aConnectionResetBeforeTheResponseIsAConnectError() throws Exception {
        RequestRecord record = ask((request, connection) -> connection.reset());

        assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
        assertThat(record.error())
                .startsWith("the connection to 127.0.0.1:")
                .endsWith(" was reset before a response came");
    }

    @Test
    void anUnknownHostSaysSo() throws Exception {
        try (Target target = target("http://no-such-host.invalid", Duration.ofSeconds(10))) {
            RequestRecord record = send(target, ASK).get(30, TimeUnit.SECONDS);

            assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            assertThat(record.error())
                    .isEqualTo("no address is known for the host no-such-host.invalid; check the URL");
        }
    }

    @Test
    void aRequestSentFromTheEndOfAnotherUsesItsConnectionAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) ->
                        connection.write(streamHead() + chunk(content("a") + DONE) + lastChunk()));
                Target target = target(server.url(), Duration.ofSeconds(10))) {
            CompletableFuture<String> ended = new CompletableFuture<>();

            chain(target, 200, ended);

            assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo("200 ended well");
            // The JDK's pool is best effort: where a thread is held up at the wrong moment it opens another one.
            assertThat(server.connections()).isLessThanOrEqualTo(3);
        }
    }

    private void chain(Target target, int left, CompletableFuture<String> ended) {
        RequestTimeline timeline = timeline(target.prepare(ASK));
        target.send(target.prepare(ASK), timeline, end -> {
            if (end.outcome() != Outcome.SUCCESS) {
                ended.complete("with " + left + " left: " + end.toRecord(0, false, UnaryOperator.identity()));
            } else if (left == 1) {
                ended.complete("200 ended well");
            } else {
                chain(target, left - 1, ended);
            }
        });
    }

    @Test
    void cancellingEndsWhatIsInFlight() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.awaitClosed());
                Target target = target(server.url(), Duration.ofSeconds(60))) {
            CompletableFuture<RequestRecord> record = send(target, ASK);
            assertThat(target.inFlight()).isEqualTo(1);

            target.cancelAll();

            assertThat(record.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(target.inFlight()).isZero();
        }
    }

    @Test
    void whatIsSentJustAfterCancellingIsCancelledToo() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.awaitClosed());
                Target target = target(server.url(), Duration.ofSeconds(60))) {
            target.cancelAll();

            CompletableFuture<RequestRecord> record = send(target, ASK);

            assertThat(record.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void thePeakInFlightIsKept() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.awaitClosed());
                Target target = target(server.url(), Duration.ofSeconds(60))) {
            for (int i = 0; i < 3; i++) {
                send(target, ASK);
            }
            target.cancelAll();

            assertThat(target.peakInFlight()).isEqualTo(3);
            assertThat(target.inFlight()).isZero();
        }
    }

    @Test
    void connectionsAreOpenedAheadOfTime() throws Exception {
        try (ScriptedServer server =
                        new ScriptedServer((request, connection) -> connection.write(response(404, "text/plain", "")));
                Target target = target(server.url() + "/v1", Duration.ofSeconds(10))) {
            assertThat(target.open(8)).isEqualTo(8);

            assertThat(server.requests()).allMatch(r -> r.line().equals("GET /v1/models HTTP/1.1"));
        }
    }

    @Test
    void theBodyIsTheChatCompletionsApis() throws Exception {
        InferenceRequest request = InferenceRequest.chat(List.of(new Message(
                        "user", List.of(new ContentPart.Text("What is this?"), new ContentPart.ImageUrl("data:x")))))
                .system("Be brief.")
                .maxOutputTokens(5)
                .ignoreEos(true)
                .temperature(0.5)
                .stop("a", "b")
                .field("logit_bias", "{\"5\":1}");

        JsonNode body = bodyOf(request);

        assertThat(body)
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is this?\"},"
                                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]}],\"stream\":true,"
                                + "\"stream_options\":{\"include_usage\":true},\"max_completion_tokens\":5,"
                                + "\"ignore_eos\":true,\"temperature\":0.5,\"stop\":[\"a\",\"b\"],"
                                + "\"logit_bias\":{\"5\":1},\"extra\":1}"));
    }

    @Test
    void theOlderLengthFieldAndNoStreaming() throws Exception {
        JsonNode body = bodyOf(InferenceRequest.chat("a")
                .maxOutputTokens(5)
                .lengthField(InferenceRequest.LengthField.MAX_TOKENS)
                .streaming(false));

        assertThat(body.path("max_tokens").intValue()).isEqualTo(5);
        assertThat(body.has("max_completion_tokens")).isFalse();
        assertThat(body.has("stream")).isFalse();
        assertThat(body.has("stream_options")).isFalse();
    }

    @Test
    void headersAreSentAndNeverPrinted() throws Exception {
        try (ScriptedServer server =
                        new ScriptedServer((request, connection) -> connection.write(response(404, "text/plain", "")));
                Target target = target(server.url(), Duration.ofSeconds(10))) {
            send(target, ASK.header("X-Mine", "yes")).get(30, TimeUnit.SECONDS);

            ScriptedServer.Request request = server.requests().get(0);
            assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("Authorization", "Bearer secret")
                    .containsEntry("X-Mine", "yes")
                    .containsEntry("Content-Type", "application/json")
                    .doesNotContainKey("Upgrade");
            assertThat(target.prepare(ASK).toString()).doesNotContain("secret");
        }
    }

    @Test
    void aHeaderReplacesAnotherOfItsNameInWhateverCase() throws Exception {
        try (ScriptedServer server =
                        new ScriptedServer((request, connection) -> connection.write(response(404, "text/plain", "")));
                Target target = target(server.url(), Duration.ofSeconds(10))) {
            send(target, ASK.header("content-type", "application/json; charset=utf-8"))
                    .get(30, TimeUnit.SECONDS);

            assertThat(server.requests().get(0).headers().entrySet())
                    .filteredOn(header -> header.getKey().equalsIgnoreCase("content-type"))
                    .extracting(Map.Entry::getValue)
                    .containsExactly("application/json; charset=utf-8");
        }
    }

    private JsonNode bodyOf(InferenceRequest request) throws IOException {
        try (Target target = target("http://127.0.0.1:1", Duration.ofSeconds(1))) {
            return new ObjectMapper().readTree(target.prepare(request).body());
        }
    }

    private RequestRecord ask(ScriptedServer.Script script) throws Exception {
        return ask(ASK, script);
    }

    private RequestRecord ask(InferenceRequest request, ScriptedServer.Script script) throws Exception {
        return ask(request, Duration.ofSeconds(20), script);
    }

    private RequestRecord ask(InferenceRequest request, Duration timeout, ScriptedServer.Script script)
            throws Exception {
        try (ScriptedServer server = new ScriptedServer(script);
                Target target = target(server.url(), timeout)) {
            return send(target, request).get(30, TimeUnit.SECONDS);
        }
    }

    private CompletableFuture<RequestRecord> send(Target target, InferenceRequest request) {
        CompletableFuture<RequestRecord> record = new CompletableFuture<>();
        WireRequest wire = target.prepare(request);
        RequestTimeline timeline = timeline(wire);
        timeline.scheduled(0, System.nanoTime());
        target.send(wire, timeline, ended -> record.complete(ended.toRecord(0, true, UnaryOperator.identity())));
        return record;
    }

    private static RequestTimeline timeline(WireRequest wire) {
        return new RequestTimeline(new RequestIdentity(
                0,
                0,
                false,
                0,
                0,
                wire.streamed(),
                wire.expectedPromptTokens(),
                wire.requestedOutputTokens(),
                wire.ignoreEos()));
    }

    private Target target(String url, Duration timeout) {
        return new Target(
                new TargetSettings(
                        url,
                        false,
                        "",
                        Protocol.CHAT,
                        "m",
                        Map.of("Authorization", "Bearer secret"),
                        "",
                        "{\"extra\":1}",
                        Optional.empty(),
                        RequestBounds.of(timeout)),
                transport,
                System::nanoTime);
    }
}
