package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.ItemsScanner;
import io.inferometer.workload.InferenceRequest;
import java.util.List;

/** The API of rerank: documents to be put in order, answered in one piece. */
final class Rerank implements WireProtocol {
    static final Rerank INSTANCE = new Rerank();

    private Rerank() {}

    @Override
    public String path() {
        return "/rerank";
    }

    @Override
    public List<String> lengthFields() {
        return List.of();
    }

    @Override
    public void write(InferenceRequest request, ObjectNode body) {
        throw new IllegalArgumentException("rerank has no field for messages: it takes documents to be put in order");
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.putArray("documents").add(text);
    }

    @Override
    public FrameScanner scanner() {
        return ItemsScanner.ofRerank();
    }

    @Override
    public String ending() {
        return "an answer in one piece, as nothing of it is streamed";
    }
}
