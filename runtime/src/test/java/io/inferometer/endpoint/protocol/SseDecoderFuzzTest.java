package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any bytes, in one read or in several, are the same events, or the same one that is too long. */
class SseDecoderFuzzTest {
    private static final int LONGEST = 256;

    @FuzzTest
    void splitsChangeNothing(byte[] bytes) {
        int first = bytes.length == 0 ? 0 : (bytes[0] & 0xff) % (bytes.length + 1);

        assertThat(decode(bytes, first)).isEqualTo(decode(bytes, bytes.length));
        assertThat(decode(bytes, 1)).isEqualTo(decode(bytes, bytes.length));
    }

    private static List<String> decode(byte[] bytes, int size) {
        List<String> events = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(new ToldEvents(events), LONGEST);
        for (int at = 0; at < bytes.length; at += Math.max(1, size)) {
            if (!decoder.feed(ByteBuffer.wrap(bytes, at, Math.min(Math.max(1, size), bytes.length - at)))) {
                events.add("too long");
                return events;
            }
        }
        decoder.end();
        return events;
    }
}
