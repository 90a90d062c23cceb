package io.inferometer.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.SocketFactory;

/**
 * Runs the endpoint's own code in this JVM before it serves anyone: a metronome on a port of its own is asked for some
 * hundreds of short streams. The first answers of a cold JVM are a millisecond late, which a client can't tell from its
 * own lateness.
 */
final class SelfWarmup {
    private static final int REQUESTS = 600;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final String BODY =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Warm up.\"}],\"input\":\"Warm up.\","
                    + "\"max_tokens\":8,\"max_output_tokens\":8,\"stream\":true,"
                    + "\"stream_options\":{\"include_usage\":true}}";
    /** Those whose streams differ; chat is what most clients speak. */
    private static final List<String> PATHS =
            List.of("/v1/chat/completions", "/v1/responses", "/v1/chat/completions", "/v1/messages");

    private SelfWarmup() {}

    /** Takes a second and one answer at the most. */
    static void run(boolean tls, LongSupplier clock) throws IOException {
        Profile profile = Profile.parse("metronome?ttft=0.2&itl=0.02");
        try (SimulatedEndpoint endpoint = SimulatedEndpoint.start(
                        SimulatedEndpoint.Settings.of(profile).withTls(tls));
                Socket socket = (tls ? endpoint.tls().getSocketFactory() : SocketFactory.getDefault())
                        .createSocket(
                                InetAddress.getLoopbackAddress(),
                                URI.create(endpoint.url()).getPort())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            ask(socket, clock);
        }
    }

    /** Asks until it is warm; a machine that gives no answer in time has no time to spend on this, but can still serve. */
    static void ask(Socket socket, LongSupplier clock) throws IOException {
        OutputStream out = socket.getOutputStream();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        List<byte[]> requests = PATHS.stream().map(SelfWarmup::request).toList();
        long start = clock.getAsLong();
        try {
            for (int i = 0; i < REQUESTS && clock.getAsLong() - start < LONGEST_NANOS; i++) {
                out.write(requests.get(i % requests.size()));
                readAnswer(in);
            }
        } catch (SocketTimeoutException e) {
            return;
        }
    }

    /** A request that any protocol finds what it needs in. */
    private static byte[] request(String path) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void readAnswer(BufferedReader in) throws IOException {
        String status = in.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("the simulated endpoint answers its own warm-up with " + status);
        }
        for (String line = status; !line.equals("0"); ) {
            line = in.readLine();
            if (line == null) {
                throw new IOException("the simulated endpoint closed the connection of its own warm-up");
            }
        }
        in.readLine();
    }
}
