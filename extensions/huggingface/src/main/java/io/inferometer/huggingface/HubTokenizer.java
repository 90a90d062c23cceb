package io.inferometer.huggingface;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.inferometer.corpus.tokenizer.Tokenizer;
import java.util.Arrays;

/** A tokenizer of Hugging Face's library, which several threads may use. */
final class HubTokenizer implements Tokenizer {
    /** No vocabulary leaves out so many ids in a row. */
    private static final int LARGEST_HOLE = 4096;

    private final String name;
    private final HuggingFaceTokenizer tokenizer;
    private volatile int vocabularySize;

    HubTokenizer(String name, HuggingFaceTokenizer tokenizer) {
        this.name = name;
        this.tokenizer = tokenizer;
    }

    @Override
    public String name() {
        return name;
    }

    /** The library does not tell it: found, once, by decoding ids until none has text for long. */
    @Override
    public int vocabularySize() {
        if (vocabularySize == 0) {
            int last = -1;
            for (int id = 0; id <= last + LARGEST_HOLE; id++) {
                if (!text(id, false).isEmpty()) {
                    last = id;
                }
            }
            vocabularySize = last + 1;
        }
        return vocabularySize;
    }

    @Override
    public boolean ordinary(int id) {
        return id >= 0 && id < vocabularySize() && !text(id, true).isEmpty();
    }

    @Override
    public int[] encode(String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    @Override
    public String decode(int... ids) {
        for (int id : ids) {
            if (id < 0 || text(id, false).isEmpty()) {
                throw new IllegalArgumentException("the tokenizer " + name + " has no token " + id);
            }
        }
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
    }

    private String text(int id, boolean withoutSpecial) {
        return tokenizer.decode(new long[] {id}, withoutSpecial);
    }
}
