package io.inferometer.report.json;

import io.inferometer.plan.Plan.ResultFile;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Replacement;
import io.inferometer.report.file.ResultReport;
import java.io.IOException;

/** The native result: everything there is to know of a run, by the schema {@code result-schema-1.json}. */
public final class JsonReport implements ResultReport {
    private final ResultFile result;
    private final boolean force;

    public JsonReport(ResultFile result, boolean force) {
        this.result = result;
        this.force = force;
    }

    @Override
    public ResultFile result() {
        return result;
    }

    @Override
    public void runEnded(RunReport report) throws IOException {
        Replacement.write(result.path(), ResultJson.bytes(RunJson.of(report)), force);
    }
}
