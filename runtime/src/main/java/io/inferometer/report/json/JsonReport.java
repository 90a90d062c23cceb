package io.inferometer.report.json;

import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import java.io.IOException;

/** The native result: everything there is to know of a run, by the schema {@code result-schema-2.json}. */
public record JsonReport(Destination destination) implements ResultReport {
    @Override
    public void runEnded(RunReport report) throws IOException {
        destination.write(ResultJson.bytes(RunJson.of(report)));
    }
}
