package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import java.util.List;
import picocli.CommandLine.Option;

/** Which result files are written. */
public final class ResultOptions extends SettingOptions {
    @Option(
            order = 1,
            names = "-rf",
            paramLabel = "FORMAT",
            description =
                    "The format of a result file: json, summary, vllm, csv, batch or svg; -lrf says what is in them.")
    void formats(List<String> texts) {
        give(Setting.RESULT_FORMAT, texts);
    }

    @Option(
            order = 2,
            names = "-rff",
            paramLabel = "FILE",
            description = "The result file; {timestamp} becomes the start of the run. -rf and -rff may be repeated as"
                    + " pairs.")
    void files(List<String> texts) {
        give(Setting.RESULT_FILE, texts);
    }

    @Option(
            order = 3,
            names = "--save-detailed",
            description = "Keep each answer's text, and requests one by one where a format can.")
    void saveDetailed(Boolean given) {
        give(Setting.SAVE_DETAILED, given);
    }

    @Option(order = 4, names = "--force", description = "Replace files that exist.")
    void force(Boolean given) {
        give(Setting.FORCE, given);
    }

    public boolean saveDetailed() {
        return flag(Setting.SAVE_DETAILED);
    }

    public boolean force() {
        return flag(Setting.FORCE);
    }
}
