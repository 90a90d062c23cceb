package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.EventScanner;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Input;
import io.inferometer.workload.Message;
import java.util.List;
import java.util.Locale;

/** The chat completions API of OpenAI and its kin, by whose names requests have their fields. */
final class ChatCompletions implements WireProtocol {
    static final ChatCompletions INSTANCE = new ChatCompletions();

    private ChatCompletions() {}

    @Override
    public Protocol protocol() {
        return Protocol.CHAT;
    }

    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public List<String> lengthFields() {
        return List.of("max_completion_tokens", "max_tokens");
    }

    @Override
    public String lengthField(InferenceRequest request) {
        return request.lengthField().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean write(Input input, ObjectNode body) {
        if (!(input instanceof Input.Conversation conversation)) {
            return false;
        }
        ArrayNode messages = body.putArray("messages");
        conversation.messages().forEach(message -> write(message, messages.addObject()));
        return true;
    }

    private static void write(Message message, ObjectNode node) {
        node.put("role", message.role());
        if (message.text().isPresent()) {
            node.put("content", message.text().get());
            return;
        }
        ArrayNode content = node.putArray("content");
        for (ContentPart part : message.parts()) {
            if (part instanceof ContentPart.Text text) {
                content.addObject().put("type", "text").put("text", text.text());
            } else if (part instanceof ContentPart.ImageUrl image) {
                content.addObject()
                        .put("type", "image_url")
                        .putObject("image_url")
                        .put("url", image.url());
            }
        }
    }

    @Override
    public void stream(ObjectNode body) {
        streamWithUsage(body);
    }

    /** Asks for a stream, and for the count of its tokens at its end. */
    static void streamWithUsage(ObjectNode body) {
        body.put("stream", true);
        body.withObject("stream_options").put("include_usage", true);
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.putArray("messages").addObject().put("role", "user").put("content", text);
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
