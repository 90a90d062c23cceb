package io.inferometer.endpoint.nio;

import static io.inferometer.endpoint.ScriptedServer.DONE;
import static io.inferometer.endpoint.ScriptedServer.chunk;
import static io.inferometer.endpoint.ScriptedServer.content;
import static io.inferometer.endpoint.ScriptedServer.lastChunk;
import static io.inferometer.endpoint.ScriptedServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.endpoint.Asking;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.endpoint.TestCertificates;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.workload.InferenceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsWireTest {
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(1);
    private static final String ANSWER = streamHead() + chunk(content("a") + DONE) + lastChunk();

    private static TestCertificates certificates;

    @BeforeAll
    static void certify(@TempDir Path dir) throws Exception {
        certificates = new TestCertificates(dir, "san=ip:127.0.0.1", "-1d");
    }

    @Test
    void aHandshakeThatIsGivenUpWhileACertificateIsJudgedKeepsNobodyWaiting() throws Exception {
        SlowTrust trust = new SlowTrust();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        try (ScriptedServer encrypted = new ScriptedServer((request, on) -> on.write(ANSWER), certificates.server());
                ScriptedServer plain = new ScriptedServer((request, on) -> on.write(ANSWER));
                NioTransport transport = new NioTransport(System::nanoTime, 1, () -> context, Origin::resolve);
                Asking judging = new Asking(transport, encrypted.url(), Asking.PATIENT, true);
                Asking other = new Asking(transport, plain.url(), Asking.PATIENT, true)) {
            CompletableFuture<RequestRecord> givenUp = judging.send(ASK);
            assertThat(trust.judging.await(30, TimeUnit.SECONDS)).isTrue();

            judging.cancelAll();
            RequestRecord next = other.ask(ASK);
            trust.judged.countDown();

            assertThat(givenUp.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(next.error()).isEmpty();
            assertThat(other.ask(ASK).error()).isEmpty();
        }
    }

    @Test
    void newKeysInTheMiddleOfAStreamAreTaken() throws Exception {
        RequestRecord record = asked("TLSv1.3");

        assertThat(record.error()).isEmpty();
        assertThat(record.text()).isEqualTo("ab");
    }

    @Test
    void aSecondHandshakeIsRefused() throws Exception {
        RequestRecord record = asked("TLSv1.2");

        assertThat(record.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(record.error())
                .isEqualTo("the response broke off after 1 event: it asks for a second handshake, which is not done");
    }

    /** What becomes of a request whose server shakes hands again after the first event. */
    private RequestRecord asked(String protocol) throws Exception {
        try (SSLServerSocket socket = (SSLServerSocket) certificates.server()) {
            socket.setEnabledProtocols(new String[] {protocol});
            ScriptedServer server = new ScriptedServer(
                    (request, connection) -> {
                        connection.write(streamHead() + chunk(content("a")));
                        ((SSLSocket) connection.socket()).startHandshake();
                        connection.write(chunk(content("b") + DONE) + lastChunk());
                    },
                    socket);
            try (server;
                    Asking asking = new Asking(
                            new NioTransport(System::nanoTime, certificates.trusting()),
                            server.url(),
                            Asking.PATIENT,
                            true)) {
                return asking.ask(ASK);
            }
        }
    }

    @Test
    void whatTheEngineSaysByItselfWaitsForTheSocket() throws Exception {
        try (Selector selector = Selector.open();
                ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketChannel channel = SocketChannel.open(listening.getLocalSocketAddress());
                Socket other = listening.accept()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            long filled = fill(key);
            ScriptedEngine engine = new ScriptedEngine();
            TlsWire wire = wire(key, engine);
            other.getOutputStream().write(1);
            while (selector.select() == 0) {
                // The byte is on its way.
            }

            wire.fill();
            engine.toSay = 2;
            assertThat(wire.next()).isNull();

            assertThat(key.interestOps()).isEqualTo(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            other.getInputStream().skipNBytes(filled);
            while (!wire.write(ByteBuffer.allocate(0))) {
                selector.select();
            }
            assertThat(other.getInputStream().readNBytes(2 * ScriptedEngine.RECORD))
                    .containsOnly('k');
            assertThat(engine.toSay).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OK, the encryption does not go on: OK",
        "BUFFER_OVERFLOW, the encryption does not go on: BUFFER_OVERFLOW",
        "CLOSED, the other side has ended the encrypted connection"
    })
    void anEngineThatDoesNotGoOnFailsTheRequest(Status wraps, String message) throws Exception {
        ScriptedEngine engine = new ScriptedEngine();
        engine.wraps = wraps;
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Asking asking = new Asking(
                        new NioTransport(System::nanoTime, engine.context()),
                        "https://127.0.0.1:" + listening.getLocalPort(),
                        Asking.PATIENT,
                        true)) {
            RequestRecord record = asking.ask(ASK);

            assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            assertThat(record.error())
                    .isEqualTo("no TLS connection to 127.0.0.1:" + listening.getLocalPort() + ": " + message);
        }
    }

    /** Writes until the socket takes no more; how much that was. */
    private static long fill(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        long filled = 0;
        key.interestOps(SelectionKey.OP_WRITE);
        while (key.selector().select(300) > 0) {
            key.selector().selectedKeys().clear();
            filled += channel.write(ByteBuffer.allocate(64 << 10));
        }
        while (channel.write(ByteBuffer.allocate(1)) > 0) {
            filled++;
        }
        key.interestOps(SelectionKey.OP_READ);
        return filled;
    }

    private static TlsWire wire(SelectionKey key, SSLEngine engine) {
        return new TlsWire(
                key,
                engine,
                new TlsWire.TlsBuffers(
                        ByteBuffer.allocate(64 << 10), ByteBuffer.allocate(64 << 10), ByteBuffer.allocate(64 << 10)),
                Runnable::run);
    }

    /** Judges certificates for as long as a test wants. */
    private static final class SlowTrust extends X509ExtendedTrustManager {
        private final CountDownLatch judging = new CountDownLatch(1);
        private final CountDownLatch judged = new CountDownLatch(1);

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            judging.countDown();
            try {
                judged.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
