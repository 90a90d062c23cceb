package io.inferometer.corpus.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tokenizers whose vocabularies the library carries, loaded when first asked for. */
enum BuiltInTokenizer {
    GPT2("gpt2", EncodingType.R50K_BASE, 50256),
    GPT_35("gpt-3.5-turbo", EncodingType.CL100K_BASE, 100256),
    GPT_4("gpt-4", EncodingType.CL100K_BASE, 100256),
    GPT_4O("gpt-4o", EncodingType.O200K_BASE, 199998),
    GPT_OSS("gpt-oss", EncodingType.O200K_BASE, 199998);

    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();
    private static final String[] OWNERS = {"openai/", "openai-community/"};

    private final String family;
    private final EncodingType encoding;
    private final int ordinarySize;
    private Tokenizer loaded;

    BuiltInTokenizer(String family, EncodingType encoding, int ordinarySize) {
        this.family = family;
        this.encoding = encoding;
        this.ordinarySize = ordinarySize;
    }

    static Optional<Tokenizer> find(String name) {
        String model = withoutOwner(name.toLowerCase(Locale.ROOT));
        for (BuiltInTokenizer builtIn : values()) {
            if (model.equals(builtIn.family) || model.startsWith(builtIn.family + "-")) {
                return Optional.of(builtIn.load());
            }
        }
        return Optional.empty();
    }

    /** The name of the model, and what the names of its relatives begin with. */
    String family() {
        return family;
    }

    private synchronized Tokenizer load() {
        if (loaded == null) {
            loaded = new BytePairTokenizer(family, ENCODINGS.getEncoding(encoding), ordinarySize, specials());
        }
        return loaded;
    }

    private Map<Integer, String> specials() {
        return switch (this) {
            case GPT2 -> Map.of(50256, "<|endoftext|>");
            case GPT_35, GPT_4 ->
                Map.of(
                        100257, "<|endoftext|>",
                        100258, "<|fim_prefix|>",
                        100259, "<|fim_middle|>",
                        100260, "<|fim_suffix|>",
                        100276, "<|endofprompt|>");
            case GPT_4O -> Map.of(199999, "<|endoftext|>", 200018, "<|endofprompt|>");
            case GPT_OSS -> harmony();
        };
    }

    /** The special tokens of o200k_harmony, which is o200k_base with more of them. */
    private static Map<Integer, String> harmony() {
        Map<Integer, String> specials = new HashMap<>(Map.of(
                199998, "<|startoftext|>",
                199999, "<|endoftext|>",
                200002, "<|return|>",
                200003, "<|constrain|>",
                200005, "<|channel|>",
                200006, "<|start|>",
                200007, "<|end|>",
                200008, "<|message|>",
                200012, "<|call|>",
                200018, "<|endofprompt|>"));
        for (int id = 200000; id < 200018; id++) {
            specials.putIfAbsent(id, "<|reserved_" + id + "|>");
        }
        return specials;
    }

    private static String withoutOwner(String model) {
        for (String owner : OWNERS) {
            if (model.startsWith(owner)) {
                return model.substring(owner.length());
            }
        }
        return model;
    }
}
