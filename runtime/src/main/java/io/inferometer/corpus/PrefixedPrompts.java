package io.inferometer.corpus;

import io.inferometer.corpus.length.Lengths;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Prompts that read as language, of a given length, which share a given part of their tokens: a common prefix, a
 * heading that no two have in common, then sentences of their own.
 *
 * <p>Each prompt is encoded when it is done, and carries what that counted. Prompt i depends on the description and on
 * i alone: the same seed gives the same bytes, in any order, and nothing is kept of a prompt that was made. Safe for use
 * by several threads.
 */
public final class PrefixedPrompts {
    private static final long PREFIX = 1;
    private static final long HEADINGS = 2;
    private static final long BODY = 3;
    private static final long LENGTHS = 4;

    /** Follow a heading where there is no room for a sentence. */
    private static final String[] CLOSING = {" waited", " there", " alone"};

    private final CorpusSpec spec;
    private final Tokenizer tokenizer;
    private final ExactLength exact;
    private final Lengths input;
    private final Optional<Lengths> output;
    private final int shortest;
    private final Headings headings;
    private final String prefix;
    private final int[] prefixIds;

    private PrefixedPrompts(CorpusSpec spec, Tokenizer tokenizer) {
        this.spec = spec;
        this.tokenizer = tokenizer;
        this.exact = new ExactLength(tokenizer);
        this.input = spec.input().isEmpty() ? random -> spec.tokens() : Lengths.parse(spec.input());
        this.output = Optional.of(spec.output()).filter(law -> !law.isEmpty()).map(Lengths::parse);
        this.headings = new Headings(spec.count(), Seeds.derive(spec.seed(), HEADINGS, 0));
        this.shortest = longestHeading("");
        this.prefix = spec.input().isEmpty() ? prefix(prefixTokens()) : "";
        this.prefixIds = tokenizer.encode(prefix);
    }

    /**
     * {@return the prompts of a corpus}
     *
     * @param spec which prompts, and the seed they are drawn from
     * @throws IllegalArgumentException if there is no such tokenizer, if prompts of that length can't be told apart, or
     *     if the prefix text is too short
     */
    public static PrefixedPrompts of(CorpusSpec spec) {
        return new PrefixedPrompts(spec, Tokenizers.of(spec.tokenizer()));
    }

    /** {@return how many prompts there are} */
    public long count() {
        return spec.count();
    }

    /**
     * {@return the prompt with a number, its {@code prefixTokens} being the leading tokens that it was seen to share}
     *
     * @param index from 0, below {@link #count}
     * @throws IllegalArgumentException if the tokenizer can't count to that length within the tolerance
     */
    public CorpusPrompt get(long index) {
        if (index < 0 || index >= spec.count()) {
            throw new IllegalArgumentException(
                    "no prompt has the index " + index + "; there are " + spec.count() + ", counted from 0");
        }
        RandomGenerator random = new SplittableRandom(Seeds.derive(spec.seed(), LENGTHS, index));
        int tokens = input.draw(random);
        CorpusPrompt prompt = written(index, tokens);
        return output.isEmpty()
                ? prompt
                : new CorpusPrompt(
                        prompt.text(),
                        prompt.tokens(),
                        prompt.prefixTokens(),
                        OptionalInt.of(output.get().draw(random)));
    }

    private CorpusPrompt written(long index, int tokens) {
        if (!spec.input().isEmpty() && tokens < shortest) {
            throw new IllegalArgumentException("a length of " + tokens + " was drawn by " + spec.input() + ", and "
                    + spec.count() + " prompts can't be told apart by fewer than " + shortest + " tokens of "
                    + spec.tokenizer() + "; give bounds, as in lognormal:512,0.8," + shortest + "..8192");
        }
        String heading = headings.of(index);
        String beginning = prefix.isEmpty() ? heading : prefix + ' ' + heading;
        int left = tokens - prefixIds.length - tokenizer.count(prefix.isEmpty() ? heading : ' ' + heading);
        Sentences sentences = new Sentences(new Mt19937(Seeds.bits32(Seeds.derive(spec.seed(), BODY, index))));

        CorpusPrompt prompt = counted(continued(beginning, Math.max(0, left), sentences));
        if (prompt.tokens().getAsInt() == tokens) {
            return prompt;
        }
        String longer = continued(beginning, tokens + Sentences.FEWEST, sentences);
        return cut(longer, beginning, tokens)
                .orElseThrow(() -> new IllegalArgumentException("the tokenizer "
                        + spec.tokenizer() + " reads no prompt as " + tokens + " ± " + spec.toleranceTokens(tokens)
                        + " tokens; allow a larger tolerance"));
    }

