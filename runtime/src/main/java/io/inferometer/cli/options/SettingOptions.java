package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A group of options that give settings; the texts are kept as they are, for the plan to read. */
abstract class SettingOptions {
    private final Map<Setting, List<String>> given = new EnumMap<>(Setting.class);

    /** Keeps a text; picocli passes null for what is not given. */
    final void give(Setting setting, String text) {
        if (text != null) {
            given.computeIfAbsent(setting, none -> new ArrayList<>()).add(text);
        }
    }

    /** Keeps a flag; picocli passes null for what is not given. */
    final void give(Setting setting, Boolean flag) {
        give(setting, flag == null ? null : flag.toString());
    }

    /** Keeps what may be repeated; picocli passes all of it again with each. */
    final void give(Setting setting, List<String> texts) {
        if (texts != null) {
            given.put(setting, List.copyOf(texts));
        }
    }

    /** Whether a flag was given, and true. */
    final boolean flag(Setting setting) {
        return given.getOrDefault(setting, List.of()).contains("true");
    }

    /** Adds what was given. */
    public void addTo(Options.Builder options) {
        given.forEach((setting, texts) -> texts.forEach(text -> options.set(setting, text)));
    }
}
