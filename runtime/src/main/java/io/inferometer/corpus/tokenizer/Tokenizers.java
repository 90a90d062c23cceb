package io.inferometer.corpus.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Finds tokenizers by the names of their models. Those of {@code gpt2}, {@code gpt-3.5-turbo}, {@code gpt-4},
 * {@code gpt-4o} and {@code gpt-oss} are built in and need no network; a {@link TokenizerProvider} on the class path
 * adds others.
 *
 * <p>A vocabulary is read when its tokenizer is first asked for, which takes a few tenths of a second, and kept. Safe
 * for use by several threads.
 */
public final class Tokenizers {
    private Tokenizers() {}

    /**
     * The tokenizer of a model.
     *
     * @param name a name of {@link #known()}; a longer one of the same family, such as {@code gpt-4o-mini} or
     *     {@code openai/gpt-oss-120b}; or what a provider accepts
     * @throws IllegalArgumentException if a provider knows the name but can't load it
     */
    public static Optional<Tokenizer> find(String name) {
        return BuiltInTokenizer.find(name).or(() -> provided(name));
    }

    /** The built-in tokenizer of a model, without asking any provider: a model's name is not meant as a place to look. */
    public static Optional<Tokenizer> builtIn(String model) {
        return BuiltInTokenizer.find(model);
    }

    /**
     * The tokenizer of a model.
     *
     * @param name see {@link #find}
     * @throws IllegalArgumentException if there is none; the message lists what there is
     */
    public static Tokenizer of(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(unknown(name, offers())));
    }

    /** The message about an unknown name. */
    static String unknown(String name, List<String> offers) {
        return "no tokenizer is named '" + name + "'; there are: " + String.join(", ", known(offers))
                + (offers.isEmpty()
                        ? "; a jar built with 'mvn -Phuggingface package' knows those of Hugging Face"
                        : "");
    }

    /** The names of the built-in tokenizers, then what providers offer. */
    public static List<String> known() {
        return known(offers());
    }

    private static List<String> known(List<String> offers) {
        List<String> known = new ArrayList<>();
        for (BuiltInTokenizer builtIn : BuiltInTokenizer.values()) {
            known.add(builtIn.family());
        }
        known.addAll(offers);
        return known;
    }

    private static List<String> offers() {
        List<String> offers = new ArrayList<>();
        ServiceLoader.load(TokenizerProvider.class).forEach(provider -> offers.add(provider.offers()));
        return offers;
    }

    private static Optional<Tokenizer> provided(String name) {
        for (TokenizerProvider provider : ServiceLoader.load(TokenizerProvider.class)) {
            Optional<Tokenizer> found = provider.find(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
