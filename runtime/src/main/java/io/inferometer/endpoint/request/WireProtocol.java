package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Input;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** What one protocol writes into a request, and what reads its answers. Without a state. */
public sealed interface WireProtocol permits ChatCompletions, Completions, Responses, Messages, OnePiece {
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

    /** Which one it is. */
    Protocol protocol();

    /** Its name, as it is given on the command line. */
    default String word() {
        return protocol().name().toLowerCase(Locale.ROOT);
    }

    /** Where it is asked, below {@code /v1}: {@code /chat/completions}. */
    String path();

    /** The headers that it needs, beside that of the key. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** Whether its answers are tokens, which come one after the other; if not, they come in one piece. */
    default boolean generates() {
        return true;
    }

    /** How many texts a body has embedded, or documents put in order; 0 where it asks for text. */
    default int items(ObjectNode body) {
        return 0;
    }

    /** The fields that may carry the longest answer, the usual one first; none where there is no such thing. */
    List<String> lengthFields();

    /** The field that carries the longest answer of a request; empty where there is no such thing. */
    default String lengthField(InferenceRequest request) {
        return lengthFields().stream().findFirst().orElse("");
    }

    /** The longest answer that is asked for where a request has no limit; empty where the endpoint's own holds then. */
    default OptionalInt longest() {
        return OptionalInt.empty();
    }

    /**
     * Writes what the model is given into a body.
     *
     * @return false if it has no place for this kind of input, and the body is as it was
     * @throws IllegalArgumentException if it has none for a part of it; the message names that
     */
    boolean write(Input input, ObjectNode body);

    /**
     * Asks for a stream.
     *
     * @throws IllegalArgumentException if it has none
     */
    default void stream(ObjectNode body) {
        body.put("stream", true);
    }

    /**
     * Puts a field of a request, by its name in chat completions, into a body in the protocol's own words.
     *
     * @return false if it has no place for it, and the body is as it was
     * @throws IllegalArgumentException if it has none, and something else would be asked without it
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
