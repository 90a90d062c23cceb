package io.inferometer.corpus.tokenizer;

import java.util.Optional;

/**
 * Adds tokenizers to those that are built in. Found by {@link java.util.ServiceLoader}; asked in the order it gives,
 * after the built-in ones.
 */
public interface TokenizerProvider {
    /**
     * The system property with the key for a hub that tokenizers are fetched from; unset where there is none. A property,
     * for what fetches is found by name alone, and so that the key is in no value that is shown or kept.
     */
    String HUB_TOKEN = "inferometer.hub.token";

    /**
     * {@return what it can find, for the message about an unknown name: {@code the path of a tokenizer.json}, for
     * instance}
     */
    String offers();

    /**
     * The tokenizer of a name.
     *
     * @param name as the user gave it: a name, or a path
     * @return empty where the name is not one of its own
     * @throws IllegalArgumentException if the name is its own but can't be loaded; the message says why
     */
    Optional<Tokenizer> find(String name);
}
