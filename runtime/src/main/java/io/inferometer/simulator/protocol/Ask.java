package io.inferometer.simulator.protocol;

import io.netty.buffer.ByteBufUtil;
import java.util.List;

/**
 * What the simulated endpoint wants to know of a request. Everything else in a body is ignored, stop strings among it: no
 * answer ever contains one.
 *
 * @param protocol how it was asked
 * @param model the model asked for
 * @param prompt what is to be read
 * @param wish what is to be answered
 */
public record Ask(Protocol protocol, String model, Prompt prompt, Wish wish) {
    /** The longest answer that may be asked for, in tokens. */
    static final int MAX_OUTPUT_TOKENS = 1_000_000;

    /**
     * What is to be read.
     *
     * @param texts its texts
     * @param ids its tokens that were sent as ids
     */
    record Prompt(List<String> texts, List<Integer> ids) {
        Prompt {
            texts = List.copyOf(texts);
            ids = List.copyOf(ids);
        }
    }

    /** What is to be answered. */
    sealed interface Wish {}

    /**
     * A text, token by token.
     *
     * @param stream whether it is to come as events
     * @param includeUsage whether a stream is to end with token counts, where that has to be asked for
     * @param maxTokens how many tokens it may have, 0 where the request does not say
     * @param ignoreEos whether it is to be as long as that, whatever the model would say
     * @param tool the function that has to be called, empty for none
     */
    record Text(boolean stream, boolean includeUsage, int maxTokens, boolean ignoreEos, String tool) implements Wish {}

    /**
     * A vector for each input.
     *
     * @param inputs the inputs as they were sent
     * @param dimensions how many numbers a vector has
     * @param base64 whether they are sent as bytes, four each, in base 64
     */
    record Vectors(List<String> inputs, int dimensions, boolean base64) implements Wish {
        Vectors {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * The documents by their relevance to a query.
     *
     * @param query the query
     * @param documents the documents
     * @param most how many of them are wanted
     * @param withTexts whether their texts are wanted back
     */
    record Ranking(String query, List<String> documents, int most, boolean withTexts) implements Wish {
        Ranking {
            documents = List.copyOf(documents);
        }
    }

    /**
     * The texts of a body that has nothing but a prompt, or messages.
     *
     * @throws ApiException status 400 if it is not JSON or has no prompt
     */
    public static List<String> texts(byte[] bytes, int offset, int length) throws ApiException {
        return AskReader.texts(JsonBody.object(bytes, offset, length));
    }

    /** Whether the answer is to come as events. */
    public boolean stream() {
        return wish instanceof Text text && text.stream();
    }

    /** The texts of the prompt. */
    public List<String> texts() {
        return prompt.texts();
    }

    /** The tokens of the prompt that were sent as ids. */
    public List<Integer> promptIds() {
        return prompt.ids();
    }

    /** An estimate of the prompt's length: a quarter of the UTF-8 bytes of its texts, rounded up, at least 1. */
    public int estimatedPromptTokens() {
        long bytes = texts().stream().mapToLong(ByteBufUtil::utf8Bytes).sum();
        return (int) Math.max(1, (bytes + 3) / 4 + promptIds().size());
    }

    /** How the text is wanted; for protocols that generate. */
    Text text() {
        return (Text) wish;
    }
}
