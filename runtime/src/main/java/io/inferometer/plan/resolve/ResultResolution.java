package io.inferometer.plan.resolve;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.ResultSpec;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Decides which files a run writes. */
final class ResultResolution {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private static final Setting[] JOURNAL = {Setting.JOURNAL, Setting.NO_JOURNAL};

    private final Options options;
    private final String timestamp;

    /** @param turn which of the runs that start in this second it is, from 1: a timestamp is of one run */
    ResultResolution(Options options, ZonedDateTime startedAt, int turn) {
        this.options = options;
        this.timestamp = TIMESTAMP.format(startedAt) + (turn == 1 ? "" : "-" + turn);
    }

    /** Whether a file is named by the timestamp. */
    boolean names(Path file) {
        return file.toString().contains(timestamp);
    }

    /** The result files of one workload's run. */
    List<Plan.ResultFile> of(Layers layers, List<ResultSpec> declared) {
        return of(layers.variable(Setting.RESULT_FORMAT), layers.variable(Setting.RESULT_FILE), declared);
    }

    /** The result files where there is no workload to name any. */
    List<Plan.ResultFile> ofOptions() {
        return of(Optional.empty(), Optional.empty(), List.of());
    }

    private List<Plan.ResultFile> of(
            Optional<Given> formatVariable, Optional<Given> fileVariable, List<ResultSpec> declared) {
        int formats = options.texts(Setting.RESULT_FORMAT).size();
        int files = options.texts(Setting.RESULT_FILE).size();
        if (formats != files && Math.max(formats, files) > 1) {
            throw new UsageException("there are " + formats + " -rf and " + files
                    + " -rff; give them as pairs: -rf json -rff run.json -rf csv -rff run.csv");
        }
        if (formats > 1) {
            List<Plan.ResultFile> pairs = new ArrayList<>();
            for (int i = 0; i < formats; i++) {
                pairs.add(file(
                        format(option(Setting.RESULT_FORMAT, i)),
                        option(Setting.RESULT_FILE, i).text()));
            }
            return pairs;
        }
        Optional<Given> format = formats == 1 ? Optional.of(option(Setting.RESULT_FORMAT, 0)) : formatVariable;
        Optional<Given> file = files == 1 ? Optional.of(option(Setting.RESULT_FILE, 0)) : fileVariable;
        if (format.isEmpty() && file.isEmpty()) {
            return declared.stream()
                    .map(spec -> file(spec.format(), spec.file()))
                    .toList();
        }
        return List.of(one(format.map(ResultResolution::format), file.map(Given::text), declared));
    }

    /** The journal of the interrupted run that is gone on with, if one is. */
    Plan.Earlier earlier() {
        return options.resume().isEmpty()
                ? Plan.Earlier.NONE
                : new Plan.Earlier(Optional.of(path(options.resume())), OptionalLong.empty());
    }

    /**
     * Where the journal goes; beside the first result, if there is one.
     *
     * @param workloads what each workload of the run is told, the first that says something of it first
     */
    Optional<Path> journal(List<Plan.ResultFile> results, List<Layers> workloads) {
        if (!options.resume().isEmpty()) {
            if (workloads.get(0).option(JOURNAL).isPresent()) {
                throw new UsageException("--resume goes on with the journal that it names; give no --journal beside it,"
                        + " nor --no-journal");
            }
            return Optional.of(path(options.resume()));
        }
        Optional<Given> given = workloads.stream()
                .flatMap(layers -> layers.first(JOURNAL).stream())
                .findFirst();
        if (given.isPresent()) {
            return given.filter(it -> it.setting() == Setting.JOURNAL).map(it -> path(it.text()));
        }
        String name = results.isEmpty()
                ? "inferometer-{timestamp}"
                : results.get(0).path().toString();
        return Optional.of(path(name + ".journal.jsonl"));
    }

    /** What is given of format and file, the rest from a declaration unless the file's ending speaks against it. */
    private Plan.ResultFile one(Optional<ResultFormat> format, Optional<String> file, List<ResultSpec> declared) {
        if (format.isPresent() && file.isPresent()) {
            return file(format.get(), file.get());
        }
        if (file.isPresent()) {
            return file(
                    declared.stream()
                            .map(ResultSpec::format)
                            .filter(wanted -> fits(wanted, file.get()))
                            .findFirst()
                            .orElseGet(() -> byEnding(file.get())),
                    file.get());
        }
        ResultFormat wanted = format.orElseThrow();
        return file(
                wanted,
                declared.stream()
                        .sorted(Comparator.comparing(spec -> spec.format() != wanted))
                        .map(ResultSpec::file)
                        .filter(name -> fits(wanted, name))
                        .findFirst()
                        .orElse("inferometer-{timestamp}" + ending(wanted)));
    }

    private Plan.ResultFile file(ResultFormat format, String file) {
        return new Plan.ResultFile(format, path(file));
    }

    private Path path(String file) {
        if (file.isBlank()) {
            throw new UsageException("the name of a result file or journal is empty");
        }
        try {
            return Path.of(file.replace("{timestamp}", timestamp));
        } catch (InvalidPathException e) {
            throw new UsageException(Given.oneLine(file) + " can't be the name of a file: " + e.getReason());
        }
    }

    private static ResultFormat byEnding(String file) {
        if (ending(file, ".jsonl")) {
            return ResultFormat.REQUESTS;
        }
        return Stream.of(
                        ResultFormat.CSV,
                        ResultFormat.SVG,
                        ResultFormat.HTML,
                        ResultFormat.JUNIT,
                        ResultFormat.MARKDOWN,
                        ResultFormat.PROMETHEUS)
                .filter(format -> ending(file, ending(format)))
                .findFirst()
                .orElse(ResultFormat.JSON);
    }

    private Given option(Setting setting, int index) {
        return Given.option(setting, options.texts(setting).get(index));
    }

    private static ResultFormat format(Given given) {
        return given.choice(ResultFormat.class);
    }

    private static boolean fits(ResultFormat format, String file) {
        return Stream.of(
                        ".json",
                        ".csv",
                        ".svg",
                        ".html",
                        ".xml",
                        ".md",
                        ".prom",
                        format == ResultFormat.REQUESTS ? ".json" : ".jsonl")
                .filter(ending -> !ending.equals(ending(format)))
                .noneMatch(ending -> ending(file, ending));
    }

    private static String ending(ResultFormat format) {
        return switch (format) {
            case JSON, SUMMARY, VLLM -> ".json";
            case CSV, BATCH, REQUESTS -> ".csv";
            case PROMETHEUS -> ".prom";
            case SVG -> ".svg";
            case HTML -> ".html";
            case JUNIT -> ".xml";
            case MARKDOWN -> ".md";
        };
    }

    private static boolean ending(String file, String ending) {
        return file.toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
