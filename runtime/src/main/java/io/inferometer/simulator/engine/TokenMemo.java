package io.inferometer.simulator.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers the tokens of pieces of texts, as a conversation comes with all that was said before, each time: a piece takes
 * tens of nanoseconds a token where the tokenizer takes thousands.
 *
 * <p>A text is cut before a space between two letters of ASCII, where the vocabulary's pattern always begins anew: so the tokens
 * of the pieces are those of the text. Cuts are a fixed way from the text's start, so texts that begin alike have pieces
 * in common. The pieces that were used longest ago are forgotten first.
 *
 * <p>Not thread-safe.
 */
final class TokenMemo {
    private static final int PIECE_CHARS = 1_000;

    private final Function<String, int[]> encoder;
    private final int mostTokens;
    private final Map<String, int[]> pieces = new LinkedHashMap<>(16, 0.75f, true);
    private int tokens;

    /** One that remembers so many tokens of what an encoder says. */
    TokenMemo(Function<String, int[]> encoder, int mostTokens) {
        this.encoder = encoder;
        this.mostTokens = mostTokens;
    }

    /** The tokens of a text, in pieces. */
    List<int[]> encode(String text) {
        List<int[]> encoded = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = cut(text, start + PIECE_CHARS);
            encoded.add(piece(text.substring(start, end)));
            start = end;
        }
        return encoded;
    }

    private int[] piece(String text) {
        int[] known = pieces.get(text);
        if (known != null) {
            return known;
        }
        int[] encoded = encoder.apply(text);
        pieces.put(text, encoded);
        tokens += encoded.length;
        for (Iterator<int[]> oldest = pieces.values().iterator(); tokens > mostTokens && oldest.hasNext(); ) {
            tokens -= oldest.next().length;
            oldest.remove();
        }
        return encoded;
    }

    /** The first place at which a text can be cut, from some place on; its end where there is none. */
    private static int cut(String text, int from) {
        for (int i = from; i < text.length() - 1; i++) {
            if (text.charAt(i) == ' ' && letter(text.charAt(i - 1)) && letter(text.charAt(i + 1))) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
