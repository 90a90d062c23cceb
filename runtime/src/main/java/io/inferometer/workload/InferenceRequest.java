package io.inferometer.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What is asked of the endpoint, apart from the model and the key. Immutable: each method that takes a value returns a
 * new request.
 *
 * <p>What is not set is not sent, so that the endpoint's own default holds.
 *
 * @param messages the chat so far, at least one message
 * @param streaming whether the answer is streamed; without it there is no ttft, tpot or itl
 * @param maxOutputTokens the longest answer allowed, in tokens, at least 1
 * @param lengthField the field of the body that carries {@code maxOutputTokens}
 * @param ignoreEos whether the endpoint is asked to go on to {@code maxOutputTokens} whatever the model says; an
 *     extension that vLLM and its family know
 * @param promptTokens how many tokens the prompt has by the client's own tokenizer, where that is known
 * @param fields other fields of the body by name: numbers, booleans, strings, lists of strings and {@link Json}
 * @param headers other headers of the request by name
 */
public record InferenceRequest(
        List<Message> messages,
        boolean streaming,
        OptionalInt maxOutputTokens,
        LengthField lengthField,
        boolean ignoreEos,
        OptionalInt promptTokens,
        Map<String, Object> fields,
        Map<String, String> headers) {

    /** The field of the body that carries the longest answer allowed. */
    public enum LengthField {
        /** {@code max_completion_tokens}, the chat API's name of today. */
        MAX_COMPLETION_TOKENS,
        /** {@code max_tokens}, the older name, the only one that some servers know. */
        MAX_TOKENS
    }

    /** JSON text that is put into the body as it is. */
    public record Json(String text) {}

    public InferenceRequest {
        messages = List.copyOf(messages);
        Objects.requireNonNull(lengthField, "lengthField");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request needs at least one message");
        }
        if (maxOutputTokens.isPresent() && maxOutputTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxOutputTokens must be at least 1, not " + maxOutputTokens.getAsInt());
        }
    }

    /** A streamed chat that consists of one user message. */
    public static InferenceRequest chat(String text) {
        return chat(List.of(Message.of("user", text)));
    }

    /** A streamed chat. */
    public static InferenceRequest chat(List<Message> messages) {
        return new InferenceRequest(
                messages,
                true,
                OptionalInt.empty(),
                LengthField.MAX_COMPLETION_TOKENS,
                false,
                OptionalInt.empty(),
                Map.of(),
                Map.of());
    }

    /** Puts a system message before all others. */
    public InferenceRequest system(String text) {
        List<Message> all = new ArrayList<>();
        all.add(Message.of("system", text));
        all.addAll(messages);
        return with(all, streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens);
    }

    /** Adds a message after all others. */
    public InferenceRequest message(Message message) {
        List<Message> all = new ArrayList<>(messages);
        all.add(message);
        return with(all, streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens);
    }

    /** Whether the answer is streamed. */
    public InferenceRequest streaming(boolean streamed) {
        return with(messages, streamed, maxOutputTokens, lengthField, ignoreEos, promptTokens);
    }

    /** The longest answer allowed, in tokens. */
    public InferenceRequest maxOutputTokens(int tokens) {
        return with(messages, streaming, OptionalInt.of(tokens), lengthField, ignoreEos, promptTokens);
    }

    /** The field that carries the longest answer allowed. */
    public InferenceRequest lengthField(LengthField field) {
        return with(messages, streaming, maxOutputTokens, field, ignoreEos, promptTokens);
    }

    /** Whether the endpoint is asked to go on to the longest answer allowed. */
    public InferenceRequest ignoreEos(boolean ignore) {
        return with(messages, streaming, maxOutputTokens, lengthField, ignore, promptTokens);
    }

    /** How many tokens the prompt has by the client's own tokenizer. */
    public InferenceRequest promptTokens(int tokens) {
        return with(messages, streaming, maxOutputTokens, lengthField, ignoreEos, OptionalInt.of(tokens));
    }

    /** The sampling temperature. */
    public InferenceRequest temperature(double temperature) {
        return put("temperature", temperature);
    }

    /** The share of the probability mass that is sampled from. */
    public InferenceRequest topP(double share) {
        return put("top_p", share);
    }

    /** The seed of the endpoint's sampling. */
    public InferenceRequest seed(long seed) {
        return put("seed", seed);
    }

    /** Texts that end the answer. */
    public InferenceRequest stop(String... texts) {
        return put("stop", List.copyOf(Arrays.asList(texts)));
    }

    /** The tools that the model may call, as a JSON array. */
    public InferenceRequest tools(String json) {
        return field("tools", json);
    }

    /** Any other field of the body, as JSON. */
    public InferenceRequest field(String name, String json) {
        return put(name, new Json(json));
    }

    /** A header of the request. */
    public InferenceRequest header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new InferenceRequest(
                messages, streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens, fields, all);
    }

    private InferenceRequest put(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put(name, value);
        return new InferenceRequest(
                messages, streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens, all, headers);
    }

    private InferenceRequest with(
            List<Message> newMessages,
            boolean newStreaming,
            OptionalInt newMaxOutputTokens,
            LengthField newLengthField,
            boolean newIgnoreEos,
            OptionalInt newPromptTokens) {
        return new InferenceRequest(
                newMessages,
                newStreaming,
                newMaxOutputTokens,
                newLengthField,
                newIgnoreEos,
                newPromptTokens,
                fields,
                headers);
    }
}
