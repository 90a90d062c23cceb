package io.inferometer.endpoint.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.workload.InferenceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Writes the bodies of a target's requests. May be used by any thread. */
public final class BodyWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The least tokens of an answer, which some engines know. */
    private static final String LEAST = "min_tokens";

    /** How many answers are asked for. */
    private static final String CHOICES = "n";

    private final WireProtocol protocol;
    private final String model;
    private final String lengthField;
    private final ObjectNode extra;

    /**
     * @param model the model that is asked for; left out where empty
     * @param lengthField the field that carries the longest answer; empty for the requests' own choice
     * @param extraBody JSON of an object that is put over all bodies, and takes out of them what is null; empty for none
     * @throws IllegalArgumentException if the extra body is no JSON object
     */
    public BodyWriter(WireProtocol protocol, String model, String lengthField, String extraBody) {
        this.protocol = protocol;
        this.model = model;
        this.lengthField = lengthField;
        this.extra = object(extraBody);
    }

    /**
     * The body of a request.
     *
     * @throws IllegalArgumentException if the protocol can't say what is asked, if a field that should be JSON is none, or
     *     if several choices are asked for in one stream
     */
    public byte[] body(InferenceRequest request) {
        ObjectNode body = JSON.createObjectNode();
        if (!model.isEmpty()) {
            body.put("model", model);
        }
        protocol.write(request, body);
        String length = lengthField.isEmpty() ? protocol.lengthField(request) : lengthField;
        if (request.maxOutputTokens().isPresent() && !length.isEmpty()) {
            body.put(length, request.maxOutputTokens().getAsInt());
        }
        if (request.ignoreEos()) {
            protocol.put(body, "ignore_eos", BooleanNode.TRUE);
        }
        request.fields().forEach((name, value) -> protocol.put(body, name, field(name, value)));
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
        return bytes(body);
    }

    /** The field of a body that carries the longest answer; empty where none does. */
    public String limit(byte[] body) {
        JsonNode node = written(body);
        return limits().filter(name -> node.path(name).isNumber()).findFirst().orElse("");
    }

    /** The same request with one short text and a few tokens of answer; it names no field that is left out of all. */
    public byte[] tiny(byte[] body, String text, int tokens) {
        ObjectNode tiny = written(body);
        protocol.shorten(tiny, text);
        List<String> limits = limits().toList();
        boolean limited = false;
        for (String limit : limits) {
            limited |= shorten(tiny, limit, tokens);
        }
        shorten(tiny, LEAST, tokens);
        if (!limited && !limits.isEmpty() && !extra.path(limits.get(0)).isNull()) {
            tiny.put(limits.get(0), tokens);
        }
        return bytes(tiny);
    }

    private static boolean shorten(ObjectNode body, String limit, int tokens) {
        boolean there = body.hasNonNull(limit);
        if (there) {
            body.put(limit, Math.min(tokens, body.path(limit).asInt(tokens)));
        }
        return there;
    }

    private Stream<String> limits() {
        return Stream.concat(Stream.of(lengthField).filter(name -> !name.isEmpty()), protocol.lengthFields().stream());
    }

    private static ObjectNode object(String json) {
        if (json.isEmpty()) {
            return JSON.createObjectNode();
        }
        if (parse("the extra body", json) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("the extra body must be a JSON object, not " + json);
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

    private static ObjectNode written(byte[] body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was written here
        }
    }

    private static byte[] bytes(ObjectNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
