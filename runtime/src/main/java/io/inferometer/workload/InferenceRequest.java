package io.inferometer.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What is asked of the endpoint, apart from the model, the key and the protocol. Immutable: each method that takes a value
 * returns a new request.
 *
 * <p>What is not set is not sent, so that the endpoint's own default holds. Fields go by their names in chat completions and
 * are put into the words of the protocol that is spoken: {@code stop} becomes {@code stop_sequences} in messages. A wish that
 * a protocol has no field for, such as {@code seed} in messages, is left out, and a note says so; what it can't do without
 * asking something else, such as a conversation in completions, is refused before anything is sent.
 *
 * @param input what the model is given
 * @param streaming whether the answer is streamed; without it there is no ttft, tpot or itl
 * @param maxOutputTokens the longest answer allowed, in tokens, at least 1
 * @param lengthField the field of chat completions that carries {@code maxOutputTokens}; other protocols have one alone
 * @param ignoreEos whether the endpoint is asked to go on to {@code maxOutputTokens} whatever the model says; an
 *     extension that vLLM and its family know
 * @param promptTokens how many tokens the prompt has by the client's own tokenizer, where that is known
 * @param fields other fields of the body by name: numbers, booleans, strings, lists of strings and {@link Json}
 * @param headers other headers of the request by name
 * @param at when a replay sends it, counted from a beginning that all requests share, not negative
 * @param sharedTokens how many leading tokens of its prompt are those of an earlier request, by the data that it is of: what
 *     a prefix cache that forgets nothing would find
 */
