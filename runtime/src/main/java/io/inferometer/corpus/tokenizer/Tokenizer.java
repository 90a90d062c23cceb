package io.inferometer.corpus.tokenizer;

/**
 * Turns text into token ids and back, offline, as one model family does.
 *
 * <p>Implementations are immutable or otherwise safe for use by several threads at once.
 */
public interface Tokenizer {
    /** {@return the name it is known by, such as {@code gpt-4o}} */
    String name();

    /**
     * {@return one more than the largest token id, special tokens included: {@code len(tokenizer)} of Hugging Face's,
     * and {@code n_vocab} of tiktoken's}
     */
    int vocabularySize();

    /**
     * {@return whether an id stands for a piece of text} Special tokens do not, nor do ids that the vocabulary leaves
     * out.
     *
     * @param id any int
     */
    boolean ordinary(int id);

    /**
     * {@return the ids of a text} Nothing is added in front or behind. The text of a special token becomes that one
     * token, as on a server that is sent the text as a prompt.
     *
     * @param text any, the empty one among them
     */
    int[] encode(String text);

    /**
     * {@return the text of ids; bytes that are no UTF-8 become U+FFFD, so encoding the result may give other ids, and
     * another number of them}
     *
     * @param ids in their order; without any, the text is empty
     * @throws IllegalArgumentException if the vocabulary has no such id
     */
    String decode(int... ids);

    /**
     * {@return how many tokens a text has}
     *
     * @param text any, the empty one among them
     */
    default int count(String text) {
        return encode(text).length;
    }

    /**
     * {@return whether a text may be encoded in parts that are cut before words: whether the tokens on either side of
     * such a cut never depend on the other side} A word begins with a space that a letter follows.
     *
     * <p>True of byte-pair tokenizers that first split a text by a pattern of GPT's kind. Where it is false, exact
     * lengths are still found, by encoding the whole text again.
     */
    default boolean splitsBeforeWords() {
        return false;
    }
}
