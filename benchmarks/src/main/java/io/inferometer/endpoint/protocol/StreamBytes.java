package io.inferometer.endpoint.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Events of a stream as endpoints send them, 259 bytes each on average, that differ in their tokens. */
final class StreamBytes {
    /** The mean length of an event, with what ends it. */
    static final int EVENT_BYTES = 259;

    /** Six bytes on average. */
    private static final List<String> TOKENS =
            List.of(" the", " token", " a", " measured", " quietly", " stream", " of", " interference", "s.", " waves");

    private static final String BEFORE = "\",\"object\":\"chat.completion.chunk\",\"created\":1762286228,"
            + "\"model\":\"openai/gpt-oss-120b\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
    private static final String AFTER = "\"},\"logprobs\":null,\"finish_reason\":null,\"token_ids\":null}]}\n\n";

    private StreamBytes() {}

    /** The token of an event. */
    static String token(int index) {
        return TOKENS.get(index % TOKENS.size());
    }

    /** How many events there are until their tokens repeat. */
    static int tokens() {
        return TOKENS.size();
    }

    /** An event of the stream with this id. */
    static String event(String id, int index) {
        return "data: {\"id\":\"" + id + BEFORE + token(index) + AFTER;
    }

    /** An id of the length that makes events as long as they should be. */
    static String id(char letter) {
        int rest = event("", 0).length() - token(0).length() + 6;
        return "chatcmpl-" + String.valueOf(letter).repeat(EVENT_BYTES - rest - 9);
    }

    /**
     * Reads of a stream.
     *
     * @param alike whether all events have one id; otherwise each has another id than the one before, so that its layout
     *     is never that of the one before
     */
    static List<ByteBuffer> reads(int eventsPerRead, int reads, boolean alike) {
        List<ByteBuffer> all = new ArrayList<>();
        for (int read = 0; read < reads; read++) {
            StringBuilder bytes = new StringBuilder();
            for (int i = read * eventsPerRead; i < (read + 1) * eventsPerRead; i++) {
                bytes.append(event(id(alike || i % 2 == 0 ? 'a' : 'b'), i));
            }
            all.add(ByteBuffer.wrap(bytes.toString().getBytes(StandardCharsets.US_ASCII)));
        }
        return all;
    }
}
