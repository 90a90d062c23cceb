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
import java.util.ArrayList;
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
        conversation.messages().forEach(message -> write(message, messages));
        return true;
    }

    /** What tools found are messages of their own, and their calls stand beside what a message says. */
    private static void write(Message message, ArrayNode messages) {
        List<ContentPart> said = new ArrayList<>();
        List<ContentPart.Other> others = new ArrayList<>();
        ArrayNode calls = messages.arrayNode();
        for (ContentPart part : message.parts()) {
            if (part instanceof ContentPart.ToolResult result) {
                messages.addObject()
                        .put("role", message.role())
                        .put("tool_call_id", result.id())
                        .put("content", result.text());
            } else if (part instanceof ContentPart.ToolCall call) {
                calls.addObject()
                        .put("id", call.id())
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .put("arguments", call.arguments());
            } else if (part instanceof ContentPart.Other other) {
                others.add(other);
            } else {
                said.add(part);
            }
        }
        if (said.isEmpty() && calls.isEmpty() && others.isEmpty()) {
            return;
        }
        ObjectNode node = messages.addObject().put("role", message.role());
        write(said, node);
        if (!calls.isEmpty()) {
            node.set("tool_calls", calls);
        }
        others.forEach(other -> node.set(other.name(), BodyWriter.parse("field " + other.name(), other.json())));
    }

    private static void write(List<ContentPart> said, ObjectNode node) {
        if (said.isEmpty()) {
            node.putNull("content");
            return;
        }
        if (said.size() == 1 && said.get(0) instanceof ContentPart.Text text) {
            node.put("content", text.text());
            return;
        }
        ArrayNode content = node.putArray("content");
        for (ContentPart part : said) {
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
