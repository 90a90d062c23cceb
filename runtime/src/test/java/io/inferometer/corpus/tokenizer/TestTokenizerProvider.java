package io.inferometer.corpus.tokenizer;

import io.inferometer.corpus.LetterTokenizer;
import java.util.Optional;

/** Stands for an optional build's provider. */
public final class TestTokenizerProvider implements TokenizerProvider {
    @Override
    public String offers() {
        return "test:NAME";
    }

    @Override
    public Optional<Tokenizer> find(String name) {
        return name.equals("test:letters") ? Optional.of(new LetterTokenizer()) : Optional.empty();
    }
}
