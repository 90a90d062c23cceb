package io.inferometer.plan.ab;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.CommaList;
import io.inferometer.plan.Options;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Trial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What two sides differ in, and what gave it; values that may be secret are left out. */
final class SideDifferences {
    private final AbOptions options;
    private final Options a;
    private final Options b;

    /** @param a all that A was asked for */
    SideDifferences(AbOptions options, Options a, Options b) {
        this.options = options;
        this.a = a;
        this.b = b;
    }

    /** A line each: {@code --transport: jdk in A (for both), nio in B (--b)}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            if (!a.texts(setting).equals(b.texts(setting))) {
                lines.add(Options.name(setting) + ": " + side(Trial.Letter.A, a, setting) + ", "
                        + side(Trial.Letter.B, b, setting));
            }
        }
        Set<String> params = new LinkedHashSet<>(a.params().keySet());
        params.addAll(b.params().keySet());
        for (String param : params) {
            if (!values(a, param).equals(values(b, param))) {
                lines.add("-p " + param + ": " + param(Trial.Letter.A, a, param) + ", "
                        + param(Trial.Letter.B, b, param));
            }
        }
        return lines;
    }

    private String side(Trial.Letter letter, Options side, Setting setting) {
        String text = side.texts(setting).stream()
                .map(value -> SettingSource.shown(setting, value))
                .collect(Collectors.joining(", "));
        return told(
                letter,
                side.texts(setting).isEmpty() ? Optional.empty() : Optional.of(text),
                options.side(letter).settings().containsKey(setting));
    }

    private String param(Trial.Letter letter, Options side, String param) {
        Optional<String> text = values(side, param).map(CommaList::join);
        return told(letter, text, options.side(letter).params().containsKey(param));
    }

    private static String told(Trial.Letter letter, Optional<String> text, boolean own) {
        return text.map(value -> value + " in " + letter + (own ? " (--" + letter.label() + ")" : " (for both)"))
                .orElse("not given in " + letter);
    }

    private static Optional<List<String>> values(Options side, String param) {
        return Optional.ofNullable(side.params().get(param));
    }
}
