package io.inferometer.cli;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.report.console.ConsoleReport;
import io.inferometer.report.imported.ImportedRun;
import io.inferometer.report.output.Reports;
import io.inferometer.report.output.ResultFiles;
import io.inferometer.workload.Objective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shows a run of another tool, and converts it.
 *
 * @param gpus how many GPUs its endpoint has, where it does not say; 0 if that is not known
 * @param objective judges its requests, where it has an entry for each
 * @param shown the percentiles that are shown; empty for those of our own runs
 * @param force whether files that exist are replaced
 * @param saveDetailed whether a result holds the requests one by one
 */
record ImportedReport(
        int gpus, Optional<Objective> objective, Optional<List<Double>> shown, boolean force, boolean saveDetailed) {
    private static final Set<ResultFormat> ROWS =
            EnumSet.of(ResultFormat.CSV, ResultFormat.BATCH, ResultFormat.REQUESTS);

    /**
     * What came of one.
     *
     * @param written whether all its files have been
     */
    record Told(RunReport run, boolean written) {}

    /** @throws UsageException where it can't be read, or has no place in what is wanted of it */
    Told tell(ImportedRun run, ConsoleReport console, List<Plan.ResultFile> wanted) throws IOException {
        ImportedRun.Result result;
        try {
            result = run.read(gpus, objective, shown.orElse(Plan.PERCENTILES));
        } catch (IOException e) {
            throw new UsageException(e.getMessage());
        }
        if (!result.detailed()) {
            checkSummaries(run.files().get(0), wanted);
        }
        ResultFiles files = new ResultFiles(wanted, result.report().header(), force, saveDetailed);
        files.check();
        console.show(result);
        try (Reports written = new Reports(List.of(new Written(console)), files)) {
            result.tell(written);
            return new Told(result.report(), written.problems().isEmpty());
        }
    }

    /** What other tools tell of a whole run has no place in a row for each request. */
    private void checkSummaries(Path file, List<Plan.ResultFile> wanted) {
        String lacking = file + " has no entry for each request: ";
        if (objective.isPresent()) {
            throw new UsageException(lacking + "goodput by --slo can't be computed");
        }
        for (Plan.ResultFile result : wanted) {
            if (ROWS.contains(result.format())) {
                throw new UsageException(lacking + "there are no rows for " + result.path()
                        + "; -rf json, summary, vllm and svg can be had");
            }
        }
        if (saveDetailed) {
            throw new UsageException(lacking + "--save-detailed has nothing to save");
        }
    }

    /**
     * Told of the result files of a run that is shown otherwise.
     *
     * @param console where that is said
     */
    private record Written(ConsoleReport console) implements Report {
        @Override
        public void written(ResultFormat format, Path file) {
            console.written(format, file);
        }

        @Override
        public void problem(String line) {
            console.problem(line);
        }
    }
}
