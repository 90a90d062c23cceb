package io.inferometer.corpus;

import io.inferometer.corpus.length.Lengths;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What corpus of prompts is wanted. Immutable: each method that takes a value returns a new description. Loads nothing.
 *
 * @param count how many prompts, at least 1
 * @param tokens the length of each, at least 1
 * @param overlap the share of a prompt's tokens, from its first, that all prompts share, from 0 to 1; at 1 they share
 *     all but the few tokens that tell them apart
 * @param tokenizer what counts the tokens: a name that {@link Tokenizers#of} knows
 * @param tolerance how many tokens a prompt may be longer or shorter, at least 0; empty for the larger of 5 and 5 % of
 *     the length
 * @param seed the seed of everything that is drawn
 * @param input a law of the prompts' lengths, as {@link Lengths#parse} reads it, in place of {@code tokens}; empty for none
 * @param output a law of the lengths of answers that prompts ask for; empty where they ask for none
 * @param prefixText the text that prompts share the beginning of; empty for one that is written
 */
public record CorpusSpec(
        long count,
        int tokens,
        double overlap,
        String tokenizer,
        OptionalInt tolerance,
        long seed,
        String input,
        String output,
        String prefixText) {
    /** 100 prompts of 128 tokens of gpt2, sharing nothing. */
    public static final CorpusSpec DEFAULT = new CorpusSpec(100, 128, 0, "gpt2", OptionalInt.empty(), 0, "", "", "");

    private static final int LONGEST = 10_000_000;

    /**
     * Checks what it is given.
     *
     * @param count as of the record
     * @param tokens as of the record
     * @param overlap as of the record
     * @param tokenizer as of the record
     * @param tolerance as of the record
     * @param seed as of the record
     * @param input as of the record
     * @param output as of the record
     * @param prefixText as of the record
     */
    public CorpusSpec {
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(prefixText, "prefixText");
        if (count < 1) {
            throw new IllegalArgumentException("a corpus of " + count + " prompts can't be made; 1 is the fewest");
        }
        if (tokens < 1 || tokens > LONGEST) {
            throw new IllegalArgumentException(
                    "a prompt of " + tokens + " tokens can't be made; from 1 to " + LONGEST + " can");
        }
        if (!(overlap >= 0 && overlap <= 1)) {
            throw new IllegalArgumentException("an overlap of " + overlap
                    + " means nothing; it is the share of tokens that prompts have in common, from 0 to 1");
        }
        if (tolerance.isPresent() && tolerance.getAsInt() < 0) {
            throw new IllegalArgumentException(
                    "a tolerance of " + tolerance.getAsInt() + " tokens means nothing; 0 is the smallest");
        }
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        for (String law : List.of(input, output)) {
            if (!law.isEmpty()) {
                Lengths.parse(law);
            }
        }
        if (!input.isEmpty() && overlap > 0) {
            throw new IllegalArgumentException("an overlap of " + overlap
                    + " is a share of prompts of one length, and these follow " + input + "; leave out one of both");
        }
        if (!prefixText.isEmpty() && overlap == 0) {
            throw new IllegalArgumentException("a prefix text needs an overlap above 0, else no prompt begins with it");
        }
    }

    /**
     * {@return the same with another number of prompts}
     *
     * @param prompts at least 1
     */
    public CorpusSpec count(long prompts) {
        return new CorpusSpec(prompts, tokens, overlap, tokenizer, tolerance, seed, input, output, prefixText);
    }

    /**
     * {@return the same with prompts of another length}
     *
     * @param length in tokens, at least 1
     */
    public CorpusSpec tokens(int length) {
        return new CorpusSpec(count, length, overlap, tokenizer, tolerance, seed, input, output, prefixText);
    }

    /**
     * {@return the same with prompts of lengths by a law, in place of one length; the overlap has to be 0}
     *
     * @param law as {@link Lengths#parse} reads it; empty for none
     */
    public CorpusSpec input(String law) {
        return new CorpusSpec(count, tokens, overlap, tokenizer, tolerance, seed, law, output, prefixText);
    }

    /**
     * {@return the same with the lengths of answers by a law}
     *
     * @param law as {@link Lengths#parse} reads it; empty where prompts are to ask for no length
     */
    public CorpusSpec output(String law) {
        return new CorpusSpec(count, tokens, overlap, tokenizer, tolerance, seed, input, law, prefixText);
    }

    /**
     * {@return the same with another share of common tokens}
     *
     * @param share from 0 to 1
     */
    public CorpusSpec overlap(double share) {
        return new CorpusSpec(count, tokens, share, tokenizer, tolerance, seed, input, output, prefixText);
    }

    /**
     * {@return the same, counted by another tokenizer}
     *
     * @param name one that {@link Tokenizers#of} knows
     */
    public CorpusSpec tokenizer(String name) {
        return new CorpusSpec(count, tokens, overlap, name, tolerance, seed, input, output, prefixText);
    }

    /**
     * {@return the same with another tolerance than the usual one}
     *
     * @param most how many tokens a prompt may be longer or shorter, at least 0
     */
    public CorpusSpec tolerance(int most) {
        return new CorpusSpec(count, tokens, overlap, tokenizer, OptionalInt.of(most), seed, input, output, prefixText);
    }

    /**
     * {@return the same, drawn from another seed}
     *
     * @param value any
     */
    public CorpusSpec seed(long value) {
        return new CorpusSpec(count, tokens, overlap, tokenizer, tolerance, value, input, output, prefixText);
    }

    /**
     * {@return the same, sharing the beginning of a text of the user's own} The overlap has to be set before.
     *
     * @param text empty for one that is written
     */
    public CorpusSpec prefixText(String text) {
        return new CorpusSpec(count, tokens, overlap, tokenizer, tolerance, seed, input, output, text);
    }

    /**
     * {@return the tolerance that holds for prompts of a length, in tokens}
     *
     * @param length in tokens
     */
    public int toleranceTokens(int length) {
        return tolerance.orElse(Math.max(5, length / 20));
    }

    /**
     * {@return the name of the file for such a corpus, which says what is in it:
     * {@code requests_count-200_tokens-512_prefix-0p30_tokenizer-gpt-3.5-turbo.jsonl}}
     */
    public String fileName() {
        BigDecimal share = BigDecimal.valueOf(overlap);
        String prefix =
                share.setScale(Math.max(2, share.scale())).toPlainString().replace('.', 'p');
        return "requests_count-" + count + "_tokens-" + (input.isEmpty() ? Integer.toString(tokens) : plain(input))
                + (output.isEmpty() ? "" : "_output-" + plain(output)) + "_prefix-" + prefix + "_tokenizer-"
                + plain(tokenizer) + ".jsonl";
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]+", "-");
    }
}
