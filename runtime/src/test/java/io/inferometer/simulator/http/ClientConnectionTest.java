package io.inferometer.simulator.http;

import static io.inferometer.simulator.RawClient.chat;
import static io.inferometer.simulator.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.simulator.Await;
import io.inferometer.simulator.Profile;
import io.inferometer.simulator.RawClient;
import io.inferometer.simulator.SimulatedEndpoint;
import io.inferometer.simulator.protocol.JsonBody;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientConnectionTest {
    private static final String COMPLETIONS = "/v1/chat/completions";

    private SimulatedEndpoint endpoint;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        start("metronome?ttft=1&itl=0.1");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        endpoint.close();
    }

    @Test
    void closesWhenTheClientAsksForIt() throws IOException {
        RawClient.Response response = client.complete(chat(3, true), "Connection: close");

        assertThat(response.headers()).containsEntry("connection", "close");
        assertThat(response.events()).hasSize(4);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void saysThatItClosesAfterAWholeResponseToo() throws IOException {
        assertThat(client.exchange("GET", "/v1/models", "", "Connection: close").headers())
                .containsEntry("connection", "close");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void readsABodyThatComesInPieces() throws IOException {
        String request = request("POST", COMPLETIONS, chat(2, false));

        for (int i = 0; i < request.length(); i++) {
            client.send(request.substring(i, i + 1));
        }

        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void readsAChunkedBody() throws IOException {
        String body = chat(2, false);
        client.send("POST " + COMPLETIONS + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (String piece : new String[] {body.substring(0, 10), body.substring(10)}) {
            client.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
        }
        client.send("0\r\n\r\n");

        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void tellsAClientThatWaitsToGoOn() throws IOException {
        String request = request("POST", COMPLETIONS, chat(2, false), "Expect: 100-continue");
        int body = request.indexOf("\r\n\r\n") + 4;

        client.send(request.substring(0, body));
        assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(client.line()).isEmpty();
        client.send(request.substring(body));

        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void refusesATooLongBodyBeforeItIsSentWhereTheClientWaits() throws IOException {
        client.send("POST " + COMPLETIONS + " HTTP/1.1\r\nContent-Length: 33554433\r\nExpect: 100-continue\r\n\r\n");

        assertTooLong(client.response());
        assertThat(client.ended()).isTrue();
    }

    @Test
    void refusesATooLongBodyAndGoesOn() throws IOException {
        String body = " ".repeat(JsonBody.MAX_BYTES + 1);

        assertTooLong(client.complete(body));
        assertThat(client.complete(chat(2, true)).events()).hasSize(3);
    }

    @Test
    void refusesATooLongBodyWhoseLengthItWasNotTold() throws IOException {
        String piece = " ".repeat(1 << 20);
        client.send("POST " + COMPLETIONS + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int sent = 0; sent <= JsonBody.MAX_BYTES; sent += piece.length()) {
            client.send("100000\r\n" + piece + "\r\n");
        }
        client.send("0\r\n\r\n");

        assertTooLong(client.response());
        assertThat(client.complete(chat(2, true)).events()).hasSize(3);
    }

    private static void assertTooLong(RawClient.Response response) {
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.body()).contains("\"message\":\"the body is longer than 33554432 bytes\"");
    }

    @Test
    void speaksNoOlderHttp() throws IOException {
        client.send("GET /health HTTP/1.0\r\n\r\n");

        RawClient.Response response = client.response();
        assertThat(response.status()).isEqualTo(505);
        assertThat(response.body()).contains("\"message\":\"only HTTP/1.1 is spoken here\"");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void refusesWhatIsNotHttp() throws IOException {
        client.send("hello\r\n\r\n");

        RawClient.Response response = client.response();
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("\"message\":\"not an HTTP request: ");
        assertThat(client.ended()).isTrue();
    }

    @Test
    void answersRequestsThatWereSentAheadOneAfterTheOther() throws IOException {
        client.send(request("GET", "/health", "") + request("GET", "/nowhere", "") + request("GET", "/v1/models", ""));

        assertThat(client.response().status()).isEqualTo(200);
        assertThat(client.response().status()).isEqualTo(404);
        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void endsAfterAnAnswerInWhoseMidstTheNextRequestCame() throws IOException {
        client.send(request("POST", COMPLETIONS, chat(5, true)) + request("GET", "/health", ""));

        assertThat(client.response().events()).hasSize(6);
        assertThat(client.ended()).isTrue();
    }

    @Test
    void forgetsAStreamWhoseClientHasGone() throws IOException {
        start("metronome?ttft=0&itl=60000");
        client.send(request("POST", COMPLETIONS, chat(5, true)));
        assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");
        Await.until(() -> endpoint.running() == 1);

        client.close();

        Await.until(() -> endpoint.running() == 0);
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobodyAndTakesLittleMemory() throws IOException {
        int tokens = 300_000;
        start("metronome?ttft=0&itl=0");
        long before = usedDirectBytes();
        client.send(request("POST", COMPLETIONS, chat(tokens, true)));
        assertThat(client.line()).isEqualTo("HTTP/1.1 200 OK");

        Await.until(() -> endpoint.running() == 0); // all is due, and most of it is not yet sent
        try (RawClient other = new RawClient(endpoint)) {
            assertThat(other.complete(chat(1_000, true)).events()).hasSize(1_001);
        }
        long used = usedDirectBytes() - before;

        assertThat(used).isLessThan(16 << 20);
        while (!client.line().isEmpty()) {
            // The rest of the head.
        }
        assertThat(client.countEvents()).isEqualTo(tokens + 1);
    }

    private static long usedDirectBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private void start(String profile) throws IOException {
        if (endpoint != null) {
            close();
        }
        endpoint = SimulatedEndpoint.start(SimulatedEndpoint.Settings.of(Profile.parse(profile)));
        client = new RawClient(endpoint);
    }
}
