package io.inferometer.corpus.trace;

import io.inferometer.corpus.Seeds;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Prompts of lines of a poem, as vLLM's benchmark makes them: the same first lines for all, then lines that are drawn, as many
 * as their mean length makes of the tokens that are wanted. One that is longer is drawn again. Prompt i depends on the seed and
 * on i alone. Immutable.
 */
public final class SonnetPrompts {
    private static final String ASKED = "Pick as many lines as you can from these poem lines:\n";
    private static final int ATTEMPTS = 1000;

    private final Tokenizer tokenizer;
    private final List<String> lines;
    private final int inputTokens;
    private final int prefixLines;
    private final int drawnLines;
    private final long seed;

    /**
     * Reads the poem.
     *
     * @param file its lines are the poem's
     * @param tokenizer a name that {@link Tokenizers#of} knows
     * @param inputTokens the longest prompt
     * @param prefixTokens about how many of them all prompts share
     * @param seed the same one gives the same prompts
     * @throws IllegalArgumentException if there is no such file, or no such prompts can be made of it; the message says
     *     why
     * @throws IOException if the file can't be read
     */
    public SonnetPrompts(Path file, String tokenizer, int inputTokens, int prefixTokens, long seed) throws IOException {
        this.tokenizer = Tokenizers.of(tokenizer);
        this.inputTokens = inputTokens;
        this.seed = seed;
        lines = lines(file);
        int asked = this.tokenizer.count(ASKED);
        double mean = lines.stream()
                .mapToInt(line -> this.tokenizer.count(line + '\n'))
                .average()
                .orElseThrow(() -> new IllegalArgumentException(file + " holds no lines"));
        prefixLines = (int) Math.max(0, Math.round((prefixTokens - asked) / mean));
        drawnLines = (int) Math.round((inputTokens - asked) / mean) - prefixLines;
        if (drawnLines < 1 || prefixLines > lines.size()) {
            throw new IllegalArgumentException(file + ": of its " + lines.size() + " lines no prompts of " + inputTokens
                    + " tokens with a prefix of " + prefixTokens + " can be made");
        }
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + ": there is no such file");
        }
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + ": it is not UTF-8");
        }
    }

    /**
     * {@return the prompt of an index}
     *
     * @param index from 0; there is no last one
     * @throws IllegalArgumentException if all that were drawn are too long
     */
    public String get(long index) {
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, 0, index));
        String shared = ASKED + joined(lines.subList(0, prefixLines));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String prompt = shared
                    + joined(random.ints(drawnLines, 0, lines.size())
                            .mapToObj(lines::get)
                            .toList());
            if (tokenizer.count(prompt) <= inputTokens) {
                return prompt;
            }
        }
        throw new IllegalArgumentException(
                "no drawn lines of the poem are short enough for " + inputTokens + " tokens");
    }

    private static String joined(List<String> some) {
        return some.stream().map(line -> line + '\n').collect(Collectors.joining());
    }

    /**
     * {@return how many tokens a prompt has}
     *
     * @param prompt as {@link #get} gives it
     */
    public int count(String prompt) {
        return tokenizer.count(prompt);
    }
}
