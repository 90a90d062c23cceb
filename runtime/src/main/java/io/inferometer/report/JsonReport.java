package io.inferometer.report;

import io.inferometer.plan.Plan.ResultFile;
import java.io.IOException;

/** The native result: everything there is to know of a run, by the schema {@code result-schema-1.json}. */
final class JsonReport implements ResultReport {
    private final ResultFile result;
    private final boolean force;

    JsonReport(ResultFile result, boolean force) {
        this.result = result;
        this.force = force;
    }

    @Override
    public ResultFile result() {
        return result;
    }

    @Override
    public void runEnded(RunReport report) throws IOException {
        Replacement.write(result.path(), Json.bytes(RunJson.of(report)), force);
    }
}
