package io.inferometer.endpoint.nio;

import static io.inferometer.endpoint.ScriptedServer.DONE;
import static io.inferometer.endpoint.ScriptedServer.chunk;
import static io.inferometer.endpoint.ScriptedServer.content;
import static io.inferometer.endpoint.ScriptedServer.lastChunk;
import static io.inferometer.endpoint.ScriptedServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.inferometer.endpoint.Asking;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.workload.InferenceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Hosts of several addresses, not all of which answer. */
class ConnectingTest {
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(1);
    private static final ScriptedServer.Script WELL =
            (request, connection) -> connection.write(streamHead() + chunk(content("a") + DONE) + lastChunk());

    @Test
    void theNextAddressIsTriedWhereOneDoesNotAnswer() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                BlackHole hole = new BlackHole();
                Asking asking = asking(server, Asking.PATIENT, origin(hole.address(), address(server)))) {
            RequestRecord record = asking.ask(ASK);

            assertThat(record.error()).isEmpty();
            assertThat(record.outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void aHostNameMayHaveAnUnderscore() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                NioTransport transport =
                        new NioTransport(System::nanoTime, 1, Tls::ofJvm, uri -> origin(address(server)));
                Asking asking = new Asking(transport, "http://my_host:8000", Asking.PATIENT, true)) {
            RequestRecord record = asking.ask(ASK);

            assertThat(record.error()).isEmpty();
            assertThat(server.requests().get(0).headers()).containsEntry("Host", "my_host:8000");
        }
    }

    @Test
    void connectionsAreSpreadOverAllAddressesWhereAskedFor() throws Exception {
        InetSocketAddress one = new InetSocketAddress("127.0.0.1", 1);
        InetSocketAddress two = new InetSocketAddress("127.0.0.2", 1);
        InetSocketAddress three = new InetSocketAddress("127.0.0.3", 1);
        Origin origin = origin(one, two, three).spread();

        assertThat(origin.addresses()).containsExactly(one, two, three);
        assertThat(origin.addresses()).containsExactly(two, three, one);
        origin.answered(two);
        assertThat(origin.addresses()).containsExactly(three, one, two);
        assertThat(origin.addresses()).containsExactly(one, two, three);
    }

    @Test
    void theAddressThatAnsweredIsTriedFirstFromThenOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL)) {
            InetSocketAddress refusing = new InetSocketAddress("127.0.0.1", freePort());
            Origin origin = origin(refusing, address(server));
            try (Asking asking = asking(server, Asking.PATIENT, origin)) {
                RequestRecord record = asking.ask(ASK);

                assertThat(record.error()).isEmpty();
                assertThat(origin.addresses()).containsExactly(address(server), refusing);
            }
        }
    }

    @Test
    void aHostOfWhichNoAddressAnswersIsTold() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                BlackHole hole = new BlackHole();
                Asking asking = asking(server, Duration.ofSeconds(1), origin(hole.address(), hole.address()))) {
            RequestRecord record = asking.ask(ASK);

            assertThat(record.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(record.error())
                    .isEqualTo("not ended after 1000 ms; no connection to "
                            + server.url().substring(7) + " was ready by then");
        }
    }

    @Test
    void aRequestWhoseTimeIsUpWhenItsConnectionIsReadyIsNotSent() throws Exception {
        CountDownLatch timeUp = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        // The loop looks at the clock when it dials, and again when it has got an answer: there it is held.
        LongSupplier clock = () -> {
            if (Thread.currentThread().getName().startsWith("inferometer-nio") && looks.incrementAndGet() == 2) {
                awaitQuietly(timeUp);
            }
            return System.nanoTime();
        };
        try (ScriptedServer server = new ScriptedServer(WELL);
                NioTransport transport = new NioTransport(clock, 1, Tls::ofJvm, uri -> origin(address(server)));
                Asking hasty = new Asking(transport, server.url(), Duration.ofMillis(300), true);
                Asking patient = new Asking(transport, server.url(), Asking.PATIENT, true)) {
            RequestRecord late = hasty.ask(ASK);
            timeUp.countDown();
            RequestRecord next = patient.ask(ASK);

            assertThat(late.outcome()).isEqualTo(Outcome.TIMEOUT);
            assertThat(late.sentNanos()).isEqualTo(RequestRecord.ABSENT);
            assertThat(next.error()).isEmpty();
            assertThat(server.requests()).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(Asking.PATIENT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Asking asking(ScriptedServer server, Duration timeout, Origin origin) {
        NioTransport transport = new NioTransport(System::nanoTime, 1, Tls::ofJvm, uri -> origin);
        return new Asking(transport, server.url(), timeout, true);
    }

    private static Origin origin(InetSocketAddress... addresses) {
        return new Origin(false, "models.test", 80, List.of(addresses), Duration.ofMillis(100));
    }

    private static InetSocketAddress address(ScriptedServer server) {
        return new InetSocketAddress("127.0.0.1", URI.create(server.url()).getPort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A socket that answers no more: its queue of connections is full, and nobody takes them out. */
    private static final class BlackHole implements AutoCloseable {
        private static final int MOST = 50;

        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> queued = new ArrayList<>();

        BlackHole() throws IOException {
            while (queued.size() < MOST) {
                Socket client = new Socket();
                queued.add(client);
                try {
                    client.connect(address(), 200);
                } catch (SocketTimeoutException full) {
                    return;
                }
            }
            abort("here a listening socket takes more connections than its queue holds");
        }

        InetSocketAddress address() {
            return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            for (Socket client : queued) {
                client.close();
            }
            socket.close();
        }
    }
}
