package io.inferometer.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Headers as they are given, {@code name: value}, and the variables in their values. What a variable holds is put in
 * only when the header is made; it may be a secret.
 */
public final class HeaderText {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    /** Set by the transport itself. */
    private static final Set<String> TRANSPORT =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private HeaderText() {}

    /**
     * The header's value with each <code>${VAR}</code> replaced by what the variable holds.
     *
     * @param environment a variable's value by its name, null where it is unset
     */
    public static String expand(String value, UnaryOperator<String> environment) {
        return VARIABLE.matcher(value).replaceAll(match -> {
            String held = environment.apply(match.group(1));
            return Matcher.quoteReplacement(held == null ? "" : held);
        });
    }

    /** The variables in a header's value, in their order. */
    static List<String> variables(String value) {
        List<String> names = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(value);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /**
     * Splits and checks headers.
     *
     * @param origin where they come from; an error's message begins with it
     * @param environment a variable's value by its name, null where it is unset
     * @throws IllegalArgumentException if one can't be. No message has a value in it: it may be a secret
     */
    public static Map<String, String> parse(String origin, List<String> headers, UnaryOperator<String> environment) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            String name = colon < 0 ? "" : header.substring(0, colon).strip();
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(origin + " needs a name and a value, as in 'X-Team: search'");
            }
            String value = header.substring(colon + 1).strip();
            check(origin, name, value, environment);
            if (parsed.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
                throw new IllegalArgumentException(origin + " " + name + " is there twice");
            }
            parsed.put(name, value);
        }
        return parsed;
    }

    private static void check(String origin, String name, String value, UnaryOperator<String> environment) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("authorization")) {
            throw new IllegalArgumentException(
                    origin + " Authorization is made from the key: name the variable that holds it with"
                            + " --api-key-env NAME, and what carries it with --auth");
        }
        if (TRANSPORT.contains(lower)) {
            throw new IllegalArgumentException(origin + " " + name + " can't be set: the transport sets it");
        }
        for (String variable : variables(value)) {
            String held = environment.apply(variable);
            if (held == null || held.isEmpty()) {
                throw new IllegalArgumentException(origin + " " + name + ": the variable " + variable + " is not set");
            }
        }
        if (!VALUE.matcher(expand(value, environment)).matches()) {
            throw new IllegalArgumentException(
                    origin + " " + name + ": its value has a character that a header can't carry");
        }
    }
}
