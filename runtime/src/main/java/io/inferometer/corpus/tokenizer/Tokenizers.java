package io.inferometer.corpus.tokenizer;

import io.inferometer.service.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
     * {@return the tokenizer of a model; empty where there is none of that name}
     *
     * @param name a name of {@link #known()}; a longer one of the same family, such as {@code gpt-4o-mini} or
     *     {@code openai/gpt-oss-120b}; or what a provider accepts
     * @throws IllegalArgumentException if a provider knows the name but can't load it
     */
    public static Optional<Tokenizer> find(String name) {
        return BuiltInTokenizer.find(name).or(() -> provided(name));
    }

    /**
     * {@return the built-in tokenizer of a model, without asking any provider; empty where there is none}
     *
     * @param model a name as {@link #find} takes it; it is not meant as a place to look
     */
    public static Optional<Tokenizer> builtIn(String model) {
        return BuiltInTokenizer.find(model);
    }

    /**
     * {@return the tokenizer of a model}
     *
     * @param name see {@link #find}
     * @throws IllegalArgumentException if there is none; the message lists what there is
     */
    public static Tokenizer of(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(unknown(name, providers())));
    }

    /** The message about an unknown name. */
    static String unknown(String name, Providers<TokenizerProvider> providers) {
        boolean all = providers.working().isEmpty() && providers.broken().isEmpty();
        return "no tokenizer is named '" + name + "'; there are: " + String.join(", ", known(providers))
                + (all ? "; a jar built with 'mvn -Phuggingface package' knows those of Hugging Face" : "")
                + providers.complaints().stream().map(line -> "; " + line).collect(Collectors.joining());
    }

    /** {@return the names of the built-in tokenizers, then what providers offer} */
    public static List<String> known() {
        return known(providers());
    }

    private static List<String> known(Providers<TokenizerProvider> providers) {
        List<String> known = new ArrayList<>();
        for (BuiltInTokenizer builtIn : BuiltInTokenizer.values()) {
            known.add(builtIn.family());
        }
        providers.working().forEach(provider -> known.add(provider.offers()));
        return known;
    }

    /** {@return the providers on the class path, looked for anew} */
    public static Providers<TokenizerProvider> providers() {
        return Providers.find(TokenizerProvider.class, TokenizerProvider::offers);
    }

    private static Optional<Tokenizer> provided(String name) {
        List<String> broken = new ArrayList<>();
        for (TokenizerProvider provider : providers().working()) {
            try {
                Optional<Tokenizer> found = provider.find(name);
                if (found.isPresent()) {
                    return found;
                }
            } catch (LinkageError e) {
                // What it is made with is missing: another one may know the name.
                broken.add(provider.getClass().getName() + " can't be used: " + Providers.reason(e));
            }
        }
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(
                    "the tokenizer '" + name + "' was not found; " + String.join("; ", broken));
        }
        return Optional.empty();
    }
}
