package io.inferometer.plan.ab;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a side is asked for: its own options over those that both have. */
final class Overlay {
    /** What is of the whole: how it runs, what is drawn, how it is judged, what is told and written. */
    private static final Set<Setting> OF_THE_WHOLE = EnumSet.of(
            Setting.UNTIL,
            Setting.AT_MOST,
            Setting.RUN_TIME,
            Setting.GRACE,
            Setting.PAUSE,
            Setting.FORKS,
            Setting.MEMBERS,
            Setting.ON_LOST_AGENT,
            Setting.SEED,
            Setting.SAME_PROMPTS,
            Setting.SLO,
            Setting.REQUIRE,
            Setting.PERCENTILES,
            Setting.MAX_FAILURES,
            Setting.FAIL_ON_ERROR,
            Setting.STRICT,
            Setting.RESULT_FILE,
            Setting.RESULT_FORMAT,
            Setting.SAVE_DETAILED,
            Setting.FORCE,
            Setting.JOURNAL,
            Setting.NO_JOURNAL,
            Setting.OUTPUT,
            Setting.VERBOSITY,
            Setting.DIALECT,
            Setting.LIVE,
            Setting.LIVE_OPEN,
            Setting.HEADLESS);

    /** Both sides are measured from this machine. */
    private static final Set<Setting> OF_AGENTS = EnumSet.of(Setting.AGENTS, Setting.AGENTS_EXPECTED, Setting.LISTEN);

    private Overlay() {}

    /**
     * What is common with what a side has besides, which wins.
     *
     * @param option what gave the side, for a message
     * @throws UsageException if it holds what the sides can't differ in
     */
    static Options of(Options common, Options side, String option) {
        check(side, option);
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        settings.putAll(common.settings());
        for (Set<Setting> one : Planner.alternatives()) {
            if (one.stream().anyMatch(side.settings()::containsKey)) {
                settings.keySet().removeAll(one);
            }
        }
        settings.putAll(side.settings());
        if (side.settings().containsKey(Setting.HEADER)) {
            settings.put(Setting.HEADER, headers(common.texts(Setting.HEADER), side.texts(Setting.HEADER)));
        }
        Map<String, List<String>> params = new LinkedHashMap<>(common.params());
        params.putAll(side.params());
        return new Options(
                common.workloads(), common.excludes(), settings, params, common.resume(), common.variables());
    }

    private static void check(Options side, String option) {
        String outside = "; give it outside of --a and --b";
        if (!side.workloads().isEmpty()) {
            throw new UsageException(option + ": " + side.workloads().get(0)
                    + " is no option, and both sides run one workload" + outside);
        }
        if (!side.excludes().isEmpty()) {
            throw new UsageException(option + ": both sides run one workload, so -e can't differ" + outside);
        }
        if (!side.resume().isEmpty()) {
            throw new UsageException(option + ": there is one journal, so --resume can't differ" + outside);
        }
        if (!side.variables().isEmpty()) {
            throw new UsageException(option + ": variables hold for both sides" + outside);
        }
        for (Setting setting : side.settings().keySet()) {
            if (OF_AGENTS.contains(setting)) {
                throw new UsageException(option + ": " + Options.name(setting)
                        + ": ab has no agents; both sides are measured from this machine");
            }
            if (OF_THE_WHOLE.contains(setting)) {
                throw new UsageException(
                        option + ": " + Options.name(setting) + " can't differ between the sides" + outside);
            }
        }
    }

    /** Those of both; of one name the side's. */
    private static List<String> headers(List<String> common, List<String> side) {
        List<String> own = side.stream().map(Overlay::name).toList();
        List<String> headers = new ArrayList<>(
                common.stream().filter(text -> !own.contains(name(text))).toList());
        headers.addAll(side);
        return headers;
    }

    /** The name of a header, which may be written in any case. */
    static String name(String header) {
        return header.split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
