package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import picocli.CommandLine.Option;

/** When requests are sent. */
public final class LoadOptions extends SettingOptions {
    @Option(
            order = 3,
            names = "--all-at-once",
            description = "Release every request of an iteration at the same instant.")
    void allAtOnce(Boolean given) {
        give(Setting.ALL_AT_ONCE, given);
    }

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

    @Option(
            order = 5,
            names = {"-u", "--users"},
            paramLabel = "N",
            description = "All at once, but N in flight at most: as one ends the next is sent, until none is left."
                    + " Default: all.")
    void users(String text) {
        give(Setting.USERS, text);
    }

    @Option(
            order = 6,
            names = "--spawn-rate",
            paramLabel = "N",
            description = "All at once, but beginning at N per second. Default: at one instant.")
    void spawnRate(String text) {
        give(Setting.SPAWN_RATE, text);
    }
}
