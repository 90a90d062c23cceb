package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.MessagesScanner;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.util.List;
import java.util.Map;

/** The messages API of Anthropic, which vLLM and gateways have too. */
final class Messages implements WireProtocol {
    static final Messages INSTANCE = new Messages();

    /** The longest answer of a request that has no limit of its own, as the API takes none without one. */
    private static final int LONGEST = 4096;

    private Messages() {}

    @Override
    public String path() {
        return "/messages";
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("anthropic-version", "2023-06-01");
    }

    @Override
    public List<String> lengthFields() {
        return List.of("max_tokens");
    }

    @Override
    public void write(InferenceRequest request, ObjectNode body) {
        body.put("max_tokens", LONGEST);
        ArrayNode system = body.arrayNode();
        ArrayNode messages = body.arrayNode();
        for (Message message : request.messages()) {
            if (message.role().equals("system") && messages.isEmpty()) {
                content(message, system);
            } else {
                content(
                        message,
                        messages.addObject().put("role", message.role()).putArray("content"));
            }
        }
        if (!system.isEmpty()) {
            body.set("system", system);
        }
        body.set("messages", messages);
        if (request.streaming()) {
            body.put("stream", true);
        }
    }

    private static void content(Message message, ArrayNode content) {
        for (ContentPart part : message.parts()) {
            if (part instanceof ContentPart.Text text) {
                content.addObject().put("type", "text").put("text", text.text());
            } else if (part instanceof ContentPart.ImageUrl image) {
                content.addObject()
                        .put("type", "image")
                        .putObject("source")
                        .put("type", "url")
                        .put("url", image.url());
            }
        }
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.remove("system");
        body.putArray("messages").addObject().put("role", "user").put("content", text);
    }

    @Override
    public FrameScanner scanner() {
        return new MessagesScanner();
    }

    @Override
    public String ending() {
        return "message_stop or a stop reason";
    }
}
