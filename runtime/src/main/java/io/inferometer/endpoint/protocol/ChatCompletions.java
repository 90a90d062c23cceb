package io.inferometer.endpoint.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes requests as the chat completions API of OpenAI and its kin wants them. */
public final class ChatCompletions {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The least tokens of an answer, which some engines know. */
    private static final String LEAST = "min_tokens";

    /** How many answers are asked for. */
    private static final String CHOICES = "n";

    private static final List<String> LIMITS = List.of("max_completion_tokens", "max_tokens", LEAST);

    private ChatCompletions() {}

    /**
     * The body of a request.
     *
     * @param model the model that is asked for; left out where empty
     * @param lengthField the field that carries the longest answer; empty for the request's own choice
     * @param extra fields that are put over all others; one that is null leaves its field out
     * @throws IllegalArgumentException if a field of the request that should be JSON is none, or if several choices are
     *     asked for in one stream
     */
    public static byte[] body(InferenceRequest request, String model, String lengthField, ObjectNode extra) {
        ObjectNode body = JSON.createObjectNode();
        if (!model.isEmpty()) {
            body.put("model", model);
        }
        ArrayNode messages = body.putArray("messages");
        request.messages().forEach(message -> messages.add(message(message)));
        if (request.streaming()) {
            body.put("stream", true);
            body.putObject("stream_options").put("include_usage", true);
        }
        request.maxOutputTokens()
                .ifPresent(tokens -> body.put(lengthField.isEmpty() ? own(request) : lengthField, tokens));
        if (request.ignoreEos()) {
            body.put("ignore_eos", true);
        }
        request.fields().forEach((name, value) -> body.set(name, field(name, value)));
        body.setAll(extra);
        extra.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                body.remove(field.getKey());
            }
        });
        if (request.streaming() && body.path(CHOICES).asInt(1) > 1) {
            throw new IllegalArgumentException("n is " + body.path(CHOICES).asInt()
                    + ": the tokens of several choices in one stream can't be told apart; ask for one, or give"
                    + " --no-streaming");
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String own(InferenceRequest request) {
        return request.lengthField().name().toLowerCase(Locale.ROOT);
    }

    /** The field of a body that carries the longest answer; empty where none does. */
    public static String limit(byte[] body, String lengthField) {
        try {
            JsonNode node = JSON.readTree(body);
            return Stream.concat(Stream.of(lengthField), LIMITS.stream())
                    .filter(name -> !name.equals(LEAST) && node.path(name).isNumber())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was written here
        }
    }

    /**
     * The same request with one short message and a few tokens of answer.
     *
     * @param lengthField the field that carries the longest answer; empty for any that is there, or else the usual one
     * @param extra a field that is null here is not added
     */
    public static byte[] tiny(byte[] body, String message, int tokens, String lengthField, ObjectNode extra) {
        try {
            ObjectNode tiny = (ObjectNode) JSON.readTree(body);
            tiny.putArray("messages").addObject().put("role", "user").put("content", message);
            boolean limited = false;
            List<String> limits = Stream.concat(Stream.of(lengthField), LIMITS.stream())
                    .filter(name -> !name.isEmpty())
                    .toList();
            for (String limit : limits) {
                if (tiny.hasNonNull(limit)) {
                    tiny.put(limit, Math.min(tokens, tiny.path(limit).asInt(tokens)));
                    limited |= !limit.equals(LEAST);
                }
            }
            if (!limited && !extra.path(limits.get(0)).isNull()) {
                tiny.put(limits.get(0), tokens);
            }
            return JSON.writeValueAsBytes(tiny);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was written here
        }
    }

    /** The fields of a JSON object. */
    public static ObjectNode object(String json) {
        if (json.isEmpty()) {
            return JSON.createObjectNode();
        }
        if (parse("the extra body", json) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("the extra body must be a JSON object, not " + json);
    }

    private static ObjectNode message(Message message) {
        ObjectNode node = JSON.createObjectNode().put("role", message.role());
        List<ContentPart> parts = message.parts();
        if (parts.size() == 1 && parts.get(0) instanceof ContentPart.Text text) {
            return node.put("content", text.text());
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
        return node;
    }

    private static JsonNode field(String name, Object value) {
        return value instanceof InferenceRequest.Json json
                ? parse("field " + name, json.text())
                : JSON.valueToTree(value);
    }

    private static JsonNode parse(String what, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(what + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
