package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.ItemsScanner;
import io.inferometer.workload.InferenceRequest;
import java.util.List;

/** The API of embeddings: a batch of texts, answered in one piece. */
final class Embeddings implements WireProtocol {
    static final Embeddings INSTANCE = new Embeddings();

    private Embeddings() {}

    @Override
    public String path() {
        return "/embeddings";
    }

    @Override
    public List<String> lengthFields() {
        return List.of();
    }

    @Override
    public void write(InferenceRequest request, ObjectNode body) {
        throw new IllegalArgumentException("embeddings has no field for messages: it takes a batch of texts");
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.putArray("input").add(text);
    }

    @Override
    public FrameScanner scanner() {
        return ItemsScanner.ofEmbeddings();
    }

    @Override
    public String ending() {
        return "an answer in one piece, as nothing of it is streamed";
    }
}
