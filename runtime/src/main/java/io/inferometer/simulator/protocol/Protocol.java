package io.inferometer.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A way to ask for inference, and to be answered. */
public enum Protocol {
    CHAT(List.of("/v1/chat/completions"), "chatcmpl-", "messages", 128, AskReader::chat),
    COMPLETIONS(List.of("/v1/completions"), "cmpl-", "prompt", 16, AskReader::completions),
    RESPONSES(List.of("/v1/responses"), "resp_", "input", 128, AskReader::responses),
    MESSAGES(List.of("/v1/messages"), "msg_", "messages", 128, AskReader::messages),
    EMBEDDINGS(List.of("/v1/embeddings"), "embd-", "input", 0, AskReader::embeddings),
    RERANK(List.of("/v1/rerank", "/v2/rerank", "/rerank"), "rerank-", "documents", 0, AskReader::rerank);

    private final List<String> paths;
    private final String idPrefix;
    private final String prompt;
    private final int defaultTokens;
    private final Reader reader;

    Protocol(List<String> paths, String idPrefix, String prompt, int defaultTokens, Reader reader) {
        this.paths = paths;
        this.idPrefix = idPrefix;
        this.prompt = prompt;
        this.defaultTokens = defaultTokens;
        this.reader = reader;
    }

    /** Reads what a body asks for. */
    interface Reader {
        Ask read(JsonNode body, String model) throws ApiException;
    }

    /** The protocol that is spoken at a path. */
    public static Optional<Protocol> at(String path) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.paths.contains(path))
                .findFirst();
    }

    /** The paths of all of them, with commas between. */
    public static String allPaths() {
        return Arrays.stream(values())
                .flatMap(protocol -> protocol.paths.stream())
                .collect(Collectors.joining(", "));
    }

    /**
     * Reads a request's body.
     *
     * @param model the model that is meant where the body names none; empty if it has to
     * @throws ApiException status 400 if it is not JSON or not a request that can be answered
     */
    public Ask read(byte[] bytes, int offset, int length, String model) throws ApiException {
        return reader.read(JsonBody.object(bytes, offset, length), model);
    }

    /** What the id of an answer begins with. */
    String idPrefix() {
        return idPrefix;
    }

    /** The member of a request that holds its prompt. */
    String prompt() {
        return prompt;
    }

    /** How many tokens an answer has when neither the request nor the profile says. */
    int defaultTokens() {
        return defaultTokens;
    }

    /** Whether it is asked in turns of a conversation, to which a chat template adds its own tokens. */
    boolean isConversation() {
        return this == CHAT || this == RESPONSES || this == MESSAGES;
    }

    /** Whether it is answered with tokens; else with numbers, when the prompts have been read. */
    public boolean generates() {
        return this != EMBEDDINGS && this != RERANK;
    }
}
