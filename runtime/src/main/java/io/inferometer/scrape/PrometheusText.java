package io.inferometer.scrape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Prometheus' text format, version 0.0.4, and what OpenMetrics adds to a line: times of samples and exemplars are left
 * out, as comments are.
 */
final class PrometheusText {
    private static final int SHOWN = 60;

    private final String line;
    private int at;

    private PrometheusText(String line) {
        this.line = line;
    }

    /**
     * The samples of a page, in its order.
     *
     * @throws IllegalArgumentException if it is none; the message tells the line
     */
    static List<Sample> parse(String page) {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (String line : page.split("\n", -1)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                try {
                    samples.add(new PrometheusText(text).sample());
                } catch (IllegalArgumentException e) {
                    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
                    throw new IllegalArgumentException("line " + number + " is no metric: " + shown, e);
                }
            }
        }
        return samples;
    }

    private Sample sample() {
        String name = name(true);
        blanks();
        Map<String, String> labels = new LinkedHashMap<>();
        if (next('{')) {
            labels(labels);
        }
        blanks();
        int from = at;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return new Sample(name, labels, value(line.substring(from, at)));
    }

    private void labels(Map<String, String> labels) {
        blanks();
        while (!next('}')) {
            String name = name(false);
            blanks();
            want('=');
            blanks();
            want('"');
            labels.put(name, quoted());
            blanks();
            if (!next(',')) {
                want('}');
                return;
            }
            blanks();
        }
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c == '\\' && at < line.length()) {
                char escaped = line.charAt(at++);
                switch (escaped) {
                    case 'n' -> text.append('\n');
                    case '"', '\\' -> text.append(escaped);
                    default -> text.append(c).append(escaped);
                }
            } else {
                text.append(c);
            }
        }
        throw new IllegalArgumentException("a label without an end");
    }

    private String name(boolean ofMetric) {
        int from = at;
        while (at < line.length() && isOfName(line.charAt(at), at == from, ofMetric)) {
            at++;
        }
        if (at == from) {
            throw new IllegalArgumentException("no name");
        }
        return line.substring(from, at);
    }

    private static boolean isOfName(char c, boolean first, boolean ofMetric) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || ofMetric && c == ':'
                || !first && c >= '0' && c <= '9';
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> number(text);
        };
    }

    /** Java reads more than numbers that stand so, such as 1f. */
    private static double number(String text) {
        if (text.isEmpty() || "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0) {
            throw new IllegalArgumentException("no value");
        }
        return Double.parseDouble(text);
    }

    private void blanks() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private boolean next(char wanted) {
        boolean there = at < line.length() && line.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void want(char wanted) {
        if (!next(wanted)) {
            throw new IllegalArgumentException("no " + wanted);
        }
    }
}
