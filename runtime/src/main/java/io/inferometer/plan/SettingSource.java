package io.inferometer.plan;

import io.inferometer.annotations.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting that was given or declared, and by what. One that nobody said anything of, and that is what it is by default,
 * has none; neither has one that gave way to another.
 *
 * @param name as on the command line: {@code --concurrency}, or {@code -p isl} for a parameter
 * @param value as it was given, without what may be secret
 * @param from {@code given}, which is by the command line or the Java API, {@code environment CONC}, or {@code annotation};
 *     with {@code for Hello} behind it where it is of one workload, or of one side, of several
 */
public record SettingSource(String name, String value, String from) {
    private static final String GIVEN = "given";

    /** What a workload's annotations say. */
    public static final String ANNOTATION = "annotation";

    /**
     * {@return what gives a setting, by its text}
     *
     * @param setting which
     * @param text as it was given: what may be secret in it is left out here
     * @param from where it came from, in words
     */
    public static SettingSource of(Setting setting, String text, String from) {
        return new SettingSource(Options.name(setting), shown(setting, text), from);
    }

    /**
     * {@return what gives the values of a parameter}
     *
     * @param name the field's
     * @param values at least one
     * @param from where they came from, in words
     */
    public static SettingSource ofParam(String name, List<String> values, String from) {
        return new SettingSource("-p " + name, CommaList.join(values), from);
    }

    /**
     * {@return all that options give, a row for each text of what may be repeated}
     *
     * @param options of a command line, or of the Java API
     */
    public static List<SettingSource> given(Options options) {
        List<SettingSource> all = new ArrayList<>();
        options.settings().forEach((setting, texts) -> texts.forEach(text -> all.add(of(setting, text, GIVEN))));
        options.params().forEach((name, values) -> all.add(ofParam(name, values, GIVEN)));
        return all;
    }

    /**
     * {@return what workloads, or sides, by their names say: once what all of them say, and the rest with whose it is}
     *
     * @param each in the order in which they are told
     */
    public static List<SettingSource> together(Map<String, List<SettingSource>> each) {
        Collection<List<SettingSource>> lists = each.values();
        Set<SettingSource> all = new LinkedHashSet<>();
        each.forEach((name, own) ->
                own.forEach(one -> all.add(lists.stream().allMatch(list -> list.contains(one)) ? one : one.of(name))));
        return List.copyOf(all);
    }

    /**
     * {@return the same of one workload, or side, of several}
     *
     * @param whose its name
     */
    public SettingSource of(String whose) {
        return new SettingSource(name, value, from + " for " + whose);
    }

    /** Whether the command line, or the Java API, gives it. */
    boolean isGiven() {
        return from.equals(GIVEN);
    }

    /**
     * {@return a setting's text without what may be secret in it: the values of headers, passwords and queries of URLs}
     *
     * @param setting which decides what may be secret
     * @param text as it was given
     */
    public static String shown(Setting setting, String text) {
        return switch (setting) {
            case HEADER ->
                text.lines()
                        .filter(line -> !line.isBlank())
                        .map(SettingSource::headerName)
                        .collect(Collectors.joining(", "));
            case BASE_URL, URL, PATH -> EndpointAddress.withoutSecrets(text);
            case SERVER_METRICS ->
                Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .map(EndpointAddress::withoutSecrets)
                        .collect(Collectors.joining(","));
            case JVM_ARGS -> text.replaceAll("(-D[^=\\s]*=)\\S*", "$1...");
            default -> text;
        };
    }

    private static String headerName(String header) {
        int colon = header.indexOf(':');
        return colon < 0 ? "..." : header.substring(0, colon).strip() + ": ...";
    }
}
