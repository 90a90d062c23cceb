package io.inferometer.huggingface;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.TokenizerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds tokenizers by a path, or on the Hugging Face hub by a name with an owner, such as {@code owner/model}. */
public final class HuggingFaceTokenizers implements TokenizerProvider {
    private static final String FILE = "tokenizer.json";
    private static final String HUB_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*";

    /** A provider is made anew for each search. */
    private static final Map<String, Tokenizer> LOADED = new ConcurrentHashMap<>();

    static {
        // The library would tell its makers of its use on some machines; a benchmark talks to its endpoint alone.
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    @Override
    public String offers() {
        return "the path of a " + FILE + " or of its directory, OWNER/MODEL on the Hugging Face hub";
    }

    @Override
    public Optional<Tokenizer> find(String name) {
        Tokenizer known = LOADED.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HuggingFaceTokenizer> found = ofPath(name).or(() -> ofHub(name));
        found.ifPresent(tokenizer -> LOADED.put(name, new HubTokenizer(name, tokenizer)));
        return Optional.ofNullable(LOADED.get(name));
    }

    private static Optional<HuggingFaceTokenizer> ofPath(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
        if (!Files.isRegularFile(file)) {
            if (name.endsWith(FILE) || Files.isDirectory(path)) {
                throw new IllegalArgumentException("there is no " + file);
            }
            return Optional.empty();
        }
        try {
            return Optional.of(HuggingFaceTokenizer.newInstance(file, options()));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(file + " is no tokenizer: " + e.getMessage(), e);
        }
    }

    private static Optional<HuggingFaceTokenizer> ofHub(String name) {
        if (!name.matches(HUB_NAME)) {
            return Optional.empty();
        }
        Map<String, String> options = options();
        String token = System.getProperty(HUB_TOKEN);
        if (token != null) {
            options.put("hf_token", token);
        }
        try {
            return Optional.of(HuggingFaceTokenizer.newInstance(name, options));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "the tokenizer " + name + " is not to be had from the Hugging Face hub: " + e.getMessage(), e);
        }
    }

    /** Texts as they are: nothing added, cut or filled up. */
    private static Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("addSpecialTokens", "false");
        options.put("truncation", "false");
        options.put("padding", "false");
        return options;
    }
}