    /** As near to the length as the tokenizer can count. */
    private Optional<CorpusPrompt> cut(String text, String beginning, int tokens) {
        for (int off = 0; off <= spec.toleranceTokens(tokens); off++) {
            for (int near : off == 0 ? new int[] {tokens} : new int[] {tokens - off, tokens + off}) {
                Optional<String> cut = near < 1 ? Optional.empty() : exact.find(text, near);
                if (cut.isPresent() && cut.get().startsWith(beginning)) {
                    return cut.map(this::counted);
                }
            }
        }
        return Optional.empty();
    }

    private CorpusPrompt counted(String text) {
        int[] ids = tokenizer.encode(text);
        int shared = Arrays.mismatch(ids, prefixIds);
        return new CorpusPrompt(
                text,
                OptionalInt.of(ids.length),
                OptionalInt.of(shared < 0 ? ids.length : shared),
                OptionalInt.empty());
    }

    /** Goes on for a number of words and marks, and ends as a sentence does. */
    private static String continued(String beginning, int pieces, Sentences sentences) {
        StringBuilder text = new StringBuilder(beginning);
        if (pieces > Sentences.FEWEST) {
            sentences.write(text.append(':'), pieces - 1);
        } else if (pieces > 0) {
            for (int i = 0; i < pieces - 1; i++) {
                text.append(CLOSING[i]);
            }
            text.append('.');
        }
        return text.toString();
    }

    /** The share of the tokens, but no more than leaves room for the longest heading. */
    private int prefixTokens() {
        int wanted = (int) Math.round(spec.overlap() * spec.tokens());
        int shared = Math.min(wanted, spec.tokens() - longestHeading(" "));
        if (shared > 0) {
            return shared;
        }
        int needed = longestHeading("");
        if (needed > spec.tokens()) {
            throw new IllegalArgumentException(spec.count() + " prompts can't be told apart by " + spec.tokens()
                    + " tokens of " + spec.tokenizer() + "; " + needed + " are needed");
        }
        return 0;
    }

    /** @param before what stands before its first word */
    private int longestHeading(String before) {
        int more = headings.words() - 1;
        return more == 0
                ? longest(Words.NOUNS, before)
                : longest(Words.ADJECTIVES, before)
                        + (more - 1) * longest(Words.ADJECTIVES, " ")
                        + longest(Words.NOUNS, " ");
    }

    private int longest(String[] words, String before) {
        return Arrays.stream(words)
                .mapToInt(word -> tokenizer.count(before + word))
                .max()
                .orElseThrow();
    }

    private String prefix(int tokens) {
        if (tokens == 0) {
            return "";
        }
        if (spec.prefixText().isEmpty()) {
            StringBuilder text = new StringBuilder();
            new Sentences(new Mt19937(Seeds.bits32(Seeds.derive(spec.seed(), PREFIX, 0))))
                    .write(text, Math.max(tokens, Sentences.FEWEST));
            return exact.cut(text.substring(1), tokens);
        }
        int own = tokenizer.count(spec.prefixText());
        if (own < tokens) {
            throw new IllegalArgumentException("the prefix text has " + own + " tokens of " + spec.tokenizer()
                    + "; an overlap of " + spec.overlap() + " of " + spec.tokens() + " tokens needs " + tokens);
        }
        return exact.cut(spec.prefixText(), tokens);
    }
}
