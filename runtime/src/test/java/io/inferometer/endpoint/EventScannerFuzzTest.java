package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestTimeline;
import java.io.IOException;

/** Any bytes are an event, an error or malformed; what a JSON parser reads as an object is not malformed. */
class EventScannerFuzzTest {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    @FuzzTest
    void whatIsJsonIsNotMalformed(byte[] bytes) {
        RequestTimeline timeline = new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, -1, 100, false));

        int carried = new EventScanner().scan(bytes, 0, bytes.length, 1, timeline);

        if (carried == EventScanner.MALFORMED) {
            assertThat(isObject(bytes)).isFalse();
        }
    }

    private static boolean isObject(byte[] bytes) {
        try {
            return ((JsonNode) JSON.readValue(bytes)).isObject();
        } catch (IOException e) {
            return false;
        }
    }
}
