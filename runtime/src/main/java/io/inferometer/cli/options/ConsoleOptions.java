package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import picocli.CommandLine.Option;

/** Where the text of a run goes, and how much of it there is. */
public final class ConsoleOptions extends SettingOptions {
    @Option(order = 1, names = "-o", paramLabel = "FILE", description = "Write the console's text to a file.")
    void output(String text) {
        give(Setting.OUTPUT, text);
    }

    @Option(
            order = 2,
            names = "-v",
            paramLabel = "MODE",
            description = "How much is told: SILENT, NORMAL, or EXTRA with each failed request and stack traces.")
    void verbosity(String text) {
        give(Setting.VERBOSITY, text);
    }

    @Option(
            order = 3,
            names = "--dialect",
            paramLabel = "NAME[,NAME...]",
            description = "Tell the run in other tools' words too: vllm, bench_serving, guidellm, aiperf.")
    void dialect(String text) {
        give(Setting.DIALECT, text);
    }
}
