package io.inferometer.report.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import java.io.IOException;

/** The native result: everything there is to know of a run, by the schema {@code result-schema-2.json}. */
public record JsonReport(Destination destination) implements ResultReport {
    /** The result as a tree, of which the caller may change what it likes. */
    public static ObjectNode tree(RunReport report) {
        return RunJson.of(report);
    }

    /** The result as a file holds it. */
    public static byte[] bytes(RunReport report) {
        return ResultJson.bytes(RunJson.of(report));
    }

    @Override
    public void runEnded(RunReport report) throws IOException {
        destination.write(bytes(report));
    }
}
