package io.inferometer.endpoint;

import static io.inferometer.endpoint.ScriptedServer.DONE;
import static io.inferometer.endpoint.ScriptedServer.chunk;
import static io.inferometer.endpoint.ScriptedServer.content;
import static io.inferometer.endpoint.ScriptedServer.lastChunk;
import static io.inferometer.endpoint.ScriptedServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.workload.InferenceRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What can go wrong with a connection itself, over every transport. */
@ParameterizedClass
@EnumSource(Transports.class)
class ConnectionFaultsTest {
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(1);
    private static final ScriptedServer.Script WELL =
            (request, connection) -> connection.write(streamHead() + chunk(content("a") + DONE) + lastChunk());

    private final Transports transport;

    @TempDir
    Path dir;

    ConnectionFaultsTest(Transports transport) {
        this.transport = transport;
    }

    @Test
    void aRefusedConnectionIsTold() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        RequestRecord record = ask("http://127.0.0.1:" + port);

        assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
        assertThat(record.error())
                .isEqualTo("connection refused by 127.0.0.1:" + port + "; is the endpoint up, and the port right?");
    }

    @Test
    void anUnknownHostIsTold() throws Exception {
        RequestRecord record = ask("http://no-such-host.invalid");

        assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
        assertThat(record.error()).isEqualTo("no address is known for the host no-such-host.invalid; check the URL");
    }

    @Test
    void aServerThatSpeaksNoHttpIsTold() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
            connection.write("220 mail.test ESMTP\r\n");
            connection.close();
        })) {
            RequestRecord record = ask(server.url());

            assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            assertThat(record.error())
                    .isEqualTo("what " + server.url().substring(7)
                            + " answered is not valid HTTP/1.1: Invalid status line: \"220 mail.test ESMTP\"");
        }
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsNotUsedAgain() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        ScriptedServer.Script closing = (request, connection) -> {
            WELL.answer(request, connection);
            if (!closed.isDone()) {
                connection.close();
                closed.complete(null);
            }
        };
        try (ScriptedServer server = new ScriptedServer(closing);
                Asking asking = new Asking(transport.open(), server.url(), Asking.PATIENT, true)) {
            RequestRecord first = asking.ask(ASK);
            closed.get(30, TimeUnit.SECONDS);
            RequestRecord second = asking.ask(ASK);
            RequestRecord third = asking.ask(ASK);

            assertThat(first.outcome()).isEqualTo(Outcome.SUCCESS);
            // A request that is sent before the client has seen the end of the connection breaks with it, and is told
            // so.
            if (second.outcome() != Outcome.SUCCESS) {
                assertThat(second.error())
                        .isEqualTo("the connection to " + server.url().substring(7)
                                + " was closed before a response came");
            }
            assertThat(third.outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void aRedirectIsNotFollowedAndTheKeyGoesNowhereElse() throws Exception {
        try (ScriptedServer elsewhere = new ScriptedServer(WELL);
                ScriptedServer server = new ScriptedServer((request, connection) ->
                        connection.write("HTTP/1.1 " + (server302(request) ? 302 : 308) + " X\r\nLocation: "
                                + elsewhere.url() + "/v1/chat/completions\r\nContent-Length: 0\r\n\r\n"));
                Asking asking = new Asking(transport.open(), server.url(), Asking.PATIENT, true)) {
            RequestRecord found = asking.ask(ASK.header("X-Status", "302"));
            RequestRecord moved = asking.ask(ASK);

            assertThat(found.error())
                    .isEqualTo("302, a redirect to " + elsewhere.url()
                            + "/v1/chat/completions, is not followed; ask that address itself");
            assertThat(moved.error()).startsWith("308, a redirect to " + elsewhere.url());
            assertThat(server.requests()).hasSize(2).allMatch(r -> r.headers().containsValue("Bearer secret"));
            assertThat(elsewhere.connections()).isZero();
        }
    }

    private static boolean server302(ScriptedServer.Request request) {
        return "302".equals(request.headers().get("X-Status"));
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() throws Exception {
        TestCertificates certificates = new TestCertificates(dir, "san=ip:127.0.0.1", "-1d");
        try (ScriptedServer server = new ScriptedServer(WELL, certificates.server())) {
            RequestRecord record = ask(server.url());

            assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            assertThat(record.error())
                    .isEqualTo("no TLS connection to " + server.url().substring(8) + ": its certificate is self-signed,"
                            + " or by an authority that this JVM does not trust");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() throws Exception {
        assertRefused(
                new TestCertificates(dir, "san=dns:elsewhere.test", "-1d"),
                "its certificate is not for the name 127.0.0.1");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        assertRefused(new TestCertificates(dir, "san=ip:127.0.0.1", "-10d"), "its certificate has expired");
    }

    @Test
    void aTrustedCertificateOfTheRightNameIsAccepted() throws Exception {
        TestCertificates certificates = new TestCertificates(dir, "san=ip:127.0.0.1", "-1d");
        try (ScriptedServer server = new ScriptedServer(WELL, certificates.server())) {
            RequestRecord record = trusting(certificates, server.url());

            assertThat(record.error()).isEmpty();
            assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void anyCertificateIsAcceptedWhereNoneIsVerified() throws Exception {
        TestCertificates certificates = new TestCertificates(dir, "san=dns:elsewhere.test", "-10d");
        try (ScriptedServer server = new ScriptedServer(WELL, certificates.server());
                Asking asking = new Asking(transport.open(TrustAll.context()), server.url(), Asking.PATIENT, true)) {
            assertThat(asking.ask(ASK).error()).isEmpty();
            assertThat(asking.ask(ASK).error()).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aLargeBodyAndALongAnswerPassUnderTls() throws Exception {
        TestCertificates certificates = new TestCertificates(dir, "san=ip:127.0.0.1", "-1d");
        String prompt = "0123456789abcdef".repeat(1 << 17);
        ScriptedServer.Script repeating = (request, connection) -> {
            connection.write(streamHead());
            for (int i = 0; i < 500; i++) {
                connection.write(chunk(content("x".repeat(i))));
            }
            connection.write(chunk(DONE) + lastChunk());
        };
        try (ScriptedServer server = new ScriptedServer(repeating, certificates.server());
                Asking asking =
                        new Asking(transport.open(certificates.trusting()), server.url(), Asking.PATIENT, true)) {
            RequestRecord record = asking.ask(InferenceRequest.chat(prompt));

            assertThat(record.text()).hasSize(500 * 499 / 2);
            assertThat(record.eventNanos()).hasSize(500);
            assertThat(server.requests().get(0).body().contains(prompt)).isTrue();
        }
    }

    private void assertRefused(TestCertificates certificates, String reason) throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL, certificates.server())) {
            RequestRecord record = trusting(certificates, server.url());

            assertThat(record.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            assertThat(record.error())
                    .isEqualTo("no TLS connection to " + server.url().substring(8) + ": " + reason);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** Asks with a JVM that trusts the certificate. */
    private RequestRecord trusting(TestCertificates certificates, String url) throws Exception {
        SSLContext usual = SSLContext.getDefault();
        SSLContext.setDefault(certificates.trusting());
        try {
            return ask(url);
        } finally {
            SSLContext.setDefault(usual);
        }
    }

    private RequestRecord ask(String url) throws Exception {
        try (Asking asking = new Asking(transport.open(), url, Asking.PATIENT, true)) {
            return asking.ask(ASK);
        }
    }
}
