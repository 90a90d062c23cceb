package io.inferometer.endpoint.protocol;

import io.inferometer.annotations.Protocol;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of a stream as endpoints send them, 259 bytes each on average, that differ in their tokens. Those of messages are as
 * short as they are: nothing in them could be longer.
 */
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
    private static String event(Protocol protocol, String id, int index) {
        String token = token(index);
        return switch (protocol) {
            case CHAT -> "data: {\"id\":\"" + id + BEFORE + token + AFTER;
            case COMPLETIONS ->
                "data: {\"id\":\"" + id + "\",\"object\":\"text_completion\",\"created\":1762286228,"
                        + "\"model\":\"openai/gpt-oss-120b\",\"choices\":[{\"index\":0,\"text\":\"" + token
                        + "\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null}],\"usage\":null}\n\n";
            case RESPONSES ->
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":"
                        + (100 + index) + ",\"item_id\":\"" + id
                        + "\",\"output_index\":0,\"content_index\":0,\"delta\":\""
                        + token + "\",\"logprobs\":[],\"obfuscation\":\"" + "x".repeat(16 - token.length()) + "\"}\n\n";
            case MESSAGES ->
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":" + id.length() % 2
                        + ",\"delta\":{\"type\":\"text_delta\",\"text\":\"" + token + "\"}}\n\n";
            case EMBEDDINGS, RERANK -> throw new IllegalArgumentException("not streamed: " + protocol);
        };
    }

    /** An id of chat of the length that makes events as long as they should be. */
    static String id(char letter) {
        return id(Protocol.CHAT, letter);
    }

    private static String id(Protocol protocol, char letter) {
        if (protocol == Protocol.MESSAGES) {
            return letter == 'a' ? "" : "b";
        }
        int padded = protocol == Protocol.RESPONSES ? 0 : 6 - token(0).length();
        return String.valueOf(letter)
                .repeat(EVENT_BYTES - event(protocol, "", 0).length() - padded);
    }

    /**
     * Reads of a stream.
     *
     * @param protocol what its events are of
     * @param alike whether all events have one id; otherwise each has another id than the one before, so that its layout
     *     is never that of the one before
     */
    static List<ByteBuffer> reads(Protocol protocol, int eventsPerRead, int reads, boolean alike) {
        List<ByteBuffer> all = new ArrayList<>();
        for (int read = 0; read < reads; read++) {
            StringBuilder bytes = new StringBuilder();
            for (int i = read * eventsPerRead; i < (read + 1) * eventsPerRead; i++) {
                bytes.append(event(protocol, id(protocol, alike || i % 2 == 0 ? 'a' : 'b'), i));
            }
            all.add(ByteBuffer.wrap(bytes.toString().getBytes(StandardCharsets.US_ASCII)));
        }
        return all;
    }
}
