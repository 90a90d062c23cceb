package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import java.util.EnumMap;
import java.util.Map;

/** A group of options that give settings; the texts are kept as they are, for the plan to read. */
abstract class SettingOptions {
    private final Map<Setting, String> given = new EnumMap<>(Setting.class);

    /** Keeps a text; picocli passes null for what is not given. */
    final void give(Setting setting, String text) {
        if (text != null) {
            given.put(setting, text);
        }
    }

    /** Adds what was given. */
    public void addTo(Options.Builder options) {
        given.forEach(options::set);
    }
}
