package io.inferometer.report.imported;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.Flags;
import io.inferometer.report.Report;
import io.inferometer.report.RunEnd;
import io.inferometer.report.RunReport;
import io.inferometer.report.TrialReport;
import io.inferometer.report.header.RunClock;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.token.TokenAccounting;
import io.inferometer.workload.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Results of other tools that belong together: a file, or several, for the trials of a sweep. Read are those of vLLM's
 * serving benchmark and of bench_serving, its forerunner, of SGLang's, GuideLLM, AIPerf, and InferenceMAX's aggregates.
 *
 * @param name what it is shown under
 * @param files each with one trial or more
 */
public record ImportedRun(String name, List<Path> files) {
    public ImportedRun {
        files = List.copyOf(files);
    }

    /**
     * What was read.
     *
     * @param report the result, computed from the files' arrays, or as the files tell it
     * @param places where each trial was found
     * @param beside lines of the files' own figures beside it
     * @param records the requests of each trial; none of one that has summaries alone
     */
    public record Result(
            RunReport report, List<String> places, List<String> beside, List<List<RequestRecord>> records) {
        public Result {
            places = List.copyOf(places);
            beside = List.copyOf(beside);
            records = List.copyOf(records);
        }

        /** Whether there is an entry for each request. */
        public boolean detailed() {
            return records.stream().noneMatch(List::isEmpty);
        }

        /** Tells a report the run as if it happened. */
        public void tell(Report listener) throws IOException {
            TokenAccounting accounting = TokenAccounting.withoutTokenizer();
            listener.runStarted(report.header());
            for (int i = 0; i < records.size(); i++) {
                TrialHeader trial = report.header().trial(i);
                listener.trialStarted(trial);
                listener.iterationStarted(trial, false, 0);
                for (RequestRecord request : records.get(i)) {
                    listener.requestEnded(request, RequestMetrics.of(request, accounting.count(request)));
                }
            }
            listener.runEnded(report);
        }
    }

    /** Whether a file is such a result, by its keys; one that can't be read is not. */
    public static boolean reads(Path file) {
        return ForeignFile.is(file);
    }

    /** Why a file in JSON is neither such a result nor a journal; empty of any other file. */
    public static Optional<String> refusal(Path file) {
        return ForeignFile.refusal(file);
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
     * @param gpus how many GPUs the endpoint has, where the files don't tell; 0 where that is not known
     * @param objective what a request must meet to count as goodput
     * @param shown the percentiles that tables show, ascending
     * @throws IOException where a file can't be read or lacks what is needed; the message names it
     */
    public Result read(int gpus, Optional<Objective> objective, List<Double> shown) throws IOException {
        List<ForeignTrial> told = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (Path path : files) {
            List<ForeignTrial> trials = ForeignFile.read(path);
            for (int i = 0; i < trials.size(); i++) {
                places.add(path + (trials.size() == 1 ? "" : ", result " + (i + 1) + " of " + trials.size()));
            }
            told.addAll(trials);
        }
        List<TrialHeader> headers = new ArrayList<>();
        List<TrialReport> trials = new ArrayList<>();
        List<String> beside = new ArrayList<>();
        List<List<RequestRecord>> records = new ArrayList<>();
        for (ForeignTrial each : told) {
            int index = headers.size();
            headers.add(each.header(name, index, gpus, objective));
            trials.add(each.trial(headers.get(index), shown));
            records.add(each.records(index));
            List<String> own = each.beside(trials.get(index));
            if (!own.isEmpty()) {
                beside.add("");
                beside.add("What " + Path.of(places.get(index)).getFileName() + " says itself:");
                beside.addAll(own);
            }
        }
        RunHeader header = new RunHeader(
                RunHeader.Runner.UNKNOWN,
                told.stream()
                        .flatMap(each -> each.startedAt().stream())
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                RunClock.UNKNOWN,
                RunHeader.Client.UNKNOWN,
                RunHeader.Judged.NOT,
                shown,
                Duration.ZERO,
                "",
                List.of(),
                List.of(),
                headers);
        return new Result(
                new RunReport(header, trials, List.of(), RunEnd.COMPLETE, Flags.ofRun(header, trials), List.of()),
                places,
                beside,
                records);
    }
}
