package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Any bytes are an event, an error or malformed; what a JSON parser reads as an object is not malformed; and the events
 * that came before change nothing.
 */
class EventScannerFuzzTest {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    @FuzzTest
    void whatIsJsonIsNotMalformed(byte[] bytes) {
        int carried = new EventScanner().scan(bytes, 0, bytes.length, 1, timeline());

        if (carried == EventScanner.MALFORMED) {
            assertThat(isObject(bytes)).isFalse();
        }
    }

    @FuzzTest
    void theEventsBeforeChangeNothing(byte[] bytes) {
        EventScanner scanner = new EventScanner();
        for (int from = 0, to = 0; to <= bytes.length; to++) {
            if (to == bytes.length || bytes[to] == '\n') {
                assertThat(scan(scanner, bytes, from, to)).isEqualTo(scan(new EventScanner(), bytes, from, to));
                from = to + 1;
            }
        }
    }

    /** All that a scanner finds in an event. */
    private static String scan(EventScanner scanner, byte[] bytes, int from, int to) {
        RequestTimeline timeline = timeline();
        int carried = scanner.scan(bytes, from, to, 1, timeline);
        if (carried < 0) {
            return "" + carried;
        }
        timeline.end(Outcome.SUCCESS, "", 2);
        RequestRecord found = timeline.toRecord(0, true, UnaryOperator.identity());
        return String.join(
                "\n",
                Integer.toString(carried),
                found.usage().toString(),
                Arrays.toString(found.eventTokens()),
                found.form().toString(),
                Long.toString(found.serverReceivedNanos()),
                Arrays.toString(found.serverEventNanos()),
                timeline.reasoning(),
                found.text());
    }

    private static RequestTimeline timeline() {
        return new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 100, false));
    }

    private static boolean isObject(byte[] bytes) {
        try {
            return ((JsonNode) JSON.readValue(bytes)).isObject();
        } catch (IOException e) {
            return false;
        }
    }
}