public record InferenceRequest(
        Input input,
        boolean streaming,
        OptionalInt maxOutputTokens,
        LengthField lengthField,
        boolean ignoreEos,
        OptionalInt promptTokens,
        Map<String, Object> fields,
        Map<String, String> headers,
        Optional<Duration> at,
        OptionalInt sharedTokens) {

    /** The field of the body that carries the longest answer allowed. */
    public enum LengthField {
        /** {@code max_completion_tokens}, the chat API's name of today. */
        MAX_COMPLETION_TOKENS,
        /** {@code max_tokens}, the older name, the only one that some servers know. */
        MAX_TOKENS
    }

    /**
     * JSON text that is put into the body as it is.
     *
     * @param text one JSON value
     */
    public record Json(String text) {}

    /**
     * Copies what it is given, and checks it.
     *
     * @param input as of the record
     * @param streaming as of the record
     * @param maxOutputTokens as of the record
     * @param lengthField as of the record
     * @param ignoreEos as of the record
     * @param promptTokens as of the record
     * @param fields copied
     * @param headers copied
     * @param at as of the record
     * @param sharedTokens as of the record
     */
    public InferenceRequest {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(lengthField, "lengthField");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (maxOutputTokens.isPresent() && maxOutputTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxOutputTokens must be at least 1, not " + maxOutputTokens.getAsInt());
        }
        if (at.isPresent() && at.get().isNegative()) {
            throw new IllegalArgumentException("a request can't be at " + at.get() + "; times count from 0");
        }
    }

    /**
     * {@return a streamed chat that consists of one user message}
     *
     * @param text what the user says
     */
    public static InferenceRequest chat(String text) {
        return chat(List.of(Message.of("user", text)));
    }

    /**
     * {@return a streamed chat}
     *
     * @param messages in their order
     */
    public static InferenceRequest chat(List<Message> messages) {
        return of(new Input.Conversation(messages), true);
    }

    /**
     * {@return a streamed completion of a text}
     *
     * @param text what is completed
     */
    public static InferenceRequest completion(String text) {
        return of(new Input.Prompt(text), true);
    }

    /**
     * {@return a streamed completion of a prompt in token ids, whose number is that of its prompt tokens}
     *
     * @param tokenIds by the model's own vocabulary
     */
    public static InferenceRequest completion(int... tokenIds) {
        return of(new Input.TokenIds(IntStream.of(tokenIds).boxed().toList()), true)
                .promptTokens(tokenIds.length);
    }

    /**
     * {@return the embeddings of a batch of texts, in one piece}
     *
     * @param texts one embedding for each
     */
    public static InferenceRequest embedding(List<String> texts) {
        return of(new Input.Texts(texts), false);
    }

    /**
     * {@return the embedding of one text, in one piece}
     *
     * @param text the only one of its batch
     */
    public static InferenceRequest embedding(String text) {
        return embedding(List.of(text));
    }

    /**
     * {@return the order of documents by how well they answer a query, in one piece}
     *
     * @param query what is asked
     * @param documents those to be ordered
     */
    public static InferenceRequest rerank(String query, List<String> documents) {
        return of(new Input.Ranking(query, documents), false);
    }

    /**
     * {@return a body of one's own} What is set beside it is put over it, the run's model among that; it is streamed if
     * it says so itself, or is told to.
     *
     * @param json a JSON object
     */
    public static InferenceRequest raw(String json) {
        return of(new Input.Raw(json), false);
    }

    /**
     * {@return a body that goes out as it is: nothing of it is replaced, and nothing is added, but what the command
     * line asks for, a model among that}
     *
     * @param json a JSON object
     */
    public static InferenceRequest asIs(String json) {
        return of(new Input.Raw(json, true), false);
    }

    private static InferenceRequest of(Input input, boolean streaming) {
        return new InferenceRequest(
                input,
                streaming,
                OptionalInt.empty(),
                LengthField.MAX_COMPLETION_TOKENS,
                false,
                OptionalInt.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                OptionalInt.empty());
    }

    /**
     * Puts a system message before all others of a conversation.
     *
     * @param text what the system says
     * @return the request with it
     */
    public InferenceRequest system(String text) {
        List<Message> all = new ArrayList<>();
        all.add(Message.of("system", text));
        all.addAll(messages());
        return with(new Input.Conversation(all), streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens);
    }

    /**
     * Adds a message after all others of a conversation.
     *
     * @param message any role's
     * @return the request with it
     */
    public InferenceRequest message(Message message) {
        List<Message> all = new ArrayList<>(messages());
        all.add(message);
        return with(new Input.Conversation(all), streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens);
    }

    /** {@return its messages; empty where it holds no conversation} */
    public Optional<List<Message>> conversation() {
        return input instanceof Input.Conversation conversation
                ? Optional.of(conversation.messages())
                : Optional.empty();
    }

    private List<Message> messages() {
        if (input instanceof Input.Conversation conversation) {
            return conversation.messages();
        }
        throw new IllegalStateException("only a conversation has messages, and this is none: ask it with chat(...)");
    }

    /**
     * Gives the model something else, with all else as it is.
     *
     * @param other what the model is given
     * @return the request with it
     */
    public InferenceRequest input(Input other) {
        return with(other, streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens);
    }

    /**
     * {@return the same, its answer streamed or in one piece}
     *
     * @param streamed false for one piece
     */
    public InferenceRequest streaming(boolean streamed) {
        return with(input, streamed, maxOutputTokens, lengthField, ignoreEos, promptTokens);
    }

    /**
     * {@return the same with a longest answer allowed}
     *
     * @param tokens at least 1
     */
    public InferenceRequest maxOutputTokens(int tokens) {
        return with(input, streaming, OptionalInt.of(tokens), lengthField, ignoreEos, promptTokens);
    }

    /**
     * {@return the same with another field of chat completions for the longest answer allowed}
     *
     * @param field its name of today, or the older one
     */
    public InferenceRequest lengthField(LengthField field) {
        return with(input, streaming, maxOutputTokens, field, ignoreEos, promptTokens);
    }

    /**
     * {@return the same, with the endpoint asked to go on to the longest answer allowed, or not}
     *
     * @param ignore whether it is asked to
     */
    public InferenceRequest ignoreEos(boolean ignore) {
        return with(input, streaming, maxOutputTokens, lengthField, ignore, promptTokens);
    }

    /**
     * {@return the same with the number of tokens of its prompt}
     *
     * @param tokens by the client's own tokenizer
     */
    public InferenceRequest promptTokens(int tokens) {
        return with(input, streaming, maxOutputTokens, lengthField, ignoreEos, OptionalInt.of(tokens));
    }

    /**
     * {@return the same with the time at which a replay sends it; other loads take their order alone}
     *
     * @param time counted from a beginning that all requests share, not negative
     */
    public InferenceRequest at(Duration time) {
        return recorded(Optional.of(time), sharedTokens);
    }

    /**
     * {@return the same with what its prompt shares with an earlier one}
     *
     * @param tokens how many leading tokens are those of an earlier request
     */
    public InferenceRequest sharedTokens(int tokens) {
        return recorded(at, OptionalInt.of(tokens));
    }

    private InferenceRequest recorded(Optional<Duration> time, OptionalInt shared) {
        return new InferenceRequest(
                input, streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens, fields, headers, time, shared);
    }

    /**
     * {@return the same with a sampling temperature}
     *
     * @param temperature goes out as it is
     */
    public InferenceRequest temperature(double temperature) {
        return put("temperature", temperature);
    }

    /**
     * {@return the same with a share of the probability mass that is sampled from}
     *
     * @param share goes out as it is, as {@code top_p}
     */
    public InferenceRequest topP(double share) {
        return put("top_p", share);
    }

    /**
     * {@return the same with a seed of the endpoint's sampling}
     *
     * @param seed goes out as it is
     */
    public InferenceRequest seed(long seed) {
        return put("seed", seed);
    }

    /**
     * {@return the same with texts that end the answer}
     *
     * @param texts any of them ends it
     */
    public InferenceRequest stop(String... texts) {
        return put("stop", List.copyOf(Arrays.asList(texts)));
    }

    /**
     * {@return the same with tools that the model may call}
     *
     * @param json an array in the words of chat completions
     */
    public InferenceRequest tools(String json) {
        return field("tools", json);
    }

    /**
     * {@return the same with any other field of the body}
     *
     * @param name of the field, as it goes out
     * @param json the value, as JSON
     */
    public InferenceRequest field(String name, String json) {
        return put(name, new Json(json));
    }

    /**
     * {@return the same with a header}
     *
     * @param name as it goes out
     * @param value sent as it is
     */
    public InferenceRequest header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new InferenceRequest(
                input, streaming, maxOutputTokens, lengthField, ignoreEos, promptTokens, fields, all, at, sharedTokens);
    }

    private InferenceRequest put(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put(name, value);
        return new InferenceRequest(
                input,
                streaming,
                maxOutputTokens,
                lengthField,
                ignoreEos,
                promptTokens,
                all,
                headers,
                at,
                sharedTokens);
    }

    private InferenceRequest with(
            Input newInput,
            boolean newStreaming,
            OptionalInt newMaxOutputTokens,
            LengthField newLengthField,
            boolean newIgnoreEos,
            OptionalInt newPromptTokens) {
        return new InferenceRequest(
                newInput,
                newStreaming,
                newMaxOutputTokens,
                newLengthField,
                newIgnoreEos,
                newPromptTokens,
                fields,
                headers,
                at,
                sharedTokens);
    }
}
