package io.inferometer.endpoint.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.ResponsesScanner;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.Input;
import io.inferometer.workload.Message;
import java.util.List;

/** The responses API of OpenAI and its kin. Nothing is stored there: each request carries its whole conversation. */
final class Responses implements WireProtocol {
    static final Responses INSTANCE = new Responses();

    private Responses() {}

    @Override
    public Protocol protocol() {
        return Protocol.RESPONSES;
    }

    @Override
    public String path() {
        return "/responses";
    }

    @Override
    public List<String> lengthFields() {
        return List.of("max_output_tokens");
    }

    @Override
    public boolean write(Input input, ObjectNode body) {
        if (!(input instanceof Input.Conversation conversation)) {
            return false;
        }
        Refusal.ofOthers(this, conversation);
        ArrayNode items = body.putArray("input");
        Refusal.ofResultsWithoutId(this, conversation);
        conversation.messages().forEach(message -> write(message, items));
        body.put("store", false);
        return true;
    }

    /** Calls of tools, and what these found, are items of their own behind what a message says. */
    private static void write(Message message, ArrayNode items) {
        List<ContentPart> said = message.parts().stream()
                .filter(part -> !(part instanceof ContentPart.ToolCall || part instanceof ContentPart.ToolResult))
                .toList();
        if (!said.isEmpty()) {
            write(new Message(message.role(), said), items.addObject());
        }
        for (ContentPart part : message.parts()) {
            if (part instanceof ContentPart.ToolCall call) {
                items.addObject()
                        .put("type", "function_call")
                        .put("call_id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments());
            } else if (part instanceof ContentPart.ToolResult result) {
                items.addObject()
                        .put("type", "function_call_output")
                        .put("call_id", result.id())
                        .put("output", result.text());
            }
        }
    }

    private static void write(Message message, ObjectNode item) {
        item.put("role", message.role());
        if (message.text().isPresent()) {
            item.put("content", message.text().get());
            return;
        }
        String type = message.role().equals("assistant") ? "output_text" : "input_text";
        ArrayNode content = item.putArray("content");
        for (ContentPart part : message.parts()) {
            if (part instanceof ContentPart.Text text) {
                content.addObject().put("type", type).put("text", text.text());
            } else if (part instanceof ContentPart.ImageUrl image) {
                content.addObject().put("type", "input_image").put("image_url", image.url());
            }
        }
    }

    @Override
    public boolean put(ObjectNode body, String name, JsonNode value) {
        if (ChatFields.ofSampling(name) || ChatFields.oneAnswer(name, value)) {
            return false;
        }
        switch (name) {
            case "tools" -> {
                ArrayNode tools = body.putArray("tools");
                value.forEach(tool -> tools.add(unwrapped(tool, "function")));
            }
            case "tool_choice" -> body.set("tool_choice", unwrapped(value, "function"));
            case "response_format" -> body.withObject("text").set("format", unwrapped(value, "json_schema"));
            case "reasoning_effort" -> body.withObject("reasoning").set("effort", value);
            case "verbosity" -> body.withObject("text").set("verbosity", value);
            case "n", "functions", "function_call" -> throw Refusal.ofField(this, name);
            default -> body.set(name, value);
        }
        return true;
    }

    /** What stands in an object of that name within one, in its place; anything else as it is. */
    private static JsonNode unwrapped(JsonNode outer, String name) {
        if (!(outer instanceof ObjectNode object) || !object.path(name).isObject()) {
            return outer;
        }
        ObjectNode flat = object.deepCopy();
        flat.setAll((ObjectNode) flat.remove(name));
        return flat;
    }

    @Override
    public void shorten(ObjectNode body, String text) {
        body.put("input", text);
    }

    @Override
    public FrameScanner scanner() {
        return new ResponsesScanner();
    }

    @Override
    public String ending() {
        return "response.completed or another event that ends it";
    }
}
