package io.inferometer.judge;

import io.inferometer.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure that must not be worse by a margin.
 *
 * @param figure the figure
 * @param margin a ratio less 1 of what is compared by ratio, 0.05 for 5 %; else a difference of shares, 0.01 for a point
 */
public record Gate(Figure figure, double margin) {
    /** What is gated where nobody says. */
    public static final String DEFAULTS = "ttft.p99 10%, tpot.p50 5%, outputTokensPerSecond 5%";

    private static final double MARGIN = 0.05;
    private static final double MARGIN_OF_TAILS = 0.1;
    private static final double MARGIN_OF_SHARES = 0.01;
    private static final double TAIL = 99;

    /**
     * {@return gates by their text, {@code ttft.p99 10%, goodput}}
     *
     * @param text figures with commas between them, each with its margin or without
     * @param otherwise the margin of gates without one; empty for 5 %, 10 % from p99 on, a point of shares
     * @throws IllegalArgumentException if it is none
     */
    public static List<Gate> parse(String text, OptionalDouble otherwise) {
        List<Gate> gates = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] words = part.strip().split("\\s+", 2);
            Figure figure = Figure.of(words[0]);
            if (gates.stream().anyMatch(gate -> gate.figure.name().equals(figure.name()))) {
                throw new IllegalArgumentException(figure + " is there twice");
            }
            gates.add(new Gate(
                    figure, words.length == 2 ? margin(words[1]) : otherwise.orElseGet(() -> usualMargin(figure))));
        }
        return gates;
    }

    /**
     * {@return a margin by its text, {@code 5%}}
     *
     * @param text a share of the figure, with a per cent sign
     * @throws IllegalArgumentException if it is none
     */
    public static double margin(String text) {
        String stripped = text.strip();
        try {
            double percent = stripped.endsWith("%")
                    ? Double.parseDouble(stripped.substring(0, stripped.length() - 1))
                    : Double.NaN;
            if (percent > 0 && percent <= 100) {
                return percent / 100;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new IllegalArgumentException(stripped + " is not a margin above 0% and up to 100%, such as 5%");
    }

    private static double usualMargin(Figure figure) {
        if (figure.unit().share()) {
            return MARGIN_OF_SHARES;
        }
        return figure.percentile().filter(p -> p >= TAIL).isPresent() ? MARGIN_OF_TAILS : MARGIN;
    }

    /**
     * {@return why it can't be judged, in words that follow its name; empty where it can}
     *
     * @param a for each fork, the summaries of its iterations
     * @param b the same of the other side
     */
    public Optional<String> lacking(List<List<Summary>> a, List<List<Summary>> b) {
        return FigureOfForks.lacking(figure, a).or(() -> FigureOfForks.lacking(figure, b));
    }

    /**
     * {@return what is to be judged, of forks that ran at different times}
     *
     * @param a for each fork, the summaries of its iterations
     * @param b for each fork, the summaries of its iterations
     */
    public Measured of(List<List<Summary>> a, List<List<Summary>> b) {
        FigureOfForks ofA = FigureOfForks.of(figure, a);
        FigureOfForks ofB = FigureOfForks.of(figure, b);
        return measured(ofA, ofB, Contrast.welch(ofA.values(), ofB.values()));
    }

    /**
     * {@return what is to be judged, of forks that ran beside each other}
     *
     * @param a for each fork, the summaries of its iterations
     * @param b the same of as many forks, each of which ran beside the one of A that has its place
     */
    public Measured ofPairs(List<List<Summary>> a, List<List<Summary>> b) {
        FigureOfForks ofA = FigureOfForks.of(figure, a);
        FigureOfForks ofB = FigureOfForks.of(figure, b);
        return measured(ofA, ofB, Contrast.paired(ofA.values(), ofB.values()));
    }

    private Measured measured(FigureOfForks ofA, FigureOfForks ofB, Contrast difference) {
        Contrast contrast = difference.withErrorOfAtLeast(Math.sqrt(ofA.leastVariance() + ofB.leastVariance()));
        double limit = figure.unit().share() ? margin : Math.log1p(margin);
        return new Measured(this, ofA.center(), ofB.center(), new Comparing.Compared(contrast, limit));
    }

    /**
     * A gate with what was measured.
     *
     * @param a the figure of A, in its unit
     * @param b the figure of B, in its unit
     * @param compared how far they are from each other
     */
    public record Measured(Gate gate, double a, double b, Comparing.Compared compared) {
        /** {@return the difference as B has it, 0.05 for 5 % more, in a ratio or in points} */
        public double difference() {
            return asSeen(compared.contrast().difference());
        }

        /** {@return the lower end of its two-sided 95 % interval} */
        public double low() {
            Contrast contrast = compared.contrast();
            return asSeen(contrast.difference() + (turned() ? contrast.halfWidth() : -contrast.halfWidth()));
        }

        /** {@return the upper end of its two-sided 95 % interval} */
        public double high() {
            Contrast contrast = compared.contrast();
            return asSeen(contrast.difference() + (turned() ? -contrast.halfWidth() : contrast.halfWidth()));
        }

        private boolean turned() {
            return gate.figure().unit().moreIsBetter();
        }

        private double asSeen(double worse) {
            double more = turned() ? -worse : worse;
            return gate.figure().unit().share() ? more : Math.expm1(more);
        }
    }
}
