package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.RequestRecord;
import io.inferometer.workload.InferenceRequest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of protocols whose events have types, over every transport. */
@ParameterizedClass
@EnumSource(Transports.class)
class ProtocolTransportsTest {
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(64);

    private final Transports transport;

    ProtocolTransportsTest(Transports transport) {
        this.transport = transport;
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"RESPONSES", "MESSAGES"})
    void aStreamReadsAlikeWhetherItComesAtOnceOrByteByByte(Protocol protocol) throws Exception {
        String stream = ProtocolAnswersTest.text(protocol.name().toLowerCase(Locale.ROOT) + ".stream");
        String head = ScriptedServer.streamHead() + Integer.toHexString(stream.getBytes().length) + "\r\n";
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    if (request.line().startsWith("POST /v1/")) {
                        connection.write(head);
                        connection.trickle(stream);
                        connection.write("\r\n" + ScriptedServer.lastChunk());
                    } else {
                        connection.write(head + stream + "\r\n" + ScriptedServer.lastChunk());
                    }
                });
                Asking slow = asking(server.url(), protocol);
                Asking fast = asking(server.url() + "/other/v1", protocol)) {
            RequestRecord inBytes = slow.ask(ASK);
            RequestRecord atOnce = fast.ask(ASK);

            assertThat(inBytes.error()).isEmpty();
            assertThat(atOnce.error()).isEmpty();
            assertThat(inBytes.text()).isEqualTo(atOnce.text()).startsWith("Two and two.It is");
            assertThat(inBytes.eventCarried()).isEqualTo(atOnce.eventCarried());
            assertThat(inBytes.usage()).isEqualTo(atOnce.usage());
            assertThat(inBytes.form()).isEqualTo(atOnce.form());
        }
    }

    @Test
    void aBatchIsAnsweredInOneBody() throws Exception {
        String embeddings = ProtocolAnswersTest.text("embeddings.json");
        String ranks = ProtocolAnswersTest.text("rerank.json");
        try (ScriptedServer server =
                        new ScriptedServer((request, connection) -> connection.trickle(ScriptedServer.response(
                                200,
                                "application/json",
                                request.line().contains("/v1/embeddings") ? embeddings : ranks)));
                Asking embedding =
                        new Asking(transport.open(), server.url(), Protocol.EMBEDDINGS, Asking.PATIENT, false);
                Asking ranking = new Asking(transport.open(), server.url(), Protocol.RERANK, Asking.PATIENT, false)) {
            RequestRecord two = embedding.ask(InferenceRequest.embedding(List.of("a", "b")));
            RequestRecord three = embedding.ask(InferenceRequest.embedding(List.of("a", "b", "c")));
            RequestRecord ranked = ranking.ask(InferenceRequest.rerank("q", List.of("a", "b", "c")));

            assertThat(two.error()).isEmpty();
            assertThat(two.form().items()).isEqualTo(2);
            assertThat(two.usage().promptTokens()).isEqualTo(8);
            assertThat(three.error()).startsWith("status 200, but 2 embeddings in the answer to 3: ");
            assertThat(ranked.error()).isEmpty();
            assertThat(ranked.form().items()).isEqualTo(3);
        }
    }

    @Test
    void theLastEventEndsARequestThoughTheBodyStaysOpen() throws Exception {
        String stream = ProtocolAnswersTest.text("messages.stream");
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    connection.write(ScriptedServer.streamHead() + ScriptedServer.chunk(stream));
                    connection.awaitClosed();
                });
                Asking asking = asking(server.url(), Protocol.MESSAGES)) {
            assertThat(asking.ask(ASK).error()).isEmpty();
        }
    }

    private Asking asking(String url, Protocol protocol) {
        return new Asking(transport.open(), url, protocol, Asking.PATIENT, true);
    }
}
