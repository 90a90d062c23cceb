package io.inferometer.benchmarks.overhead.trip;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BareStreamTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: x\r\n";
    private static final String STREAM = HEAD + "Transfer-Encoding: chunked\r\n\r\n"
            + "2c\r\ndata: {\"sent_nanos\":150,\"received_nanos\":100}\n\n\r\n"
            + "1c\r\ndata: {\"sent_nanos\":260,\"x\":1}\n\n\r\n"
            + "1c\r\ndata: {\"sent_nanos\":270,\"x\":2}\n\n\r\n"
            + "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";
    private static final String WHOLE = HEAD + "Content-Length: 11\r\n\r\n{\"a\":\"b\\n\"}";

    private final BareStream stream = new BareStream(null);

    @Test
    void findsTheEventsOfAStreamSplitAnywhere() {
        for (int split = 0; split < STREAM.length(); split++) {
            RequestTimeline timeline = begin(true);

            assertThat(take(STREAM.substring(0, split), 1))
                    .as("split at %d", split)
                    .isFalse();
            assertThat(take(STREAM.substring(split), 2))
                    .as("split at %d", split)
                    .isTrue();

            assertThat(timeline.events()).isEqualTo(3);
            var record = timeline.toRecord(0, false, UnaryOperator.identity());
            assertThat(record.serverReceivedNanos()).isEqualTo(100);
            assertThat(record.serverEventNanos()).containsExactly(150, 260, 270);
        }
    }

    @Test
    void findsTheEndOfAWholeAnswerSplitAnywhere() {
        for (int split = 0; split < WHOLE.length(); split++) {
            begin(false);

            assertThat(take(WHOLE.substring(0, split), 1))
                    .as("split at %d", split)
                    .isFalse();
            assertThat(take(WHOLE.substring(split), 2)).as("split at %d", split).isTrue();
        }
    }

    @Test
    void takesAStreamThatIsLongerThanItsBuffer() {
        RequestTimeline timeline = begin(true);
        take(STREAM.substring(0, STREAM.indexOf("e\r\ndata: [DONE]")), 1);

        for (int i = 0; i < 1_000; i++) {
            assertThat(take("1c\r\ndata: {\"sent_nanos\":280,\"x\":3}\n\n\r\n", i))
                    .isFalse();
        }

        assertThat(take("e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n", 1_001)).isTrue();
        assertThat(timeline.events()).isEqualTo(1_003);
    }

    private RequestTimeline begin(boolean streamed) {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, streamed, -1, 2, true));
        stream.begin(timeline, streamed);
        return timeline;
    }

    private boolean take(String text, long nanos) {
        return stream.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), nanos);
    }
}
