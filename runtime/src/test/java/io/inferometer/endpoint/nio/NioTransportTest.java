package io.inferometer.endpoint.nio;

import static io.inferometer.endpoint.ScriptedServer.DONE;
import static io.inferometer.endpoint.ScriptedServer.chunk;
import static io.inferometer.endpoint.ScriptedServer.content;
import static io.inferometer.endpoint.ScriptedServer.lastChunk;
import static io.inferometer.endpoint.ScriptedServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.endpoint.Asking;
import io.inferometer.endpoint.RequestBounds;
import io.inferometer.endpoint.ScriptedServer;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.TargetSettings;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.workload.InferenceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NioTransportTest {
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(1);
    private static final String ANSWER = streamHead() + chunk(content("a") + DONE) + lastChunk();
    private static final ScriptedServer.Script WELL = (request, connection) -> connection.write(ANSWER);

    @Test
    void connectionsAreOpenedWithoutARequestAndUsedByTheFirstOnes() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                NioTransport transport = new NioTransport(System::nanoTime);
                Target target = target(transport, server.url())) {
            assertThat(target.open(200)).isEqualTo(200);
            assertThat(target.open(150)).isEqualTo(150);
            assertThat(server.requests()).isEmpty();

            assertThat(chains(target, 200, 3)).isZero();

            assertThat(server.connections()).isEqualTo(200);
        }
    }

    @Test
    void aFewEventLoopsShareTheWork() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                NioTransport transport = new NioTransport(System::nanoTime, 3, Tls::ofJvm, Origin::resolve);
                Target target = target(transport, server.url())) {
            assertThat(target.open(16)).isEqualTo(16);

            assertThat(chains(target, 16, 50)).isZero();

            assertThat(server.connections()).isEqualTo(16);
        }
    }

    @Test
    void nothingIsOpenedWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (NioTransport transport = new NioTransport(System::nanoTime);
                Target target = target(transport, "http://127.0.0.1:" + port)) {
            assertThat(target.open(5)).isZero();

            assertThat(chains(target, 3, 100)).isEqualTo(300);
        }
    }

    @Test
    void aConnectionIsTimedWhereItIsNew() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                Asking asking = asking(server)) {
            RequestRecord first = asking.ask(ASK);
            RequestRecord second = asking.ask(ASK);

            assertThat(first.opening().dialedNanos()).isGreaterThanOrEqualTo(first.releasedNanos());
            assertThat(first.opening().connectNanos()).isPositive();
            assertThat(first.opening().tlsNanos()).isNaN();
            assertThat(first.opening().readyNanos()).isLessThanOrEqualTo(first.sentNanos());
            assertThat(second.opening()).isEqualTo(Opening.NONE);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionWhoseEndCameBehindTheBodyIsNotUsedAgain() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<RequestTimeline> second = new CompletableFuture<>();
        ScriptedServer.Script once = (request, connection) -> {
            connection.write(ANSWER);
            if (closed.getCount() > 0) {
                connection.close();
                closed.countDown();
            }
        };
        // No time goes by: what was just read from is no more open for that.
        try (ScriptedServer server = new ScriptedServer(once);
                NioTransport transport = new NioTransport(() -> 1_000, 1, Tls::ofJvm, Origin::resolve);
                Target target = target(transport, server.url())) {
            send(target, first -> {
                awaitQuietly(closed);
                send(target, second::complete);
            });

            assertThat(second.get(30, TimeUnit.SECONDS).error()).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void connectionsThatTheEndpointClosedAreOpenedAgain() throws Exception {
        // One that is answered before the last is sent would be taken for that one, and be closed under it.
        CyclicBarrier sent = new CyclicBarrier(4);
        Semaphore closed = new Semaphore(0);
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    meet(sent);
                    connection.write(ANSWER);
                    connection.close();
                    closed.release();
                });
                NioTransport transport = new NioTransport(System::nanoTime, 3, Tls::ofJvm, Origin::resolve);
                Target target = target(transport, server.url())) {
            assertThat(target.open(4)).isEqualTo(4);
            assertThat(chains(target, 4, 1)).isZero();
            assertThat(closed.tryAcquire(4, 30, TimeUnit.SECONDS)).isTrue();
            assertThat(target.open(4)).isEqualTo(4);
            assertThat(chains(target, 4, 1)).isZero();

            // Each request found one open: they take the same turns at the loops.
            assertThat(server.connections()).isEqualTo(8);
        }
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsKnownToBeClosed() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    connection.write(ANSWER);
                    if (!closed.isDone()) {
                        connection.close();
                        closed.complete(null);
                    }
                });
                Asking asking = asking(server)) {
            asking.ask(ASK);
            closed.get(30, TimeUnit.SECONDS);
            RequestRecord second = asking.ask(ASK);

            assertThat(second.error()).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aRequestIsNotSentTwiceWhereItsConnectionIsClosedUnderIt() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    if (requests.incrementAndGet() == 2) {
                        connection.close();
                    } else {
                        connection.write(ANSWER);
                    }
                });
                Asking asking = asking(server)) {
            asking.ask(ASK);
            RequestRecord second = asking.ask(ASK);

            assertThat(second.outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            assertThat(second.error())
                    .isEqualTo("the connection to " + server.url().substring(7) + " was closed before a response came");
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void aConnectionThatSaysMoreThanItWasAskedIsNotUsedAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(ANSWER + "more"));
                Asking asking = asking(server)) {
            assertThat(asking.ask(ASK).error()).isEmpty();
            assertThat(asking.ask(ASK).error()).isEmpty();

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aLargeBodyArrivesWhole() throws Exception {
        String prompt = "0123456789abcdef".repeat(1 << 19);
        try (ScriptedServer server = new ScriptedServer(WELL);
                Asking asking = asking(server)) {
            RequestRecord record = asking.ask(InferenceRequest.chat(prompt));

            assertThat(record.error()).isEmpty();
            assertThat(server.requests().get(0).body().contains(prompt)).isTrue();
            assertThat(asking.ask(ASK).error()).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aSmallRequestIsWrittenAtOnceHeadAndBody() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                NioTransport transport = new NioTransport(System::nanoTime);
                Asking asking =
                        new Asking(transport, "http://127.0.0.1:" + socket.getLocalPort(), Asking.PATIENT, true)) {
            CompletableFuture<String> firstRead = CompletableFuture.supplyAsync(() -> {
                try (Socket client = socket.accept()) {
                    byte[] bytes = new byte[64 << 10];
                    int count = client.getInputStream().read(bytes);
                    client.getOutputStream().write(ANSWER.getBytes(StandardCharsets.UTF_8));
                    return new String(bytes, 0, count, StandardCharsets.UTF_8);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            asking.ask(ASK);

            assertThat(firstRead.get(30, TimeUnit.SECONDS)).startsWith("POST ").endsWith("}");
        }
    }

    @Test
    void anAnswerBeforeTheWholeRequestIsReadAndTheConnectionNotUsedAgain() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                NioTransport transport = new NioTransport(System::nanoTime);
                Asking asking =
                        new Asking(transport, "http://127.0.0.1:" + socket.getLocalPort(), Asking.PATIENT, true)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket client = socket.accept()) {
                    InputStream in = client.getInputStream();
                    in.readNBytes(1_000);
                    client.getOutputStream()
                            .write("HTTP/1.1 413 X\r\nContent-Length: 3\r\n\r\nbig".getBytes(StandardCharsets.UTF_8));
                    in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The client closes the connection, with a part of the request still unread.
                }
            });

            RequestRecord record = asking.ask(InferenceRequest.chat("x".repeat(32 << 20)));

            assertThat(record.error()).isEqualTo("413: big");
            served.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aHeaderThatItHasToWriteItselfIsRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                Asking asking = asking(server)) {
            RequestRecord record = asking.ask(ASK.header("Content-Length", "5"));

            assertThat(record.error()).endsWith("restricted header name: \"Content-Length\"");
            assertThat(asking.ask(ASK).error()).isEmpty();
        }
    }

    @Test
    void closingItFailsWhatIsInFlight() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        NioTransport transport = new NioTransport(System::nanoTime);
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    asked.countDown();
                    connection.awaitClosed();
                });
                Target target = target(transport, server.url())) {
            CompletableFuture<RequestTimeline> ended = new CompletableFuture<>();
            send(target, ended::complete);
            asked.await();

            transport.close();

            assertThat(ended.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.CONNECT_ERROR);
            CompletableFuture<RequestTimeline> late = new CompletableFuture<>();
            send(target, late::complete);
            assertThat(late.get(30, TimeUnit.SECONDS).error()).endsWith("the transport is closed");
        }
    }

    @Test
    void aProxyIsRefused() throws Exception {
        ProxySelector usual = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(
                        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.test", 3128)),
                        Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
        try (NioTransport transport = new NioTransport(System::nanoTime)) {
            assertThatThrownBy(() -> target(transport, "https://models.test/v1"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("this JVM is told to reach https://models.test through the proxy proxy.test:3128,"
                            + " which the nio transport can't; use --transport jdk");
        } finally {
            ProxySelector.setDefault(usual);
        }
    }

    /** How many requests failed of so many chains, in each of which the end of one sends the next. */
    private static int chains(Target target, int chains, int links) throws InterruptedException {
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(chains * links);
        for (int i = 0; i < chains; i++) {
            chain(target, links, failed, ended);
        }
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        return failed.get();
    }

    private static void chain(Target target, int left, AtomicInteger failed, CountDownLatch ended) {
        send(target, timeline -> {
            if (timeline.outcome() != Outcome.SUCCESS) {
                failed.incrementAndGet();
            }
            ended.countDown();
            if (left > 1) {
                chain(target, left - 1, failed, ended);
            }
        });
    }

    private static void send(Target target, Target.Listener onEnd) {
        WireRequest wire = target.prepare(ASK);
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(
                0,
                0,
                false,
                0,
                0,
                wire.streamed(),
                wire.expectedPromptTokens(),
                wire.requestedOutputTokens(),
                wire.ignoreEos()));
        target.send(wire, timeline, onEnd);
    }

    private static Asking asking(ScriptedServer server) {
        return new Asking(new NioTransport(System::nanoTime), server.url(), Asking.PATIENT, true);
    }

    private static Target target(NioTransport transport, String url) {
        return new Target(
                TargetSettings.chat(url, "m", Optional.empty(), RequestBounds.of(Asking.PATIENT)),
                transport,
                System::nanoTime);
    }
}
