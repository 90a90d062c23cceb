package io.inferometer.corpus.tokenizer;

/**
 * Turns text into token ids and back, offline, as one model family does.
 *
 * <p>Implementations are immutable or otherwise safe for use by several threads at once.
 */
public interface Tokenizer {
    /** The name it is known by, such as {@code gpt-4o}. */
    String name();

    /**
     * One more than the largest token id, special tokens included: {@code len(tokenizer)} of Hugging Face's, and
     * {@code n_vocab} of tiktoken's.
     */
    int vocabularySize();

    /**
     * Whether an id stands for a piece of text. Special tokens do not, nor do ids that the vocabulary leaves out.
     *
     * @param id any int
     */
    boolean ordinary(int id);

    /**
     * The ids of a text. Nothing is added in front or behind. The text of a special token becomes that one token, as on
     * a server that is sent the text as a prompt.
     */
    int[] encode(String text);

    /**
     * The text of ids; bytes that are no UTF-8 become U+FFFD, so encoding the result may give other ids, and another
     * number of them.
     *
     * @throws IllegalArgumentException if the vocabulary has no such id
     */
    String decode(int... ids);

    /** How many tokens a text has. */
    default int count(String text) {
        return encode(text).length;
    }

    /**
     * Whether a text may be encoded in parts that are cut before words: whether the tokens on either side of such a cut
     * never depend on the other side. A word begins with a space that a letter follows.
     *
     * <p>True of byte-pair tokenizers that first split a text by a pattern of GPT's kind. Where it is false, exact
     * lengths are still found, by encoding the whole text again.
     */
    default boolean splitsBeforeWords() {
        return false;
    }
}
