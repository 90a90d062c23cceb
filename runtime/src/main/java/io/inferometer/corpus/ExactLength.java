package io.inferometer.corpus;

import io.inferometer.corpus.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes texts of an exact number of tokens, as the tokenizer counts them when it reads the text again.
 *
 * <p>Encoding a decoded text is not the identity: neighbours merge, words split otherwise, bytes that are no UTF-8
 * become U+FFFD. So a text is encoded once and cut after the tokens that are wanted; what follows its last word start
 * is counted again, since the cut may have changed it; tokens are taken off its end while it is too long, and filler
 * words, one token each, make up what is missing. Tokens before a word start stay as they are, whatever follows
 * ({@link Tokenizer#splitsBeforeWords}).
 */
final class ExactLength {
    private static final String FILLER = " the";
    private static final char REPLACEMENT = '\ufffd';

    private final Tokenizer tokenizer;

    ExactLength(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * A text of exactly so many tokens that begins as {@code text} does.
     *
     * @throws IllegalArgumentException if the tokenizer reads no such text that way
     */
    String cut(String text, int tokens) {
        return find(text, tokens, tokens).orElseThrow(() -> impossible(tokens));
    }

    /** Like {@link #cut}, or empty. */
    Optional<String> find(String text, int tokens) {
        return find(text, tokens, tokens);
    }

    /** Like {@link #cut}, with a filler word at the end: a text behind it that begins with a space leaves it as it is. */
    String cutAtWord(String text, int tokens) {
        return find(text, tokens, tokens - 1).orElseThrow(() -> impossible(tokens));
    }

    private Optional<String> find(String text, int tokens, int atMost) {
        int[] ids = tokenizer.encode(text);
        int longest = Math.min(atMost, ids.length);
        int words = tokenizer.splitsBeforeWords() ? lastWordStart(ids, longest) : 0;
        String head = tokenizer.decode(Arrays.copyOf(ids, words));
        for (int end = longest; end >= words; end--) {
            String tail = tokenizer.decode(Arrays.copyOfRange(ids, words, end));
            if (end < ids.length) {
                tail = withoutBrokenCharacter(tail);
            }
            int missing = tokens - words - tokenizer.count(tail);
            if (missing >= tokens - atMost) {
                String filled = tail + FILLER.repeat(missing);
                if (missing == 0 || tokenizer.count(filled) == tokens - words) {
                    return Optional.of(head + filled);
                }
            }
        }
        return Optional.empty();
    }

    private IllegalArgumentException impossible(int tokens) {
        return new IllegalArgumentException(
                "the tokenizer " + tokenizer.name() + " reads no text as exactly " + tokens + " tokens");
    }

    /** The last position, up to {@code from}, whose token begins a word; 0 if there is none. */
    private int lastWordStart(int[] ids, int from) {
        for (int i = Math.min(from, ids.length - 1); i > 0; i--) {
            if (beginsWord(tokenizer.decode(ids[i]))) {
                return i;
            }
        }
        return 0;
    }

    private static boolean beginsWord(String text) {
        return text.length() > 1 && text.charAt(0) == ' ' && Character.isLetter(text.charAt(1));
    }

    /** A cut may fall inside a character, whose first bytes are then read as one replacement character. */
    private static String withoutBrokenCharacter(String text) {
        int last = text.length() - 1;
        return last >= 0 && text.charAt(last) == REPLACEMENT ? text.substring(0, last) : text;
    }
}
