package io.inferometer.judge.precision;

import io.inferometer.judge.Figure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How narrow a figure is to be known: {@code ttft.p99 5%}.
 *
 * @param figure the figure
 * @param within the half width that its 95 % interval may have: a share of the figure, 0.05 for 5 %, and of what is a share
 *     itself a difference, 0.01 for a point
 */
public record Goal(Figure figure, double within) {
    private static final Pattern PARTS = Pattern.compile("(\\S+)(?:\\s+([0-9]{1,20}(?:\\.[0-9]{1,20})?)\\s*%)?");

    /**
     * {@return goals by their text, {@code ttft.p99 5%, tpot.mean 2%}}
     *
     * @param text figures with commas between them, each with its half width
     * @throws IllegalArgumentException if it is none
     */
    public static List<Goal> parse(String text) {
        List<Goal> goals = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Goal goal = one(part.strip());
            if (goals.stream().anyMatch(known -> known.figure.name().equals(goal.figure.name()))) {
                throw new IllegalArgumentException(goal.figure + " is there twice");
            }
            goals.add(goal);
        }
        return goals;
    }

    private static Goal one(String part) {
        Matcher parts = PARTS.matcher(part);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    (part.isEmpty() ? "an empty part" : part) + " is no figure with a half width, such as ttft.p99 5%");
        }
        Figure figure = Figure.of(parts.group(1));
        if (parts.group(2) == null) {
            throw new IllegalArgumentException(figure + ": say how narrow, as in " + figure + " 5%");
        }
        BigDecimal percent = new BigDecimal(parts.group(2));
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(50)) > 0) {
            throw new IllegalArgumentException(part + ": a half width is above 0% and up to 50%");
        }
        return new Goal(figure, percent.movePointLeft(2).doubleValue());
    }

    /** {@return the half width as it is written: {@code 5%}} */
    public String width() {
        return BigDecimal.valueOf(within).movePointRight(2).stripTrailingZeros().toPlainString() + '%';
    }

    @Override
    public String toString() {
        return figure + " " + width();
    }
}
