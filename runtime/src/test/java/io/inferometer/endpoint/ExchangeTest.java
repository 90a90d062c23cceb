package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.io.EOFException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private final Watchdog watchdog = new Watchdog(System::nanoTime);
    private final List<Exchange> ended = new ArrayList<>();
    private final RequestTimeline timeline =
            new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, 10, false));
    private final Exchange exchange = new Exchange(
            new WireRequest(URI.create("http://x.test/"), Map.of(), new byte[1], true, Usage.ABSENT, 10, false),
            timeline,
            Limits.of(Duration.ofMinutes(1)),
            watchdog,
            ended::add);

    @AfterEach
    void closeWatchdog() {
        watchdog.close();
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
    void anErrorWhoseBodyNeverCameSaysWhy() {
        exchange.start(1);
        exchange.headers(400, name -> "", 2);

        exchange.failed(new EOFException("EOF reached while reading"), 3);

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

        exchange.failed(new EOFException("EOF reached while reading"), 4);

        assertThat(timeline.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(timeline.error()).isEqualTo("out of memory");
    }

    private static String stream(String header) {
        return header.equals("content-type") ? "text/event-stream" : "";
    }
}
