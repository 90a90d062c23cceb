package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.protocol.EventScanner;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.workload.InferenceRequest;
import java.util.List;

/** The completions API of OpenAI and its kin: a prompt that is gone on with. */
final class Completions implements WireProtocol {
    static final Completions INSTANCE = new Completions();

    private Completions() {}

    @Override
    public String path() {
        return "/completions";
    }

    @Override
    public List<String> lengthFields() {
        return List.of("max_tokens");
    }

    @Override
    public void write(InferenceRequest request, ObjectNode body) {
        throw new IllegalArgumentException("completions has no field for messages: a prompt is no conversation");
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.put("prompt", text);
    }

    @Override
    public FrameScanner scanner() {
        return new EventScanner();
    }

    @Override
    public String ending() {
        return "a finish reason or [DONE]";
    }
}
