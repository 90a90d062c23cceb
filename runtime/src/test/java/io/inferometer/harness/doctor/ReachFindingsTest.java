package io.inferometer.harness.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.endpoint.TestCertificates;
import io.inferometer.report.finding.Finding;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReachFindingsTest {
    private static final long MILLI = 1_000_000;
    private static final Instant NOW = Instant.now();

    private static List<String> lines(Reach reach) {
        return lines(new ReachFindings(reach, false, false, false, NOW));
    }

    private static List<String> lines(ReachFindings findings) {
        return findings.all().stream()
                .map(finding -> finding.weight().word() + " | " + finding.line())
                .toList();
    }

    private static Reach.Dialed dialed(String address, String error) {
        try {
            return new Reach.Dialed(InetAddress.getByName(address), error);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Reach reach(long connectMillis, Reach.Dialed... dialed) {
        return new Reach(
                "host",
                2 * MILLI,
                List.of(dialed),
                dialed.length,
                Stream.of(dialed).anyMatch(Reach.Dialed::answered)
                        ? OptionalLong.of(connectMillis * MILLI)
                        : OptionalLong.empty(),
                Optional.empty());
    }

    @Test
    void aPortOfThisMachineIsNear() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Reach reach = Reach.of(
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1"),
                    SSLContext.getDefault(),
                    System::nanoTime);
            ReachFindings findings = new ReachFindings(reach, false, false, false, NOW);

            assertThat(findings.open()).isTrue();
            assertThat(findings.all()).noneMatch(Finding::inTheWay);
            assertThat(lines(findings)).contains("ok | addresses: IPv4: 1 of 1 answers", "ok | tls: not encrypted");
        }
    }

    @Test
    void aConnectionThatTakesLongIsInTheWay() throws Exception {
        AtomicLong time = new AtomicLong();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Reach reach = Reach.of(
                    URI.create("http://127.0.0.1:" + server.getLocalPort()),
                    SSLContext.getDefault(),
                    () -> time.addAndGet(150 * MILLI));

            assertThat(lines(reach))
                    .contains(
                            "in the way | connect: a connection takes 150.0 ms; the way there and back is in each ttft,"
                                    + " and twice or more in that of a new connection; measure from a machine that is nearer to"
                                    + " the endpoint");
        }
        assertThat(lines(reach(60, dialed("10.0.0.1", ""))))
                .contains(
                        "note | connect: a connection takes 60.0 ms; the way there and back is in each ttft, and twice or"
                                + " more in that of a new connection; compare only what was measured from the same place");
    }

    @Test
    void aPortThatNobodyListensOnIsInTheWay() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        Reach reach = Reach.of(URI.create("http://127.0.0.1:" + port), SSLContext.getDefault(), System::nanoTime);
        ReachFindings findings = new ReachFindings(reach, false, false, false, NOW);

        assertThat(findings.open()).isFalse();
        assertThat(lines(findings))
                .contains(
                        "in the way | connect: no connection (IPv4: 0 of 1 answers): connection refused; the way there and"
                                + " back is in each ttft, and twice or more in that of a new connection; is the endpoint up, and"
                                + " the port right?");
    }

    @Test
    void aNameWithoutAnAddressIsInTheWay() throws Exception {
        Reach reach = Reach.of(URI.create("http://nowhere.invalid:80"), SSLContext.getDefault(), System::nanoTime);

        assertThat(lines(reach))
                .containsExactly(
                        "in the way | dns: nowhere.invalid has no address; a name is resolved once, before the first"
                                + " request; is the host's name right, and can it be resolved from here?");
    }

    @Test
    void eachFamilyOfAddressesIsToldByItself() {
        assertThat(lines(reach(1, dialed("::1", "network is unreachable"), dialed("10.0.0.1", ""))))
                .contains(
                        "in the way | addresses: the first, 0:0:0:0:0:0:0:1, does not answer: network is unreachable (IPv4:"
                                + " 1 of 1 answers, IPv6: 0 of 1 answers); a replica that is never asked is not measured, and an"
                                + " address that does not answer is waited for; mend the way of IPv6, or start with java"
                                + " -Djava.net.preferIPv4Stack=true -jar");
        assertThat(lines(reach(1, dialed("10.0.0.1", ""), dialed("::1", "network is unreachable"))))
                .anyMatch(line -> line.startsWith(
                        "note | addresses: 1 of 2 do not answer (IPv4: 1 of 1 answers, IPv6: 0 of 1" + " answers); "));
        assertThat(lines(reach(1, dialed("10.0.0.1", ""), dialed("10.0.0.2", ""))))
                .anyMatch(line -> line.startsWith(
                                "note | addresses: 2 answer (IPv4: 2 of 2 answer), and connections go to the first; ")
                        && line.endsWith("; --resolve all measures them together"));
        assertThat(lines(new ReachFindings(
                        reach(1, dialed("10.0.0.1", ""), dialed("10.0.0.2", "")), false, true, false, NOW)))
                .contains("ok | addresses: IPv4: 2 of 2 answer");
    }

    @Test
    void aKeyThatIsSentInTheClearIsTold() {
        assertThat(lines(new ReachFindings(reach(1, dialed("10.0.0.1", "")), false, false, true, NOW)))
                .anyMatch(line -> line.startsWith("note | tls: not encrypted, and a key is sent; "));
    }

    @Test
    void aCertificateThatNobodyTrustsIsInTheWay(@TempDir Path directory) throws Exception {
        TestCertificates certificates = new TestCertificates(directory, "san=ip:127.0.0.1", "-1d");
        try (ScriptedServer server = new ScriptedServer((request, on) -> {}, certificates.server())) {
            URI uri = URI.create(server.url());
            ReachFindings untrusted = new ReachFindings(
                    Reach.of(uri, SSLContext.getDefault(), System::nanoTime), false, false, false, NOW);
            ReachFindings trusted = new ReachFindings(
                    Reach.of(uri, certificates.trusting(), System::nanoTime), false, false, false, NOW);

            assertThat(untrusted.open()).isFalse();
            assertThat(lines(untrusted))
                    .anyMatch(
                            line -> line.matches("in the way \\| tls: no encrypted connection: .*certification path.*;"
                                    + " a certificate that is not trusted ends each request; java"
                                    + " -Djavax.net.ssl.trustStore=FILE -jar trusts an authority of your own, --insecure any"
                                    + " certificate"));
            assertThat(trusted.open()).isTrue();
            assertThat(lines(trusted))
                    .anyMatch(line ->
                            line.matches("note \\| tls: TLSv1.3, a handshake takes .* ms, and the certificate ends"
                                    + " at .*; have it renewed"));
        }
    }
}
