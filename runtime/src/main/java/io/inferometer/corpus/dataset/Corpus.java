package io.inferometer.corpus.dataset;

import io.inferometer.corpus.CorpusPrompt;
import io.inferometer.corpus.CorpusSpec;
import io.inferometer.corpus.PrefixedPrompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * A corpus that was written, and what it turned out to be.
 *
 * @param file where it is
 * @param prompts how many prompts it has
 * @param tokens how many tokens all prompts have together
 * @param shortest the fewest tokens of a prompt
 * @param longest the most tokens of a prompt
 * @param smallestOverlap the smallest share of a prompt's tokens that it has in common with the others
 * @param largestOverlap the largest such share
 */
public record Corpus(
        Path file,
        long prompts,
        long tokens,
        int shortest,
        int longest,
        double smallestOverlap,
        double largestOverlap) {

    /**
     * Writes the corpus that a description asks for, under the name it gives. Takes the memory of one prompt, however
     * many there are.
     *
     * @param spec the prompts that are wanted, and the seed that they are drawn from
     * @param directory where the file goes; made where it is missing
     * @param force whether a file of that name is replaced
     * @param progress told after each prompt how many are done; called by this thread
     * @return what was written
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file and {@code force} is false, before
     *     anything is loaded or made
     * @throws IllegalArgumentException if there can't be such a corpus; the message says why
     */
    public static Corpus generate(CorpusSpec spec, Path directory, boolean force, LongConsumer progress)
            throws IOException {
        Path file = directory.resolve(spec.fileName());
        if (!force) {
            PromptFile.refuseExisting(file);
        }
        PrefixedPrompts prompts = PrefixedPrompts.of(spec);
        Files.createDirectories(directory);
        Generation generation = new Generation(prompts, progress);
        PromptFile.write(file, generation, force);
        return generation.corpus(file);
    }

    /** {@return the mean length of a prompt, in tokens} */
    public double meanTokens() {
        return (double) tokens / prompts;
    }

    /** Makes prompts one by one, and keeps account of them. */
    private static final class Generation implements Iterator<CorpusPrompt> {
        private final PrefixedPrompts prompts;
        private final LongConsumer progress;
        private long made;
        private long tokens;
        private int shortest = Integer.MAX_VALUE;
        private int longest;
        private double smallestOverlap = 1;
        private double largestOverlap;

        Generation(PrefixedPrompts prompts, LongConsumer progress) {
            this.prompts = prompts;
            this.progress = progress;
        }

        @Override
        public boolean hasNext() {
            return made < prompts.count();
        }

        @Override
        public CorpusPrompt next() {
            CorpusPrompt prompt = prompts.get(made++);
            int length = prompt.tokens().getAsInt();
            double overlap = (double) prompt.prefixTokens().getAsInt() / length;
            tokens += length;
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            smallestOverlap = Math.min(smallestOverlap, overlap);
            largestOverlap = Math.max(largestOverlap, overlap);
            progress.accept(made);
            return prompt;
        }

        Corpus corpus(Path file) {
            return new Corpus(file, made, tokens, shortest, longest, smallestOverlap, largestOverlap);
        }
    }
}
