package io.inferometer.report.imported;

import io.inferometer.report.Flags;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.RunClock;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results of vLLM's serving benchmark, or of bench_serving, its forerunner, that belong together: a file for each trial
 * of a sweep.
 *
 * @param name what it is shown under
 * @param files one for each trial
 */
public record ImportedRun(String name, List<Path> files) {
    public ImportedRun {
        files = List.copyOf(files);
    }

    /**
     * What was read.
     *
     * @param report the result, computed from the files' arrays
     * @param beside lines of the files' own figures beside it
     */
    public record Result(RunReport report, List<String> beside) {
        public Result {
            beside = List.copyOf(beside);
        }
    }

    /** Whether a file is such a result, by its keys; one that can't be read is not. */
    public static boolean reads(Path file) {
        return VllmFile.is(file);
    }

    /**
     * The runs of files: those whose names differ by their last number alone, and that stand in one directory, are one
     * run, which has a {@code *} for the number in its name.
     */
    public static List<ImportedRun> of(List<Path> files) {
        Map<Path, List<Path>> alike = new LinkedHashMap<>();
        for (Path file : files) {
            alike.computeIfAbsent(file.resolveSibling(pattern(file)), key -> new ArrayList<>())
                    .add(file);
        }
        return alike.values().stream()
                .map(group -> new ImportedRun(
                        group.size() > 1
                                ? pattern(group.get(0)).replace('#', '*')
                                : group.get(0).getFileName().toString(),
                        group))
                .toList();
    }

    private static String pattern(Path file) {
        return file.getFileName().toString().replaceFirst("[0-9]+(?=[^0-9]*$)", "#");
    }

    /**
     * Computes the run's result.
     *
     * @param gpus how many GPUs the endpoint has; 0 where that is not known
     * @param shown the percentiles that tables show, ascending
     * @throws IOException where a file can't be read or lacks its arrays; the message names it
     */
    public Result read(int gpus, List<Double> shown) throws IOException {
        List<TrialHeader> headers = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        List<TrialReport> trials = new ArrayList<>();
        for (Path path : files) {
            VllmFile file = VllmFile.read(path);
            TrialHeader header = file.header(name, headers.size(), gpus);
            headers.add(header);
            TrialReport trial = file.trial(header, shown);
            trials.add(trial);
            beside.add("");
            beside.add("What " + path.getFileName() + " says itself:");
            beside.addAll(file.beside(trial.summary()));
        }
        RunHeader header = new RunHeader(
                RunHeader.Runner.UNKNOWN,
                Instant.EPOCH,
                RunClock.UNKNOWN,
                RunHeader.Client.UNKNOWN,
                0,
                shown,
                Duration.ZERO,
                "",
                List.of(),
                headers);
        return new Result(
                new RunReport(header, trials, List.of(), RunEnd.COMPLETE, Flags.ofRun(header, trials)), beside);
    }
}
