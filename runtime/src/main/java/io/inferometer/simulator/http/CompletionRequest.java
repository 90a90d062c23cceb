package io.inferometer.simulator.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the simulated endpoint wants to know of a completion request. Everything else in the body is ignored, stop strings
 * among it: no answer ever contains one.
 *
 * @param form the kind of completion
 * @param model the model asked for
 * @param stream whether the answer is to come as events
 * @param includeUsage whether a stream is to end with an event of token counts
 * @param maxTokens how many tokens the answer may have, 0 where the request does not say
 * @param ignoreEos whether the answer is to be as long as that, whatever the model would say
 * @param texts the texts of the prompt
 * @param promptIds how many tokens the prompt has that were sent as ids
 */
record CompletionRequest(
        Form form,
        String model,
        boolean stream,
        boolean includeUsage,
        int maxTokens,
        boolean ignoreEos,
        List<String> texts,
        int promptIds) {
    /** The longest answer that may be asked for. */
    static final int MAX_OUTPUT_TOKENS = 1_000_000;

    private static final Set<String> TEXTS = Set.of("content", "text");

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(RequestBody.MAX_BYTES)
                    .build())
            .build());

    CompletionRequest {
        texts = List.copyOf(texts);
    }

    /**
     * Reads a request's body.
     *
     * @throws ApiException status 400 if it is not JSON or not a request that can be answered
     */
    static CompletionRequest parse(byte[] bytes, int offset, int length, Form form) throws ApiException {
        JsonNode body = object(bytes, offset, length);
        String model = text(body, "model");
        boolean stream = truth(body, "stream", "stream");
        JsonNode options = body.path("stream_options");
        if (!absent(options) && !options.isObject()) {
            throw ApiException.badRequest("stream_options must be an object", "stream_options");
        }
        boolean includeUsage = truth(options, "include_usage", "stream_options.include_usage");
        int maxTokens = count(body, "max_tokens", MAX_OUTPUT_TOKENS);
        int maxCompletionTokens = count(body, "max_completion_tokens", MAX_OUTPUT_TOKENS);
        boolean ignoreEos = truth(body, "ignore_eos", "ignore_eos");
        count(body, "n", 1);
        if (model == null) {
            throw ApiException.badRequest("model is missing", "model");
        }
        List<String> texts = new ArrayList<>();
        int ids = form == Form.CHAT ? addMessages(body, texts) : addPrompt(body, texts);
        if (ids < 0) {
            throw ApiException.badRequest(
                    form == Form.CHAT
                            ? "messages must be a list of at least one message"
                            : "prompt must be a text, or a list of one text or of token ids",
                    form.prompt());
        }
        int most = maxCompletionTokens > 0 ? maxCompletionTokens : maxTokens;
        return new CompletionRequest(form, model, stream, includeUsage, most, ignoreEos, texts, ids);
    }

    /**
     * Reads the prompt of a body that has nothing but one, in either form.
     *
     * @throws ApiException status 400 if it is not JSON or has no prompt
     */
    static List<String> parseTexts(byte[] bytes, int offset, int length) throws ApiException {
        JsonNode body = object(bytes, offset, length);
        List<String> texts = new ArrayList<>();
        if (addMessages(body, texts) < 0 & addPrompt(body, texts) < 0) {
            throw ApiException.badRequest("prompt or messages is missing", "prompt");
        }
        return texts;
    }

    private static JsonNode object(byte[] bytes, int offset, int length) throws ApiException {
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            JsonNode body = parser.readValueAsTree();
            if (body == null || !body.isObject()) {
                throw ApiException.badRequest("the body must be a JSON object", null);
            }
            if (parser.nextToken() != null) {
                throw ApiException.badRequest("the body must be one JSON object and nothing after it", null);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body is not JSON: " + e.getOriginalMessage(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory are always readable
        }
    }

    /** Takes the texts of all messages; returns 0, or -1 if there are none. */
    private static int addMessages(JsonNode body, List<String> texts) {
        JsonNode messages = body.path("messages");
        boolean any = false;
        for (JsonNode message : messages) {
            any |= message.isObject();
        }
        if (!messages.isArray() || !any) {
            return -1;
        }
        addTexts(messages, texts);
        return 0;
    }

    /** A message's content is a string, or a list of parts that have a text each. */
    private static void addTexts(JsonNode node, List<String> texts) {
        node.properties().forEach(member -> {
            if (member.getValue().isTextual() && TEXTS.contains(member.getKey())) {
                texts.add(member.getValue().textValue());
            }
        });
        node.forEach(child -> addTexts(child, texts));
    }

    /**
     * Takes a text, a list of one text, a list of token ids, or a list of one such list; returns how many ids there are, or
     * -1 if it is none of these.
     */
    private static int addPrompt(JsonNode body, List<String> texts) {
        JsonNode prompt = body.path("prompt");
        if (prompt.size() == 1 && !prompt.path(0).isIntegralNumber()) {
            prompt = prompt.path(0);
        }
        if (prompt.isTextual()) {
            texts.add(prompt.textValue());
            return 0;
        }
        boolean ids = prompt.isArray() && !prompt.isEmpty();
        for (JsonNode id : prompt) {
            ids &= id.isIntegralNumber();
        }
        return ids ? prompt.size() : -1;
    }

    private static boolean absent(JsonNode field) {
        return field.isMissingNode() || field.isNull();
    }

    /** A text, or null where there is none. */
    private static String text(JsonNode body, String name) throws ApiException {
        JsonNode field = body.path(name);
        if (!absent(field) && !field.isTextual()) {
            throw ApiException.badRequest(name + " must be a string", name);
        }
        return field.textValue();
    }

    private static boolean truth(JsonNode body, String name, String path) throws ApiException {
        JsonNode field = body.path(name);
        if (!absent(field) && !field.isBoolean()) {
            throw ApiException.badRequest(path + " must be true or false", path);
        }
        return field.booleanValue();
    }

    /** A whole number, or 0 where there is none. */
    private static int count(JsonNode body, String name, int most) throws ApiException {
        JsonNode field = body.path(name);
        if (absent(field)) {
            return 0;
        }
        if (!field.isIntegralNumber() || !field.canConvertToInt() || field.intValue() < 1 || field.intValue() > most) {
            throw ApiException.badRequest(
                    name + " must be " + (most == 1 ? "1" : "a whole number from 1 to " + most), name);
        }
        return field.intValue();
    }

    /** An estimate of the prompt's length: a quarter of the UTF-8 bytes of its texts, rounded up, at least 1. */
    int estimatedPromptTokens() {
        long bytes = texts.stream().mapToLong(ByteBufUtil::utf8Bytes).sum();
        return (int) Math.max(1, (bytes + 3) / 4 + promptIds);
    }
}
