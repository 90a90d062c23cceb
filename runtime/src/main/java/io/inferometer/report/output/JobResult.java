package io.inferometer.report.output;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.report.JobReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.html.HtmlPage;
import io.inferometer.report.json.JobJson;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The result file of a job of the Batch API. */
public final class JobResult {
    private JobResult() {}

    /** Why a job can't be written in a format; empty where it can. */
    public static Optional<String> refusal(ResultFormat format) {
        return format == ResultFormat.JSON || format == ResultFormat.HTML
                ? Optional.empty()
                : Optional.of(
                        "-rf " + format.name().toLowerCase(Locale.ROOT) + ": the result of a job is json or html");
    }

    /** Writes a job's result in the format that was asked for. */
    public static void write(Destination destination, JobReport job) throws IOException {
        if (destination.asked().format() == ResultFormat.HTML) {
            new HtmlPage("Batch job").job(job).write(destination);
        } else {
            JobJson.write(destination, job);
        }
    }
}
