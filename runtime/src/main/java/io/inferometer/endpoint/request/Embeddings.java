package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.ItemsScanner;
import io.inferometer.workload.Input;

/** A batch of texts, of which each gets a vector; answered in one piece. */
final class Embeddings implements OnePiece {
    static final Embeddings INSTANCE = new Embeddings();

    private Embeddings() {}

    @Override
    public Protocol protocol() {
        return Protocol.EMBEDDINGS;
    }

    @Override
    public String path() {
        return "/embeddings";
    }

    /** A text, or its token ids, is one; a list of them is as many as it has. */
    @Override
    public int items(ObjectNode body) {
        JsonNode input = body.path("input");
        return input.isArray() && !input.path(0).isNumber() ? input.size() : 1;
    }

    @Override
    public boolean write(Input input, ObjectNode body) {
        if (!(input instanceof Input.Texts texts)) {
            return false;
        }
        texts.texts().forEach(body.putArray("input")::add);
        return true;
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.putArray("input").add(text);
    }

    @Override
    public FrameScanner scanner() {
        return ItemsScanner.ofEmbeddings();
    }
}
