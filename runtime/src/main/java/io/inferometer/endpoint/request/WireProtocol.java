package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.workload.InferenceRequest;
import java.util.List;
import java.util.Map;

/** What one protocol writes into a request, and what reads its answers. Without a state. */
public sealed interface WireProtocol permits ChatCompletions, Completions, Responses, Messages, Embeddings, Rerank {
    /** The one that goes by a name. */
    static WireProtocol of(Protocol protocol) {
        return switch (protocol) {
            case CHAT -> ChatCompletions.INSTANCE;
            case COMPLETIONS -> Completions.INSTANCE;
            case RESPONSES -> Responses.INSTANCE;
            case MESSAGES -> Messages.INSTANCE;
            case EMBEDDINGS -> Embeddings.INSTANCE;
            case RERANK -> Rerank.INSTANCE;
        };
    }

    /** Where it is asked, below {@code /v1}: {@code /chat/completions}. */
    String path();

    /** The headers that it needs, beside that of the key. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** The fields that may carry the longest answer, the usual one first; none where there is no such thing. */
    List<String> lengthFields();

    /** The field that carries the longest answer of a request; empty where there is no such thing. */
    default String lengthField(InferenceRequest request) {
        return lengthFields().stream().findFirst().orElse("");
    }

    /**
     * Writes what a request asks, and whether it is streamed, into a body.
     *
     * @throws IllegalArgumentException if the protocol can't say it; the message names what
     */
    void write(InferenceRequest request, ObjectNode body);

    /**
     * Puts a field of a request, by its name in chat completions, into a body in the protocol's own words.
     *
     * @return false if the protocol has no such field, and the body is as it was
     * @throws IllegalArgumentException if it can't be left out without asking something else; the message names it
     */
    default boolean put(ObjectNode body, String name, JsonNode value) {
        body.set(name, value);
        return true;
    }

    /** Puts one short text in the place of what a body asks. */
    void shorten(ObjectNode body, String text);

    /** A scanner of one response. */
    FrameScanner scanner();

    /** What must have come for a stream to have ended well, as a part of a sentence. */
    String ending();
}
