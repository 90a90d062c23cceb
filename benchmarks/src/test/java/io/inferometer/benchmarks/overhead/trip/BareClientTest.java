package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BareClientTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void readsWhatCameInWhileItSends() throws Exception {
        Job job = new Job(0, 0, 32, 32, 4, false, 0, 1);
        List<Socket> connections = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
                BareClient client = new BareClient("http://127.0.0.1:" + server.getLocalPort())) {
            client.open(32);
            for (int i = 0; i < 32; i++) {
                connections.add(server.accept());
            }
            // Those that are sent first: their answers are there already.
            answer(connections.subList(16, 32));
            Thread others = new Thread(() -> {
                await(connections.get(0));
                answer(connections.subList(0, 16));
            });
            others.start();

            client.run(job);

            others.join();
            long lastSent = client.records().stream()
                    .mapToLong(RequestRecord::sentNanos)
                    .max()
                    .orElseThrow();
            assertThat(client.records()).hasSize(32).allMatch(RequestRecord::succeeded);
            assertThat(client.records().stream().filter(record -> record.endNanos() < lastSent))
                    .hasSize(16);
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }

    /** Returns when a request has come. */
    private static void await(Socket connection) {
        try {
            connection.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(List<Socket> connections) {
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);
        for (Socket connection : connections) {
            try {
                connection.getOutputStream().write(answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aRequestThatIsRefusedFailsAndTheOthersGoOn() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 50);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        Job job = new Job(0, 0, 3, 3, 4, true, 0, 1);
        try (BareClient client =
                new BareClient("http://127.0.0.1:" + server.getAddress().getPort())) {
            client.run(job);

            assertThat(client.records()).hasSize(3).allSatisfy(record -> {
                assertThat(record.outcome()).isEqualTo(Outcome.STREAM_ERROR);
                assertThat(record.error()).isEqualTo("the endpoint answers with status 503");
            });
            assertThat(Figures.of(job, client.records(), 1)).containsEntry(Figure.FAILED, 3.0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatDoesNotEndInTimeHasFailedAndWhatIsLeftIsNotSent() throws Exception {
        Job job = new Job(0, 0, 2, 5, 4, true, 0, 1);
        try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK);
                BareClient client = new BareClient("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(1))) {
            client.run(job);

            assertThat(client.records()).hasSize(2).allSatisfy(record -> {
                assertThat(record.outcome()).isEqualTo(Outcome.TIMEOUT);
                assertThat(record.error()).isEqualTo("not ended in time");
            });
            assertThat(Figures.of(job, client.records(), 1))
                    .containsEntry(Figure.FAILED, 2.0)
                    .containsEntry(Figure.UNSENT, 3.0);
        }
    }
}
