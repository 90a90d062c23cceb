package io.inferometer.cli;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Options;
import picocli.CommandLine.Option;

/** When requests are sent. */
final class LoadOptions extends SettingOptions {
    @Option(
            order = 3,
            names = "--all-at-once",
            description = "Release every request of an iteration at the same instant.")
    private boolean allAtOnce;

    @Option(
            order = 1,
            names = "--concurrency",
            paramLabel = "N[,N...]",
            description = "A closed loop of N slots; each sends its next request the moment its last one ends.")
    void concurrency(String text) {
        give(Setting.CONCURRENCY, text);
    }

    @Option(
            order = 2,
            names = "--rate",
            paramLabel = "N[,N...]",
            description = "An open loop: N requests per second, however many are in flight.")
    void rate(String text) {
        give(Setting.RATE, text);
    }

    @Option(
            order = 4,
            names = "--arrivals",
            paramLabel = "NAME",
            description = "How the starts of an open loop are spread: poisson (the default) or constant.")
    void arrivals(String text) {
        give(Setting.ARRIVALS, text);
    }

    @Override
    void addTo(Options.Builder options) {
        super.addTo(options);
        if (allAtOnce) {
            options.allAtOnce();
        }
    }
}
