package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.ItemsScanner;
import io.inferometer.workload.Input;

/** Documents that are put in order, in the words that vLLM, Cohere and Jina share; answered in one piece. */
final class Rerank implements OnePiece {
    static final Rerank INSTANCE = new Rerank();

    private Rerank() {}

    @Override
    public Protocol protocol() {
        return Protocol.RERANK;
    }

    @Override
    public String path() {
        return "/rerank";
    }

    @Override
    public int items(ObjectNode body) {
        return body.path("documents").size();
    }

    @Override
    public boolean write(Input input, ObjectNode body) {
        if (!(input instanceof Input.Ranking ranking)) {
            return false;
        }
        body.put("query", ranking.query());
        ranking.documents().forEach(body.putArray("documents")::add);
        return true;
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.putArray("documents").add(text);
    }

    @Override
    public FrameScanner scanner() {
        return ItemsScanner.ofRerank();
    }
}
