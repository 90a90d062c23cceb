package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which result files are written. */
public final class ResultOptions {
    @Option(
            names = "-rf",
            paramLabel = "FORMAT",
            description =
                    "The format of a result file: json, summary, vllm, csv, batch or svg; -lrf says what is in them.")
    private List<String> formats = new ArrayList<>();

    @Option(
            names = "-rff",
            paramLabel = "FILE",
            description = "The result file; {timestamp} becomes the start of the run. -rf and -rff may be repeated as"
                    + " pairs.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--save-detailed",
            description = "Keep each answer's text, and requests one by one where a format can.")
    private boolean saveDetailed;

    @Option(names = "--force", description = "Replace files that exist.")
    private boolean force;

    public boolean saveDetailed() {
        return saveDetailed;
    }

    public boolean force() {
        return force;
    }

    public void addTo(Options.Builder options) {
        formats.forEach(format -> options.set(Setting.RESULT_FORMAT, format));
        files.forEach(file -> options.set(Setting.RESULT_FILE, file));
        if (saveDetailed) {
            options.saveDetailed();
        }
        if (force) {
            options.force();
        }
    }
}
