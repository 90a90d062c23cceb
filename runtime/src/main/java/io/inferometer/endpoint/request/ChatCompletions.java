package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.endpoint.protocol.EventScanner;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.util.List;
import java.util.Locale;

/** The chat completions API of OpenAI and its kin, whose fields requests are named by. */
final class ChatCompletions implements WireProtocol {
    static final ChatCompletions INSTANCE = new ChatCompletions();

    private ChatCompletions() {}

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
    public void write(InferenceRequest request, ObjectNode body) {
        ArrayNode messages = body.putArray("messages");
        request.messages().forEach(message -> write(message, messages.addObject()));
        if (request.streaming()) {
            stream(body);
        }
    }

    /** Asks for a stream, and for the count of its tokens at its end. */
    static void stream(ObjectNode body) {
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
    }

    private static void write(Message message, ObjectNode node) {
        node.put("role", message.role());
        List<ContentPart> parts = message.parts();
        if (parts.size() == 1 && parts.get(0) instanceof ContentPart.Text text) {
            node.put("content", text.text());
            return;
        }
        ArrayNode content = node.putArray("content");
        for (ContentPart part : parts) {
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
