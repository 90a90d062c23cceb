package io.inferometer.endpoint.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.Usage;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the bodies of a target's requests, and notes what it had to leave out of them. May be used by any thread. */
public final class BodyWriter {
    /**
     * A body, and what it asks: whoever put it there, the request, the protocol or the command line.
     *
     * @param bytes not to be changed
     * @param streamed whether it asks for a stream
     * @param longest the longest answer that it asks for; {@link Usage#ABSENT} where none
     * @param ignoreEos whether it asks the endpoint to go on to that length
     * @param items how many texts it has embedded, or documents put in order; 0 where it asks for text
     */
    public record Body(byte[] bytes, boolean streamed, int longest, boolean ignoreEos, int items) {}

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String MODEL = "model";
    private static final String STREAM = "stream";
    private static final String IGNORE_EOS = "ignore_eos";
    /** The least tokens of an answer, which some engines know. */
    private static final String LEAST = "min_tokens";
    /** How many answers are asked for. */
    private static final String CHOICES = "n";

    private final WireProtocol protocol;
    private final String model;
    private final boolean modelGiven;
    private final String lengthField;
    private final ObjectNode extra;
    private final Set<String> notes = Collections.synchronizedSet(new LinkedHashSet<>());

    /**
     * @param model the model that is asked for; left out where empty
     * @param modelGiven whether it is put over that of bodies that are otherwise sent as they are
     * @param lengthField the field that carries the longest answer; empty for the requests' own choice
     * @param extraBody JSON of an object that is put over all bodies, and takes out of them what is null; empty for none
     * @throws IllegalArgumentException if the extra body is no JSON object
     */
    public BodyWriter(WireProtocol protocol, String model, boolean modelGiven, String lengthField, String extraBody) {
        this.protocol = protocol;
        this.model = model;
        this.modelGiven = modelGiven;
        this.lengthField = lengthField;
        this.extra = extraBody.isEmpty() ? JSON.createObjectNode() : object("the extra body", extraBody);
    }

    /**
     * The body of a request.
     *
     * @param streaming replaces the request's own choice
     * @throws IllegalArgumentException if the protocol can't say what is asked, if a field that should be JSON is none, or
     *     if several choices are asked for in one stream
     */
    public Body body(InferenceRequest request, Optional<Boolean> streaming) {
        ObjectNode body = JSON.createObjectNode();
        if (!model.isEmpty()) {
            body.put(MODEL, model);
        }
        write(request.input(), body);
        if (streaming.orElse(request.streaming())) {
            protocol.stream(body);
        } else if (streaming.isPresent()) {
            body.remove(STREAM);
        }
        limit(request, body);
        if (request.ignoreEos()) {
            put(body, IGNORE_EOS, BooleanNode.TRUE);
        }
        request.fields().forEach((name, value) -> put(body, name, field(name, value)));
        body.setAll(extra);
        extra.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                body.remove(field.getKey());
            }
        });
        boolean streamed = body.path(STREAM).asBoolean();
        if (streamed && body.path(CHOICES).asInt(1) > 1) {
            throw new IllegalArgumentException("n is " + body.path(CHOICES).asInt()
                    + ": the tokens of several choices in one stream can't be told apart; ask for one, or give"
                    + " --no-streaming");
        }
        int longest = limits().filter(name -> body.path(name).isInt())
                .findFirst()
                .map(name -> body.path(name).intValue())
                .orElse(Usage.ABSENT);
        return new Body(bytes(body), streamed, longest, body.path(IGNORE_EOS).asBoolean(), protocol.items(body));
    }

    private void write(Input input, ObjectNode body) {
        if (input instanceof Input.Raw raw) {
            write(raw, body);
        } else if (!protocol.write(input, body)) {
            throw Refusal.of(protocol, input);
        }
    }

    private void write(Input.Raw raw, ObjectNode body) {
        ObjectNode own = object("the raw body", raw.json());
        if (raw.asIs()) {
            body.removeAll();
            own.properties().stream()
                    .filter(field -> extra.has(field.getKey()))
                    .forEach(field -> notes.add("the " + field.getKey()
                            + " of bodies that are sent as they are is replaced, or left out, as was asked"));
        }
        body.setAll(own);
        String before = own.path(MODEL).asText();
        boolean over = !model.isEmpty() && (modelGiven || !raw.asIs());
        if (over) {
            body.put(MODEL, model);
        }
        if (over && raw.asIs() && !before.equals(model)) {
            notes.add("the model of bodies that are sent as they are, " + (before.isEmpty() ? "none" : before)
                    + ", is replaced by " + model);
        }
    }

    private void limit(InferenceRequest request, ObjectNode body) {
        String field = lengthField.isEmpty() ? protocol.lengthField(request) : lengthField;
        if (request.maxOutputTokens().isPresent()) {
            if (field.isEmpty()) {
                notes.add(protocol.word() + " has no limit of an answer's length: maxOutputTokens is left out");
            } else {
                body.put(field, request.maxOutputTokens().getAsInt());
            }
        } else if (protocol.longest().isPresent() && !(request.input() instanceof Input.Raw) && !extra.has(field)) {
            int tokens = protocol.longest().getAsInt();
            body.put(field, tokens);
            notes.add(String.format(
                    "%s needs %s, and the request has no limit: %,d is sent", protocol.word(), field, tokens));
        }
    }

    private void put(ObjectNode body, String name, JsonNode value) {
        if (!protocol.put(body, name, value) && !extra.has(name)) {
            notes.add(protocol.word() + " has no " + name + ": it is left out, unless --extra-body puts it in");
        }
    }

    /** What was left out of bodies, or put into them, by the protocol's needs so far: a line each. */
    public List<String> notes() {
        synchronized (notes) {
            return List.copyOf(notes);
        }
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

    private static ObjectNode object(String what, String json) {
        if (parse(what, json) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException(what + " must be a JSON object, not " + json);
    }

    private static JsonNode field(String name, Object value) {
        return value instanceof InferenceRequest.Json json
                ? parse("field " + name, json.text())
                : JSON.valueToTree(value);
    }

    /** A value from JSON. */
    static JsonNode parse(String what, String json) {
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
