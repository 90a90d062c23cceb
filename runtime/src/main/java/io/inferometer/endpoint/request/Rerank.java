package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.ItemsScanner;
import io.inferometer.workload.Input;
import java.util.List;

/** Documents that are put in order, in the words that vLLM, Cohere and Jina share; answered in one piece. */
final class Rerank implements WireProtocol {
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
    public boolean generates() {
        return false;
    }

    @Override
    public int items(ObjectNode body) {
        return body.path("documents").size();
    }

    @Override
    public List<String> lengthFields() {
        return List.of();
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
    public void stream(ObjectNode body) {
        throw Refusal.ofStream(this);
    }

    @Override
    public boolean put(ObjectNode body, String name, JsonNode value) {
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
