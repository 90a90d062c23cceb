package io.inferometer.corpus.length;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A law of the lengths of a prompt and of its answer. */
@FunctionalInterface
public interface LengthPairs {
    /**
     * The lengths of a prompt and its answer, in tokens.
     *
     * @param input at least 1
     * @param output at least 1
     */
    record Pair(int input, int output) {
        /**
         * Checks what it is given.
         *
         * @param input as of the record
         * @param output as of the record
         */
        public Pair {
            Lengths.Bounds.of(input, input);
            Lengths.Bounds.of(output, output);
        }
    }

    /**
     * {@return the next pair}
     *
     * @param random where it is drawn from; the same numbers give the same pair
     */
    Pair draw(RandomGenerator random);

    /**
     * {@return a law of pairs whose lengths are each drawn by a law of its own}
     *
     * @param input the law of prompts
     * @param output the law of answers
     */
    static LengthPairs independent(Lengths input, Lengths output) {
        return random -> new Pair(input.draw(random), output.draw(random));
    }

    /**
     * {@return a law of pairs that were seen, each as likely as another, and again and again: a long prompt keeps the
     * answer that it had}
     *
     * @param seen at least one
     */
    static LengthPairs empirical(List<Pair> seen) {
        List<Pair> pairs = List.copyOf(seen);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("there is no pair of lengths to draw from");
        }
        return random -> pairs.get(random.nextInt(pairs.size()));
    }

    /**
     * {@return the pairs of a file, as {@link #empirical} draws them} A line for each: the prompt's length, a comma, a
     * tab or spaces, the answer's; what stands behind them is left out. A first line without numbers names the columns;
     * empty lines are passed over.
     *
     * @param file text, a pair a line
     * @throws IllegalArgumentException if a line has no pair, or there is none; the message says which line
     * @throws IOException if it can't be read
     */
    static LengthPairs read(Path file) throws IOException {
        Pattern pair = Pattern.compile("\\s*([0-9]{1,9})(?:\\s*[,;]\\s*|\\s+)([0-9]{1,9})(?:[\\s,;].*)?");
        List<Pair> pairs = new ArrayList<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not UTF-8 text", e);
        }
        for (int i = 0; i < lines.size(); i++) {
            Matcher numbers = pair.matcher(lines.get(i));
            boolean passed =
                    lines.get(i).isBlank() || i == 0 && lines.get(i).chars().noneMatch(Character::isDigit);
            if (passed) {
                continue;
            }
            if (!numbers.matches() || zero(numbers.group(1)) || zero(numbers.group(2))) {
                throw new IllegalArgumentException(
                        file + ", line " + (i + 1) + ": no pair of lengths above 0, such as 1024,128");
            }
            pairs.add(new Pair(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))));
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException(file + " has no pair of lengths, such as 1024,128");
        }
        return empirical(pairs);
    }

    private static boolean zero(String digits) {
        int number = Integer.parseInt(digits);
        return number == 0 || number > Lengths.LONGEST;
    }
}
