package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.EventScanner;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.workload.Input;
import java.util.List;

/** The completions API of OpenAI and its kin: a prompt that is gone on with. */
final class Completions implements WireProtocol {
    static final Completions INSTANCE = new Completions();

    private Completions() {}

    @Override
    public Protocol protocol() {
        return Protocol.COMPLETIONS;
    }

    @Override
    public String path() {
        return "/completions";
    }

    @Override
    public List<String> lengthFields() {
        return List.of("max_tokens");
    }

    @Override
    public boolean write(Input input, ObjectNode body) {
        if (input instanceof Input.Prompt prompt) {
            body.put("prompt", prompt.text());
        } else if (input instanceof Input.TokenIds tokens) {
            tokens.ids().forEach(body.putArray("prompt")::add);
        } else {
            return false;
        }
        return true;
    }

    @Override
    public void stream(ObjectNode body) {
        ChatCompletions.streamWithUsage(body);
    }

    @Override
    public boolean put(ObjectNode body, String name, JsonNode value) {
        if (ChatFields.ofConversations(name)) {
            throw Refusal.ofField(this, name);
        }
        body.set(name, value);
        return true;
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
