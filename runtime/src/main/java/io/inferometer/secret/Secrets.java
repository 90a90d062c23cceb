package io.inferometer.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the values of a run's secret variables out of every text that is shown or kept: an endpoint may repeat the key
 * in its error, and so may the text of an exception.
 *
 * <p>Immutable; {@code toString} does not tell them either.
 */
public final class Secrets {
    private static final String MASK = "***";
    private static final Pattern SECRET_HEADER =
            Pattern.compile("key|token|secret|auth|cookie|password", Pattern.CASE_INSENSITIVE);

    /** Shorter values are masked only where they stand alone: each letter of a text would be one otherwise. */
    private static final int LONG_ENOUGH = 8;

    /** A first part of a secret that is shorter tells too little of it to be one. */
    private static final int TELLING = 4;

    /** The end of a text that was cut. */
    private static final char CUT = '…';

    private final List<Pattern> patterns;
    private final List<String> spellings;

    private Secrets(Set<String> values) {
        this.spellings = values.stream()
                .filter(value -> !value.isBlank())
                .flatMap(Secrets::spellings)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        this.patterns = spellings.stream().map(Secrets::pattern).toList();
    }

    /** A value as it is, and as it stands in JSON, in a URL and in a page. */
    private static Stream<String> spellings(String value) {
        return Stream.of(
                value,
                value.replace("\\", "\\\\").replace("\"", "\\\""),
                value.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"),
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                value.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;"));
    }

    /**
     * What requests carry: keys, the variables of headers, and headers whose names tell of a secret.
     *
     * @param keys the names of the variables that hold keys; an empty one is none
     * @param headers headers by name, as {@link HeaderText} reads them
     * @param environment a variable's value by its name, null where it is unset
     */
    public static Secrets of(
            Collection<String> keys, Collection<Map<String, String>> headers, UnaryOperator<String> environment) {
        Set<String> values = new LinkedHashSet<>();
        keys.forEach(key -> add(values, key, environment));
        headers.forEach(some -> some.forEach((name, value) -> {
            HeaderText.variables(value).forEach(variable -> add(values, variable, environment));
            if (SECRET_HEADER.matcher(name).find()) {
                values.add(HeaderText.expand(value, environment));
            }
        }));
        return new Secrets(values);
    }

    /**
     * The first header whose name tells of a secret and whose value is one as it stands, not a variable's.
     *
     * @param headers by name, as {@link HeaderText} reads them
     */
    public static Optional<String> spelledOut(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> SECRET_HEADER.matcher(header.getKey()).find())
                .filter(header -> HeaderText.variables(header.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a header's value is made of variables, which may hold secrets. */
    public static boolean ofVariables(String headerValue) {
        return !HeaderText.variables(headerValue).isEmpty();
    }

    /** One secret, by its value. */
    public static Secrets of(String value) {
        return new Secrets(Set.of(value));
    }

    /** No secrets. */
    public static Secrets none() {
        return new Secrets(Set.of());
    }

    /** The text with each secret replaced by {@code ***}. */
    public String redact(String text) {
        String redacted = text;
        for (Pattern pattern : patterns) {
            redacted = pattern.matcher(redacted).replaceAll(Matcher.quoteReplacement(MASK));
        }
        return redactedWhereCut(redacted);
    }

    /** Where a message was cut to a line, the first part of a secret may be left. */
    private String redactedWhereCut(String text) {
        String redacted = text;
        for (int cut = text.indexOf(CUT); cut >= 0; cut = redacted.indexOf(CUT, cut + 1)) {
            int from = cut - cutSecret(redacted, cut);
            if (from < cut) {
                redacted = redacted.substring(0, from) + MASK + redacted.substring(cut);
                cut = from + MASK.length();
            }
        }
        return redacted;
    }

    /** How long the part of a secret is that ends there; 0 where none does. */
    private int cutSecret(String text, int end) {
        for (String secret : spellings) {
            for (int length = Math.min(secret.length() - 1, end); length >= TELLING; length--) {
                if (text.startsWith(secret.substring(0, length), end - length)) {
                    return length;
                }
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return patterns.size() + " secrets";
    }

    private static void add(Set<String> values, String variable, UnaryOperator<String> environment) {
        String value = variable.isEmpty() ? null : environment.apply(variable);
        if (value != null) {
            values.add(value);
        }
    }

    private static Pattern pattern(String value) {
        String literal = Pattern.quote(value);
        return Pattern.compile(
                value.length() >= LONG_ENOUGH ? literal : "(?<![A-Za-z0-9_-])" + literal + "(?![A-Za-z0-9_-])");
    }
}
