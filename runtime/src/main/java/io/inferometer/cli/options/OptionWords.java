package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.CommaList;
import io.inferometer.plan.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a command line that ask for what options do: read again, they are equal options. */
public final class OptionWords {
    private OptionWords() {}

    /** The words, without a subcommand's name; each option is one word with its value, and workloads come last. */
    public static List<String> of(Options options) {
        List<String> words = new ArrayList<>();
        options.settings().forEach((setting, texts) -> texts.forEach(text -> words.add(word(setting, text))));
        options.params().forEach((name, values) -> words.add("-p=" + name + '=' + CommaList.join(values)));
        options.excludes().forEach(regex -> words.add("-e=" + regex));
        if (!options.resume().isEmpty()) {
            words.add("--resume=" + options.resume());
        }
        if (options.workloads().stream().anyMatch(regex -> regex.startsWith("-"))) {
            words.add("--");
        }
        words.addAll(options.workloads());
        return words;
    }

    private static String word(Setting setting, String text) {
        String name = Options.name(setting);
        if (!Options.isFlag(setting)) {
            return name + '=' + text;
        }
        // A text that is no flag's has been refused by the plan.
        if (Set.of("true", "1").contains(text.strip().toLowerCase(Locale.ROOT))) {
            return name;
        }
        return setting == Setting.STREAMING ? "--no-streaming" : name + "=false";
    }
}
