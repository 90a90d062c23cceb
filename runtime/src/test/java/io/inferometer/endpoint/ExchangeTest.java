package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final Watchdog watchdog = new Watchdog(System::nanoTime);
    private final List<Exchange> ended = new ArrayList<>();
    private final RequestTimeline timeline =
            new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, 10, false));
    private final Exchange exchange = new Exchange(
            new WireRequest(
                    URI.create("http://x.test/"),
                    Protocol.CHAT,
                    Map.of(),
                    new byte[1],
                    true,
                    Usage.ABSENT,
                    10,
                    false,
                    0),
            timeline,
            RequestBounds.of(Duration.ofMinutes(1)),
            watchdog,
            ended::add);

    @AfterEach
    void closeWatchdog() {
        watchdog.close();
    }

    @Test
    void whatWasGivenUpBeforeItCouldBeIsGivenUpAtOnce() {
        AtomicInteger aborts = new AtomicInteger();
        exchange.cancel();

        exchange.onAbort(aborts::incrementAndGet);

        assertThat(aborts).hasValue(1);
    }

    @Test
    void whatHasEndedWellIsNotGivenUpForItsConnectionMayCarryAnother() {
        AtomicInteger aborts = new AtomicInteger();
        exchange.headers(200, ExchangeTest::stream, 2);
        exchange.complete(3);

        exchange.onAbort(aborts::incrementAndGet);
        exchange.cancel();

        assertThat(exchange.ended()).isTrue();
        assertThat(aborts).hasValue(0);
    }

    @Test
    void aFaultWhileReadingEndsTheRequestAndKeepsNobodyWaiting() {
        exchange.start(1);
        exchange.headers(200, ExchangeTest::stream, 2);

        exchange.read(null, 3);
        exchange.cancel();
        exchange.complete(4);

        assertThat(ended).containsExactly(exchange);
        assertThat(timeline.outcome()).isEqualTo(Outcome.DECODE_ERROR);
        assertThat(timeline.error()).startsWith("the response can't be read: java.lang.NullPointerException");
        assertThat(timeline.endNanos()).isEqualTo(3);
    }

    @Test
    void aFaultWhileReadingHeadersDoesSoToo() {
        exchange.start(1);

        exchange.headers(
                200,
                name -> {
                    throw new IllegalStateException("no header");
                },
                2);
        exchange.cancel();

        assertFailed(Outcome.DECODE_ERROR, "the response can't be read: java.lang.IllegalStateException: no header");
    }

    @Test
    void anErrorWhoseBodyNeverCameSaysWhy() {
        exchange.start(1);
        exchange.headers(400, name -> "", 2);

        exchange.failed(Breakage.of(Breakage.Stage.BODY, Breakage.Kind.CLOSED), 3);

        assertThat(timeline.outcome()).isEqualTo(Outcome.HTTP_ERROR);
        assertThat(timeline.error())
                .isEqualTo("400: its body broke off: the connection was closed in the middle of the body");
    }

    @Test
    void anErrorInTheStreamHoldsThoughTheConnectionBreaks() {
        exchange.start(1);
        exchange.headers(200, ExchangeTest::stream, 2);
        exchange.read(
                ByteBuffer.wrap("data: {\"object\":\"error\",\"message\":\"out of memory\"}\n\n"
                        .getBytes(StandardCharsets.UTF_8)),
                3);

        exchange.failed(Breakage.of(Breakage.Stage.BODY, Breakage.Kind.CLOSED), 4);

        assertThat(timeline.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(timeline.error()).isEqualTo("out of memory");
    }

    @Test
    void aStreamOfTooManyEventsFails() {
        Exchange bounded = bounded(new RequestBounds(60_000_000_000L, 100, 3, 100, 100));

        bounded.read(bytes(content("a").repeat(3)), 3);
        assertThat(ended).isEmpty();
        bounded.read(bytes(content("a").repeat(100)), 4);

        assertFailed(Outcome.DECODE_ERROR, "the stream has more than 3 events");
    }

    @Test
    void anAnswerOfTooMuchTextFails() {
        Exchange bounded = bounded(new RequestBounds(60_000_000_000L, 100, 100, 20, 100));

        bounded.read(bytes(content("0123456789").repeat(2)), 3);
        assertThat(ended).isEmpty();
        bounded.read(bytes(content("a")), 4);

        assertFailed(Outcome.DECODE_ERROR, "the answer is longer than 20 bytes");
    }

    @Test
    void anEventThatIsTooLongFails() {
        Exchange bounded = bounded(new RequestBounds(60_000_000_000L, 5_000, 100, 20, 100));

        bounded.read(bytes("data: " + "x".repeat(5_000)), 3);
        bounded.read(bytes("x".repeat(5_000)), 4);

        assertFailed(Outcome.STREAM_ERROR, "an event is longer than 5000 bytes");
    }

    @Test
    void anAnswerInOnePieceThatIsTooLongFails() {
        Exchange bounded = new Exchange(
                new WireRequest(
                        URI.create("http://x.test/"),
                        Protocol.CHAT,
                        Map.of(),
                        new byte[1],
                        false,
                        Usage.ABSENT,
                        10,
                        false,
                        0),
                timeline,
                new RequestBounds(60_000_000_000L, 100, 100, 20, 100),
                watchdog,
                ended::add);
        bounded.start(1);
        bounded.headers(200, name -> "", 2);

        bounded.read(bytes("{\"choices\":["), 3);
        assertThat(ended).isEmpty();
        bounded.read(bytes("{}".repeat(10)), 4);

        assertFailed(Outcome.DECODE_ERROR, "the answer is longer than 20 bytes");
    }

    @Test
    void anErrorThatIsTooLongEndsWithWhatThereIs() {
        Exchange bounded = new Exchange(
                exchange.request(),
                timeline,
                new RequestBounds(60_000_000_000L, 100, 100, 20, 10),
                watchdog,
                ended::add);
        bounded.start(1);
        bounded.headers(500, name -> "", 2);

        bounded.read(bytes("0123456789abc"), 3);

        assertFailed(Outcome.HTTP_ERROR, "500: 0123456789");
    }

    @Test
    void commentsWithoutEndAreDroppedAsTheyCome() {
        Exchange bounded = bounded(new RequestBounds(60_000_000_000L, 100, 100, 20, 100));

        for (int i = 0; i < 1_000; i++) {
            bounded.read(bytes(": keep-alive\n\n"), 3 + i);
        }

        assertThat(ended).isEmpty();
        assertThat(timeline.events()).isZero();
    }

    private Exchange bounded(RequestBounds limits) {
        Exchange bounded = new Exchange(exchange.request(), timeline, limits, watchdog, ended::add);
        bounded.start(1);
        bounded.headers(200, ExchangeTest::stream, 2);
        return bounded;
    }

    private void assertFailed(Outcome outcome, String message) {
        assertThat(ended).hasSize(1);
        assertThat(timeline.error()).isEqualTo(message);
        assertThat(timeline.outcome()).isEqualTo(outcome);
    }

    private static String content(String text) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String stream(String header) {
        return header.equals("content-type") ? "text/event-stream" : "";
    }
}
