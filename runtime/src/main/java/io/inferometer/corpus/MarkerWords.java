package io.inferometer.corpus;

import io.inferometer.corpus.tokenizer.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Words that mark the beginning of prompts: put before a text, or in the place of its first tokens, so that it has as many as
 * before. The same seed gives the same words. Immutable; safe for use by several threads.
 */
public final class MarkerWords {
    /** A word is 8 to 9 bits, so two seeds are as good as never the same. */
    private static final int WORDS = 4;

    private static final int MOST = 64;

    private final Optional<Tokenizer> tokenizer;
    private final List<String> words;

    /**
     * The words of a seed.
     *
     * @param tokenizer counts the tokens; empty where it is not known, and then nothing is replaced
     * @param seed the same one gives the same words
     */
    public MarkerWords(Optional<Tokenizer> tokenizer, long seed) {
        this.tokenizer = tokenizer;
        List<String> known = tokenizer
                .map(counter -> Words.all().stream()
                        .filter(word -> counter.count(word) == 1 && counter.count(' ' + word) == 1)
                        .toList())
                .filter(whole -> !whole.isEmpty())
                .orElseGet(Words::all);
        words = new SplittableRandom(Seeds.derive(seed, WORDS, MOST))
                .ints(MOST, 0, known.size())
                .mapToObj(known::get)
                .toList();
    }

    /**
     * {@return the text behind the words, as many tokens longer}
     *
     * @param text where it is empty, the words stand alone
     */
    public String before(String text) {
        return words(WORDS) + ' ' + text;
    }

    /**
     * The text with words in the place of its first tokens, up to where a word begins.
     *
     * @param text the one that is changed
     * @return empty where nothing can be replaced without changing the number of tokens, as in a text of a few words
     */
    public Optional<String> replacing(String text) {
        if (tokenizer.isEmpty()) {
            return Optional.empty();
        }
        for (int at = text.indexOf(' ', 1); at > 0; at = text.indexOf(' ', at + 1)) {
            if (at + 1 < text.length() && Character.isLetter(text.charAt(at + 1))) {
                int tokens = tokenizer.get().count(text.substring(0, at));
                if (tokens > MOST) {
                    return Optional.empty();
                }
                if (tokens >= WORDS) {
                    return Optional.of(words(tokens) + text.substring(at)).filter(marked -> sameLength(text, marked));
                }
            }
        }
        return Optional.empty();
    }

    private boolean sameLength(String text, String marked) {
        return tokenizer.get().splitsBeforeWords()
                || tokenizer.get().count(text) == tokenizer.get().count(marked);
    }

    private String words(int count) {
        return String.join(" ", words.subList(0, count));
    }
}
