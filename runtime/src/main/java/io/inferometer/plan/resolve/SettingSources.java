package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.DeclaredSettings;
import io.inferometer.plan.Options;
import io.inferometer.plan.SettingSource;
import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what a workload's variables and annotations say of a run, where nothing above them says otherwise. */
final class SettingSources {
    /** What says a thing once: each stands for the others. */
    private static final List<Set<Setting>> ALTERNATIVES = Stream.concat(
                    Planner.alternatives().stream(), Stream.of(EnumSet.of(Setting.JOURNAL, Setting.NO_JOURNAL)))
            .toList();

    private static final Set<Setting> OF_A_LOAD =
            EnumSet.of(Setting.USERS, Setting.SPAWN_RATE, Setting.SPEED, Setting.MAX_IDLE);
    private static final Set<Setting> SPREAD = EnumSet.of(Setting.ARRIVALS, Setting.BURSTINESS);
    private static final Set<Setting> OPEN = EnumSet.of(Setting.RATE, Setting.RAMP_UP_STRATEGY, Setting.STAGES);
    private static final Set<Setting> RESULTS = EnumSet.of(Setting.RESULT_FORMAT, Setting.RESULT_FILE);
    private static final Set<Setting> MEASURED =
            EnumSet.of(Setting.ITERATIONS, Setting.REQUESTS, Setting.REQUESTS_PER_SLOT, Setting.SESSIONS, Setting.TIME);

    private final Options options;
    private final Layers layers;
    private final WorkloadDescriptor workload;
    private final Set<Setting> leftOut;

    SettingSources(Options options, Layers layers, WorkloadDescriptor workload) {
        this.options = options;
        this.layers = layers;
        this.workload = workload;
        this.leftOut = new EndpointResolution(layers, workload, note -> {}).leftOut();
    }

    /** In the order of settings, parameters last. */
    List<SettingSource> belowOptions() {
        Options declared = DeclaredSettings.of(workload);
        List<SettingSource> all = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            Optional<Given> given = layers.first(alternatives(setting));
            boolean noPage = setting == Setting.LIVE && options.flag(Setting.HEADLESS);
            if (noPage
                    || leftOut.contains(setting)
                    || given.filter(it -> it.layer() == Layer.OPTION).isPresent()) {
                continue;
            }
            if (given.isPresent()) {
                given.filter(variable -> variable.setting() == setting)
                        .ifPresent(variable -> all.add(
                                SettingSource.of(setting, variable.text(), "environment " + variable.source())));
            } else if (!overruled(setting)) {
                declared.texts(setting)
                        .forEach(text -> all.add(SettingSource.of(setting, text, SettingSource.ANNOTATION)));
            }
        }
        workload.params().stream()
                .filter(param -> !options.params().containsKey(param.name()))
                .forEach(param -> all.add(of(param)));
        return all;
    }

    private SettingSource of(ParamSpec param) {
        String variable = layers.value(param.env());
        return variable.isBlank()
                ? SettingSource.ofParam(param.name(), param.values(), SettingSource.ANNOTATION)
                : new SettingSource("-p " + param.name(), variable, "environment " + param.env());
    }

    private static Setting[] alternatives(Setting setting) {
        return ALTERNATIVES.stream()
                .filter(one -> one.contains(setting))
                .findFirst()
                .map(one -> one.toArray(Setting[]::new))
                .orElse(new Setting[] {setting});
    }

    /** Whether what is declared of a setting gives way to another setting that a layer above says. */
    private boolean overruled(Setting setting) {
        Optional<Setting> load = layers.first(LoadResolution.LOAD_OR_STAGES).map(Given::setting);
        if (SPREAD.contains(setting)) {
            return load.filter(it -> !OPEN.contains(it)).isPresent() || said(SPREAD) || said(Set.of(Setting.SPEED));
        }
        if (OF_A_LOAD.contains(setting)) {
            return load.filter(it -> it != Setting.ALL_AT_ONCE).isPresent();
        }
        if (MEASURED.contains(setting)) {
            return load.filter(it -> it == Setting.STAGES).isPresent();
        }
        if (RESULTS.contains(setting)) {
            return said(RESULTS);
        }
        return Set.of(LoadResolution.LOAD_OR_STAGES).contains(setting) && said(Set.of(Setting.SPEED));
    }

    private boolean said(Set<Setting> any) {
        return any.stream().anyMatch(setting -> layers.first(setting).isPresent());
    }
}
