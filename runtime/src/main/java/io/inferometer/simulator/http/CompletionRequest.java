package io.inferometer.simulator.http;

import java.util.List;

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

    CompletionRequest {
        texts = List.copyOf(texts);
    }

    /**
     * Reads a request's body.
     *
     * @throws ApiException status 400 if it is not JSON or not a request that can be answered
     */
    static CompletionRequest parse(byte[] bytes, int offset, int length, Form form) throws ApiException {
        CompletionReader reader = CompletionReader.read(bytes, offset, length);
        return reader.request(form);
    }

    /**
     * Reads the prompt of a body that has nothing but one, in either form.
     *
     * @throws ApiException status 400 if it is not JSON or has no prompt
     */
    static List<String> parseTexts(byte[] bytes, int offset, int length) throws ApiException {
        CompletionReader reader = CompletionReader.read(bytes, offset, length);
        return reader.texts();
    }

    /** An estimate of the prompt's length: a quarter of the UTF-8 bytes of its texts, rounded up, at least 1. */
    int estimatedPromptTokens() {
        long bytes = texts.stream().mapToLong(CompletionRequest::utf8Length).sum();
        return (int) Math.max(1, (bytes + 3) / 4 + promptIds);
    }

    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for two of its four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
