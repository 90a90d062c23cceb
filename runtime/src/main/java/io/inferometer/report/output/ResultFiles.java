package io.inferometer.report.output;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.chart.SvgReport;
import io.inferometer.report.compare.SheetReport;
import io.inferometer.report.csv.CsvColumn;
import io.inferometer.report.csv.CsvReport;
import io.inferometer.report.csv.RequestColumns;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.Replacement;
import io.inferometer.report.file.ResultFileException;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.header.TrialNames;
import io.inferometer.report.html.HtmlReport;
import io.inferometer.report.json.JsonReport;
import io.inferometer.report.json.SummaryReport;
import io.inferometer.report.json.VllmReport;
import io.inferometer.report.prometheus.PrometheusReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The result files of a run. Nothing that exists is replaced unless that is asked for.
 *
 * <p>The formats that hold one trial get one file for each, with a suffix that says what varies ({@code out-c8.json}).
 */
public final class ResultFiles {
    private final List<ResultFile> results;
    private final RunHeader header;
    private final boolean force;
    private final boolean detailed;
    private final String keeping;

    /**
     * @param results the files that are asked for
     * @param header the run
     * @param force whether files that exist are replaced
     * @param detailed whether a result holds the requests one by one where its format has a place for them
     */
    public ResultFiles(List<ResultFile> results, RunHeader header, boolean force, boolean detailed) {
        this(results, header, force, detailed, "");
    }

    /**
     * @param keeping what is said of files that stay whatever is replaced
     */
    private ResultFiles(List<ResultFile> results, RunHeader header, boolean force, boolean detailed, String keeping) {
        this.results = List.copyOf(results);
        this.header = header;
        this.force = force;
        this.detailed = detailed;
        this.keeping = keeping;
    }

    /** The result files of a plan whose header is given. */
    public static ResultFiles of(Plan plan, RunHeader header) {
        return new ResultFiles(
                plan.files().results(),
                header,
                plan.files().force(),
                plan.files().saveDetailed(),
                plan.resumes() ? "; the journal of --resume stays" : "");
    }

    /**
     * Makes sure, before anything is sent, that each file can be written: makes missing directories, and tries each with
     * a file that it removes again.
     *
     * @throws ResultFileException if one can't, exists already, or is asked for twice
     */
    public void check() throws ResultFileException {
        Set<Path> seen = new HashSet<>();
        for (ResultFile result : results) {
            for (Path path : paths(result)) {
                if (!seen.add(path.toAbsolutePath().normalize())) {
                    throw new ResultFileException(path + " is asked for twice: give each -rff a path of its own");
                }
                check(path);
            }
        }
    }

    private void check(Path path) throws ResultFileException {
        if (Files.isDirectory(path)) {
            throw new ResultFileException(path + " is a directory: give -rff a file");
        }
        if (Files.exists(path)) {
            if (!force) {
                throw new ResultFileException(path + " exists: give another -rff, or --force to replace it" + keeping);
            }
            if (!Files.isRegularFile(path)) {
                throw new ResultFileException(path + " is not a regular file: give another -rff");
            }
        }
        try {
            Replacement.tryOut(path);
        } catch (IOException e) {
            throw new ResultFileException(
                    "cannot write " + path + ": " + Replacement.reason(path, e) + ": give another -rff", e);
        }
    }

    /** The files of one result. */
    private List<Path> paths(ResultFile result) {
        return perTrial(result.format())
                ? header.trials().stream().map(trial -> path(result, trial)).toList()
                : List.of(result.path());
    }

    private static boolean perTrial(ResultFormat format) {
        return format == ResultFormat.SUMMARY || format == ResultFormat.VLLM;
    }

    /** The file of one trial: the one asked for, with the trial's suffix where there are several trials. */
    private Path path(ResultFile result, TrialHeader trial) {
        return TrialNames.of(header).sibling(result.path(), trial);
    }

    /** A report for each result. */
    List<ResultReport> reports() {
        return results.stream().map(this::report).toList();
    }

    private ResultReport report(ResultFile result) {
        Destination destination = new Destination(result, trial -> path(result, trial), force);
        return switch (result.format()) {
            case JSON -> new JsonReport(destination);
            case SUMMARY -> new SummaryReport(destination);
            case VLLM -> new VllmReport(destination, detailed);
            case CSV -> new CsvReport(destination, CsvColumn::all);
            case BATCH -> new CsvReport(destination, CsvColumn::batch);
            case REQUESTS -> new CsvReport(destination, RequestColumns::of);
            case PROMETHEUS -> new PrometheusReport(destination);
            case SVG -> new SvgReport(destination);
            case HTML -> new HtmlReport(destination);
            case JUNIT, MARKDOWN -> new SheetReport(destination);
        };
    }
}
