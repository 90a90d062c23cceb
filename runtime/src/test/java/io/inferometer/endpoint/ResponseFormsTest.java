package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.workload.InferenceRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of a response that HTTP/1.1 leaves to a server, over every transport. */
@ParameterizedClass
@EnumSource(Transports.class)
class ResponseFormsTest {
    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(1);
    private static final String STREAM = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n";
    private static final String SIZE = Integer.toHexString(STREAM.length());
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

    private final Transports transport;

    ResponseFormsTest(Transports transport) {
        this.transport = transport;
    }

    /** A {@code /} stands for the end of a line, but for those of a version or a type; words stand for what is alike. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            an interim response before it | HTTP/1.1 100 Continue//OKTransfer-Encoding: chunked//SIZE/STREAM/0//
            hints before it               | HTTP/1.1 103 Early Hints/Link: <x>//HTTP/1.1 102 Processing//OKContent-Length: LENGTH//STREAM
            trailers                      | OKTransfer-Encoding: chunked/Trailer: X-Sum//SIZE/STREAM/0/X-Sum: 1/X-More: 2//
            extensions of chunks          | OKTransfer-Encoding: chunked//SIZE;a="b;c" ;d/STREAM/0;e=f//
            names in odd case             | HTTP/1.1 200 OK/cOnTent-tYPE: TEXT/event-stream/tRANSFER-eNCODING: Chunked//SIZE/STREAM/0//
            folded lines                  | HTTP/1.1 200 OK/X-Long: one/  two/Content-Type:/ text/event-stream/Content-Length: LENGTH//STREAM
            the same length twice         | OKContent-Length: LENGTH/Content-Length: LENGTH//STREAM
            no reason                     | HTTP/1.1 200/Content-Type: text/event-stream/Content-Length: LENGTH//STREAM
            """)
    void isReadAndLeavesItsConnectionOpen(String what, String form) throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(written(form)));
                Asking asking = asking(server.url())) {
            RequestRecord first = asking.ask(ASK);
            RequestRecord second = asking.ask(ASK);

            assertThat(first.error()).as(what).isEmpty();
            assertThat(second.error()).as(what).isEmpty();
            assertUsedAgain(server);
        }
    }

    /** java.net.http may tell of a response's end before its connection is back in the pool. */
    private void assertUsedAgain(ScriptedServer server) {
        assertThat(server.connections()).isBetween(1, transport == Transports.NIO ? 1 : 2);
    }

    private static String written(String form) {
        return form.replace("text/event", "text\0event")
                .replace("TEXT/event", "TEXT\0event")
                .replace("HTTP/1", "HTTP\0001")
                .replace("/", "\r\n")
                .replace('\0', '/')
                .replaceFirst("(?m)^OK", OK)
                .replace("LENGTH", "" + STREAM.length())
                .replace("SIZE", SIZE)
                .replace("STREAM", STREAM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nConnection: close\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\n"})
    void aBodyWithoutALengthEndsWithItsConnection(String head) throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> {
                    connection.write(head + "Content-Type: text/event-stream\r\n\r\n" + STREAM);
                    connection.close();
                });
                Asking asking = asking(server.url())) {
            assertThat(asking.ask(ASK).error()).isEmpty();
            assertThat(asking.ask(ASK).error()).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aStatusWithoutABodyIsTold() throws Exception {
        assertTold("HTTP/1.1 204 No Content\r\n\r\n", true, "status 204, but no token in 0 events");
        assertTold("HTTP/1.1 204 No Content\r\n\r\n", false, "status 204, but the answer is empty");
        assertTold("HTTP/1.1 304 Not Modified\r\nContent-Length: 30\r\n\r\n", true, "304");
    }

    private void assertTold(String response, boolean streaming, String message) throws Exception {
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(response));
                Asking asking = new Asking(transport.open(), server.url(), Asking.PATIENT, streaming)) {
            assertThat(asking.ask(ASK).error()).isEqualTo(message);
            assertThat(asking.ask(ASK).error()).isEqualTo(message);
            assertUsedAgain(server);
        }
    }

    @Test
    void aBodyOfTwoLengthsIsNoAnswer() throws Exception {
        String both = OK + "Transfer-Encoding: chunked\r\nContent-Length: " + STREAM.length() + "\r\n\r\n" + SIZE
                + "\r\n" + STREAM + "\r\n0\r\n\r\n";
        try (ScriptedServer server = new ScriptedServer((request, connection) -> connection.write(both));
                Asking asking = asking(server.url())) {
            RequestRecord record = asking.ask(ASK);

            // java.net.http believes the length, and takes the sizes of the chunks for the text of the body.
            assertThat(record.outcome()).isNotEqualTo(Outcome.SUCCESS);
            assertThat(record.error())
                    .isEqualTo(
                            transport == Transports.NIO
                                    ? "what " + server.url().substring(7)
                                            + " answered is not valid HTTP/1.1: it has both"
                                            + " a Transfer-Encoding and a Content-Length"
                                    : "the stream ended without a finish reason or [DONE]: " + SIZE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalBeforeTheWholeRequestWasSentIsReadThoughTheConnectionIsClosedThen(boolean unread) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                Asking asking = asking("http://127.0.0.1:" + socket.getLocalPort())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket client = socket.accept()) {
                    client.getInputStream().readNBytes(1_000);
                    client.getOutputStream()
                            .write("HTTP/1.1 429 X\r\nConnection: close\r\nContent-Length: 4\r\n\r\nslow"
                                    .getBytes(StandardCharsets.UTF_8));
                    if (!unread) {
                        client.shutdownOutput();
                        client.getInputStream().transferTo(OutputStream.nullOutputStream());
                    }
                } catch (IOException e) {
                    // The client goes away, with a part of the request unsent.
                }
            });

            RequestRecord record = asking.ask(InferenceRequest.chat("x".repeat(16 << 20)));

            if (transport == Transports.NIO || !unread) {
                assertThat(record.error()).isEqualTo("429: slow");
            } else {
                // What the server leaves unread makes it reset the connection. java.net.http tells what it meets first,
                // the answer or its own failed write.
                String connection = "the connection to 127.0.0.1:" + socket.getLocalPort();
                assertThat(record.error())
                        .isIn(
                                "429: slow",
                                connection + " broke before a response came: Broken pipe",
                                connection + " was reset before a response came");
            }
            served.get(30, TimeUnit.SECONDS);
        }
    }

    private Asking asking(String url) {
        return new Asking(transport.open(), url, Asking.PATIENT, true);
    }
}
