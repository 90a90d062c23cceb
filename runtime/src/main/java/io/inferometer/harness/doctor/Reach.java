package io.inferometer.harness.doctor;

import io.inferometer.endpoint.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How the way to an endpoint is: nothing is asked there but connections, which are closed again.
 *
 * @param host its name
 * @param resolveNanos what finding its addresses took
 * @param dialed its addresses in their order, {@value #MOST_ADDRESSES} at most, each with what came of it
 * @param addresses how many addresses it has
 * @param connectNanos the median of what {@value #CONNECTS} connections to the first that answered took; empty where none did
 * @param handshake what came of encrypting one; empty where none is to be
 */
record Reach(
        String host,
        long resolveNanos,
        List<Dialed> dialed,
        int addresses,
        OptionalLong connectNanos,
        Optional<Handshake> handshake) {
    private static final int MOST_ADDRESSES = 8;
    private static final int CONNECTS = 3;
    private static final int PATIENCE_MILLIS = 3_000;

    /**
     * An address, and what came of it.
     *
     * @param error why there is no connection; empty where there is
     */
    record Dialed(InetAddress address, String error) {
        boolean answered() {
            return error.isEmpty();
        }
    }

    /**
     * A handshake of TLS.
     *
     * @param protocol the version; empty where it failed
     * @param validUntil when the certificate ends; empty where it failed
     * @param nanos what it took
     * @param error why it failed; empty where it did not
     */
    record Handshake(String protocol, Optional<Instant> validUntil, long nanos, String error) {}

    /**
     * Looks. Takes seconds where nothing answers.
     *
     * @param tls what certificates are judged by
     * @param clock nanoseconds, monotonic
     */
    static Reach of(URI uri, SSLContext tls, LongSupplier clock) {
        HostPort there = HostPort.of(uri);
        String host = there.host().replaceAll("^\\[|]$", "");
        long start = clock.getAsLong();
        List<InetAddress> addresses = resolve(host);
        long resolved = clock.getAsLong() - start;
        List<Dialed> dialed = addresses.stream()
                .limit(MOST_ADDRESSES)
                .map(address -> new Dialed(address, dial(address, there.port())))
                .toList();
        Optional<InetSocketAddress> first = dialed.stream()
                .filter(Dialed::answered)
                .findFirst()
                .map(one -> new InetSocketAddress(one.address(), there.port()));
        boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
        return new Reach(
                host,
                resolved,
                dialed,
                addresses.size(),
                first.map(address -> connect(address, clock)).orElse(OptionalLong.empty()),
                first.filter(address -> encrypted).map(address -> shakeHands(address, host, tls, clock)));
    }

    private static List<InetAddress> resolve(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static String dial(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return "";
        } catch (IOException e) {
            return reason(e);
        }
    }

    private static OptionalLong connect(InetSocketAddress address, LongSupplier clock) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < CONNECTS; i++) {
            try (Socket socket = new Socket()) {
                long start = clock.getAsLong();
                socket.connect(address, PATIENCE_MILLIS);
                nanos.add(clock.getAsLong() - start);
            } catch (IOException e) {
                // The others tell.
            }
        }
        LongStream sorted = nanos.stream().mapToLong(Long::longValue).sorted();
        return sorted.skip(Math.max(0, (nanos.size() - 1) / 2)).findFirst();
    }

    private static Handshake shakeHands(InetSocketAddress address, String host, SSLContext tls, LongSupplier clock) {
        try (Socket plain = new Socket()) {
            plain.connect(address, PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            try (SSLSocket socket =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, host, address.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                long start = clock.getAsLong();
                socket.startHandshake();
                long nanos = clock.getAsLong() - start;
                Optional<Instant> end = Stream.of(socket.getSession().getPeerCertificates())
                        .limit(1)
                        .map(Reach::validUntil)
                        .flatMap(Optional::stream)
                        .findFirst();
                return new Handshake(socket.getSession().getProtocol(), end, nanos, "");
            }
        } catch (IOException e) {
            return new Handshake("", Optional.empty(), 0, reason(e));
        }
    }

    private static Optional<Instant> validUntil(Certificate certificate) {
        return certificate instanceof X509Certificate known
                ? Optional.of(known.getNotAfter().toInstant())
                : Optional.empty();
    }

    private static String reason(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
