package io.inferometer.endpoint.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.protocol.FrameScanner;
import io.inferometer.endpoint.protocol.MessagesScanner;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.Input;
import io.inferometer.workload.Message;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages API of Anthropic, which vLLM and gateways have too. */
final class Messages implements WireProtocol {
    static final Messages INSTANCE = new Messages();

    /** The API takes no request without a limit; this is what most of its examples and gateways give. */
    private static final int LONGEST = 4096;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern DATA = Pattern.compile("data:([^;,]+);base64,(.+)", Pattern.DOTALL);

    /** What no sampling depends on, and the API has no place for. */
    private static final Set<String> NO_PLACE =
            Set.of("top_logprobs", "parallel_tool_calls", "reasoning_effort", "verbosity", "user");

    private Messages() {}

    @Override
    public Protocol protocol() {
        return Protocol.MESSAGES;
    }

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
    public OptionalInt longest() {
        return OptionalInt.of(LONGEST);
    }

    @Override
    public boolean write(Input input, ObjectNode body) {
        if (!(input instanceof Input.Conversation conversation)) {
            return false;
        }
        Refusal.ofOthers(this, conversation);
        Refusal.ofResultsWithoutId(this, conversation);
        ArrayNode system = body.arrayNode();
        ArrayNode messages = body.arrayNode();
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            switch (message.role()) {
                case "system", "developer" -> {
                    if (!messages.isEmpty()) {
                        throw Refusal.ofRole(this, i, message.role());
                    }
                    system.addAll(content(message));
                }
                case "user", "assistant" -> {
                    ObjectNode node = messages.addObject().put("role", message.role());
                    message.text()
                            .ifPresentOrElse(
                                    text -> node.put("content", text), () -> node.set("content", content(message)));
                }
                case "tool" -> found(message, messages);
                default -> throw Refusal.ofRole(this, i, message.role());
            }
        }
        if (!system.isEmpty()) {
            body.set("system", system);
        }
        body.set("messages", messages);
        return true;
    }

    /** What tools found is told by the user, of all calls of one answer together. */
    private static void found(Message message, ArrayNode messages) {
        JsonNode last = messages.path(messages.size() - 1);
        ArrayNode content = last.path("content").path(0).path("type").asText().equals("tool_result")
                ? (ArrayNode) last.path("content")
                : messages.addObject().put("role", "user").putArray("content");
        for (ContentPart part : message.parts()) {
            if (part instanceof ContentPart.ToolResult result) {
                content.addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", result.id())
                        .put("content", result.text());
            }
        }
    }

    /** What a tool is called with is an object here, though a model may have written something else. */
    private static JsonNode input(String arguments) {
        ObjectNode other = JsonNodeFactory.instance.objectNode();
        try {
            JsonNode read = JSON.readTree(arguments);
            return read.isObject() ? read : arguments.isBlank() ? other : other.put("arguments", arguments);
        } catch (JsonProcessingException e) {
            return other.put("arguments", arguments);
        }
    }

    private static ArrayNode content(Message message) {
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        for (ContentPart part : message.parts()) {
            if (part instanceof ContentPart.Text text) {
                content.addObject().put("type", "text").put("text", text.text());
            } else if (part instanceof ContentPart.ToolCall call) {
                content.addObject()
                        .put("type", "tool_use")
                        .put("id", call.id())
                        .put("name", call.name())
                        .set("input", input(call.arguments()));
            } else if (part instanceof ContentPart.ImageUrl image) {
                source(image.url(), content.addObject().put("type", "image").putObject("source"));
            }
        }
        return content;
    }

    private static void source(String url, ObjectNode source) {
        Matcher data = DATA.matcher(url);
        if (data.matches()) {
            source.put("type", "base64").put("media_type", data.group(1)).put("data", data.group(2));
        } else {
            source.put("type", "url").put("url", url);
        }
    }

    @Override
    public boolean put(ObjectNode body, String name, JsonNode value) {
        switch (name) {
            case "stop" -> {
                ArrayNode sequences = body.putArray("stop_sequences");
                if (value.isArray()) {
                    value.forEach(sequences::add);
                } else {
                    sequences.add(value);
                }
            }
            case "tools" -> {
                ArrayNode tools = body.putArray("tools");
                value.forEach(tool -> tools.add(tool.path("function").isObject() ? tool(tool.path("function")) : tool));
            }
            case "tool_choice" -> body.set("tool_choice", choice(value));
            default -> {
                if (ChatFields.ofSampling(name) || NO_PLACE.contains(name) || ChatFields.oneAnswer(name, value)) {
                    return false;
                }
                if (ChatFields.ofForm(name)) {
                    throw Refusal.ofField(this, name);
                }
                body.set(name, value);
            }
        }
        return true;
    }

    private static ObjectNode tool(JsonNode function) {
        ObjectNode tool = JsonNodeFactory.instance.objectNode();
        tool.set("name", function.path("name"));
        if (function.hasNonNull("description")) {
            tool.set("description", function.path("description"));
        }
        if (function.path("parameters").isObject()) {
            tool.set("input_schema", function.path("parameters"));
        } else {
            tool.putObject("input_schema").put("type", "object");
        }
        return tool;
    }

    private static JsonNode choice(JsonNode choice) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (choice.isTextual()) {
            return node.put("type", choice.textValue().equals("required") ? "any" : choice.textValue());
        }
        return choice.path("function").isObject()
                ? node.put("type", "tool").set("name", choice.path("function").path("name"))
                : choice;
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
