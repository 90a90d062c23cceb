package io.inferometer.judge;

import io.inferometer.stats.Percentiles;
import io.inferometer.stats.Summary;
import io.inferometer.stats.interval.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a figure of a run has to be: {@code ttft.p99 <= 200ms}, {@code goodput >= 95%}.
 *
 * @param figure the figure
 * @param atMost whether it may be no greater; else no smaller
 * @param limit in the figure's unit, a share as 0 to 1
 */
public record Requirement(Figure figure, boolean atMost, double limit) {
    private static final Pattern PARTS = Pattern.compile("(\\S+?)\\s*([<>]=?|=+)\\s*([0-9.]+)\\s*(\\S*)");

    private static final Map<String, Double> MILLIS = new TreeMap<>(Map.of("ms", 1.0, "s", 1e3));

    /**
     * What came of one.
     *
     * @param center the mean of the iterations' figures, in the figure's unit; NaN where there is none
     * @param low the lower end of its 95 % interval; NaN where there is none
     * @param high the upper end; NaN where there is none
     * @param held whether it was met; empty where that can't be told
     * @param reason why it can't be told, in a few words; may be empty
     */
    public record Answer(double center, double low, double high, Optional<Boolean> held, String reason) {}

    /**
     * {@return requirements by their text, {@code ttft.p99 <= 200ms}}
     *
     * @param text with commas between them
     * @throws IllegalArgumentException if it is none
     */
    public static List<Requirement> parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher parts = PARTS.matcher(part.strip());
            if (!parts.matches()) {
                throw new IllegalArgumentException((part.isBlank() ? "an empty part" : part.strip())
                        + " is no requirement, such as ttft.p99 <= 200ms or goodput >= 95%");
            }
            Figure figure = Figure.of(parts.group(1));
            String sign = parts.group(2);
            if (!sign.equals("<=") && !sign.equals(">=")) {
                throw new IllegalArgumentException(
                        part.strip() + ": write <= or >=; an interval can't tell " + sign + " from it");
            }
            requirements.add(new Requirement(figure, sign.equals("<="), limit(part.strip(), figure, parts)));
        }
        return requirements;
    }

    private static double limit(String part, Figure figure, Matcher parts) {
        double number;
        try {
            number = Double.parseDouble(parts.group(3));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(part + ": " + parts.group(3) + " is no number", e);
        }
        String unit = parts.group(4);
        return switch (figure.unit()) {
            case MILLIS -> {
                if (!MILLIS.containsKey(unit) || number == 0) {
                    throw new IllegalArgumentException(part + ": " + figure + " is a time, such as 200ms or 1.5s");
                }
                yield number * MILLIS.get(unit);
            }
            case PER_SECOND -> {
                if (!unit.isEmpty() && !unit.equals("/s") || number == 0) {
                    throw new IllegalArgumentException(part + ": " + figure + " is a number per second, such as 500");
                }
                yield number;
            }
            case GOOD_SHARE, BAD_SHARE -> {
                if (!unit.equals("%") || number > 100) {
                    throw new IllegalArgumentException(part + ": " + figure + " is a share, such as 95%");
                }
                yield number / 100;
            }
        };
    }

    /**
     * {@return whether it is met: the whole 95 % interval of the figure lies on the good side of the limit} It is not met
     * where the whole interval lies on the other, and in between it can't be told.
     *
     * @param forks for each fork, the summaries of its whole iterations
     */
    public Answer judge(Collection<List<Summary>> forks) {
        List<List<Summary>> measured = List.copyOf(forks);
        List<Summary> iterations = measured.stream().flatMap(Collection::stream).toList();
        if (iterations.isEmpty()
                || iterations.stream()
                        .anyMatch(summary -> Double.isNaN(figure.value().applyAsDouble(summary)))) {
            return new Answer(Double.NaN, Double.NaN, Double.NaN, Optional.empty(), "not measured in every iteration");
        }
        double mean = iterations.stream().mapToDouble(figure.value()).average().orElseThrow();
        if (!iterations.stream().allMatch(figure.carried())) {
            String values =
                    "it takes " + Percentiles.needed(figure.percentile().orElseThrow()) + " values in each iteration";
            return new Answer(mean, Double.NaN, Double.NaN, Optional.empty(), values);
        }
        Optional<Interval> interval = figure.interval(measured);
        if (interval.isEmpty()) {
            return new Answer(
                    mean,
                    Double.NaN,
                    Double.NaN,
                    Optional.empty(),
                    "it takes 3 iterations, or 2 forks, for an interval");
        }
        double low = interval.get().low();
        double high = interval.get().high();
        boolean met = atMost ? high <= limit : low >= limit;
        boolean missed = atMost ? low > limit : high < limit;
        return new Answer(interval.get().center(), low, high, met || missed ? Optional.of(met) : Optional.empty(), "");
    }

    @Override
    public String toString() {
        String number = trimmed(figure.unit().share() ? limit * 100 : limit);
        String unit = switch (figure.unit()) {
            case MILLIS -> "ms";
            case PER_SECOND -> "/s";
            case GOOD_SHARE, BAD_SHARE -> "%";
        };
        return figure + (atMost ? " <= " : " >= ") + number + unit;
    }

    private static String trimmed(double number) {
        double rounded = Math.rint(number * 1e6) / 1e6;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
