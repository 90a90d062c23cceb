package io.inferometer.endpoint.nio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.inferometer.endpoint.ResponseHeaders;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Any bytes, in one read or in several, are the same response, the same part of one, or malformed in the same way. */
class ResponseParserFuzzTest {
    @FuzzTest
    void splitsChangeNothing(byte[] bytes) {
        int size = bytes.length == 0 ? 1 : 1 + (bytes[bytes.length - 1] & 0xff);
        String whole = parse(bytes, Math.max(1, bytes.length));

        assertThat(parse(bytes, size)).isEqualTo(whole);
        assertThat(parse(bytes, 1)).isEqualTo(whole);
    }

    private static String parse(byte[] bytes, int size) {
        StringBuilder seen = new StringBuilder();
        ResponseParser parser = new ResponseParser(new ResponseParser.Sink() {
            @Override
            public void head(int status, ResponseHeaders headers) {
                seen.append(status).append(headers.value("content-type"));
            }

            @Override
            public void body(ByteBuffer part) {
                while (part.hasRemaining()) {
                    seen.append((char) part.get());
                }
            }
        });
        try {
            boolean done = false;
            int at = 0;
            while (at < bytes.length && !done) {
                ByteBuffer part = ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at));
                done = parser.feed(part);
                at = part.position();
            }
            return seen + (done ? " done at " + at : " open") + parser.keepAlive() + parser.endsWithConnection();
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
            return seen + " " + e.getMessage();
        }
    }
}
