package io.inferometer.report.header;

import io.inferometer.report.text.Format;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Tells the trials of a run apart by what varies between them. */
public final class TrialNames {
    private final RunHeader header;
    private final boolean workloadVaries;
    private final boolean loadVaries;
    private final boolean forkVaries;
    private final boolean sideVaries;
    /** Names of parameters that don't have one value in all trials, in declared order. */
    private final List<String> varying;

    private TrialNames(RunHeader header) {
        this.header = header;
        workloadVaries = varies(TrialHeader::workload);
        loadVaries = varies(TrialHeader::load);
        forkVaries = varies(TrialHeader::fork);
        sideVaries = varies(TrialHeader::side);
        Set<String> names = new LinkedHashSet<>();
        header.trials().forEach(trial -> names.addAll(trial.params().keySet()));
        varying = names.stream()
                .filter(name -> varies(trial -> trial.params().getOrDefault(name, "")))
                .toList();
    }

    /**
     * {@return names that tell the trials of a run apart}
     *
     * @param header of the run
     */
    public static TrialNames of(RunHeader header) {
        return new TrialNames(header);
    }

    private boolean varies(Function<TrialHeader, Object> what) {
        return header.trials().stream().map(what).distinct().count() > 1;
    }

    /** {@return names of the parameters that vary} */
    public List<String> varyingParams() {
        return varying;
    }

    /** {@return whether trials are of two sides} */
    public boolean sided() {
        return sideVaries;
    }

    /**
     * {@return the side of a trial, {@code A} or {@code B}; empty where that need not be told}
     *
     * @param trial one of the run's
     */
    public String side(TrialHeader trial) {
        return sideVaries ? trial.side().map(side -> side.letter().name()).orElse("") : "";
    }

    /**
     * {@return what tells this trial apart, for a sentence: {@code concurrency 8, isl = 256}; empty for the only one}
     *
     * @param trial one of the run's
     */
    public String label(TrialHeader trial) {
        List<String> parts = new ArrayList<>();
        if (sideVaries) {
            parts.add(side(trial));
        }
        if (workloadVaries) {
            parts.add(trial.workload());
        }
        if (loadVaries) {
            parts.add(loadLabel(trial.load()));
        }
        varying.forEach(name -> value(trial, name).ifPresent(value -> parts.add(name + " = " + value)));
        if (forkVaries) {
            parts.add("fork " + (trial.fork() + 1));
        }
        return String.join(", ", parts);
    }

    /**
     * {@return the workload and what varies of its parameters: what has a curve of its own}
     *
     * @param trial one of the run's
     */
    public String work(TrialHeader trial) {
        List<String> parts = new ArrayList<>();
        if (sideVaries) {
            parts.add(side(trial));
        }
        parts.add(trial.workload());
        varying.forEach(name -> value(trial, name).ifPresent(value -> parts.add(name + " = " + value)));
        return String.join(", ", parts);
    }

    private static String loadLabel(Load load) {
        if (load instanceof Load.Closed closed) {
            return "concurrency " + closed.concurrency();
        }
        if (load instanceof Load.Replay replay) {
            return "speed " + Format.plain(replay.speed());
        }
        return load instanceof Load.Open open ? Format.rate(open) + " requests/s" : Format.load(load);
    }

    /**
     * {@return a path, with what tells this trial apart before its ending: {@code out-c8-isl256.json}}
     *
     * @param path of a file
     * @param trial one of the run's
     */
    public Path sibling(Path path, TrialHeader trial) {
        String suffix = suffix(trial);
        boolean unique = header.trials().stream()
                        .filter(other -> suffix(other).equals(suffix))
                        .count()
                == 1;
        String file = path.getFileName().toString();
        int dot = file.lastIndexOf('.');
        int end = dot <= 0 ? file.length() : dot;
        return path.resolveSibling(
                file.substring(0, end) + suffix + (unique ? "" : "-t" + trial.index()) + file.substring(end));
    }

    private String suffix(TrialHeader trial) {
        StringBuilder suffix = new StringBuilder();
        if (sideVaries) {
            suffix.append('-').append(side(trial).toLowerCase(Locale.ROOT));
        }
        if (workloadVaries) {
            suffix.append('-').append(trial.workload());
        }
        if (loadVaries) {
            suffix.append('-').append(loadSuffix(trial.load()));
        }
        varying.forEach(name -> value(trial, name)
                .ifPresent(value -> suffix.append('-').append(name).append(value)));
        if (forkVaries) {
            suffix.append("-f").append(trial.fork() + 1);
        }
        return suffix.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static String loadSuffix(Load load) {
        if (load instanceof Load.Closed closed) {
            return "c" + closed.concurrency();
        }
        if (load instanceof Load.Open open) {
            return "r" + Format.rate(open);
        }
        if (load instanceof Load.AtOnce) {
            return "all";
        }
        if (load instanceof Load.Replay replay) {
            return "x" + Format.plain(replay.speed());
        }
        if (load instanceof StagedLoad) {
            return "stages";
        }
        throw new IllegalArgumentException("no such load: " + load);
    }

    private static Optional<String> value(TrialHeader trial, String param) {
        return Optional.ofNullable(trial.params().get(param));
    }
}
