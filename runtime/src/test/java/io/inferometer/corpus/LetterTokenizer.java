package io.inferometer.corpus;

import io.inferometer.corpus.tokenizer.Tokenizer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tokenizer that promises nothing: a token is a character, a pair of the same small letters, or the word "the" and
 * the space before it; what is not ASCII is read as a question mark. Ids below 32 are special.
 */
public final class LetterTokenizer implements Tokenizer {
    private static final String WORD = " the";
    private static final int WORD_ID = 128;
    private static final int PAIRS = 200;

    @Override
    public String name() {
        return "letters";
    }

    @Override
    public int vocabularySize() {
        return PAIRS + 26;
    }

    @Override
    public boolean ordinary(int id) {
        return id >= ' ' && id < 127 || id == WORD_ID || id >= PAIRS && id < PAIRS + 26;
    }

    @Override
    public int[] encode(String text) {
        IntStream.Builder ids = IntStream.builder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (text.startsWith(WORD, i)) {
                ids.add(WORD_ID);
                i += WORD.length();
            } else if (c >= 'a' && c <= 'z' && i + 1 < text.length() && text.charAt(i + 1) == c) {
                ids.add(PAIRS + c - 'a');
                i += 2;
            } else {
                ids.add(c >= ' ' && c < 127 ? c : '?');
                i++;
            }
        }
        return ids.build().toArray();
    }

    @Override
    public String decode(int... ids) {
        return IntStream.of(ids).mapToObj(LetterTokenizer::text).collect(Collectors.joining());
    }

    private static String text(int id) {
        if (id == WORD_ID) {
            return WORD;
        }
        return id < PAIRS
                ? Character.toString(id)
                : Character.toString('a' + id - PAIRS).repeat(2);
    }
}
