package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A protocol whose answers are no tokens, and come in one piece: it has no stream, no limit and no fields of generation. */
sealed interface OnePiece extends WireProtocol permits Embeddings, Rerank {
    @Override
    default boolean generates() {
        return false;
    }

    @Override
    default List<String> lengthFields() {
        return List.of();
    }

    @Override
    default void stream(ObjectNode body) {
        throw Refusal.ofStream(this);
    }

    @Override
    default boolean put(ObjectNode body, String name, JsonNode value) {
        if (ChatFields.ofGeneration(name) || ChatFields.oneAnswer(name, value)) {
            return false;
        }
        if (ChatFields.ofForm(name)) {
            throw Refusal.ofField(this, name);
        }
        body.set(name, value);
        return true;
    }

    @Override
    default String ending() {
        return "an answer in one piece, as nothing of it is streamed";
    }
}
