package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import picocli.CommandLine.Option;

/** How many iterations, and how long each is. */
public final class ExtentOptions extends SettingOptions {
    @Option(
            order = 1,
            names = {"-i", "--iterations"},
            paramLabel = "N",
            description = "How many measured iterations.")
    void iterations(String text) {
        give(Setting.ITERATIONS, text);
    }

    @Option(
            order = 2,
            names = {"-r", "--time"},
            paramLabel = "TIME",
            description = "How long a measured iteration sends requests.")
    void time(String text) {
        give(Setting.TIME, text);
    }

    @Option(
            order = 3,
            names = "--requests",
            paramLabel = "N",
            description = "How many requests a measured iteration sends.")
    void requests(String text) {
        give(Setting.REQUESTS, text);
    }

    @Option(
            order = 4,
            names = "--requests-per-slot",
            paramLabel = "N",
            description = "The same for each slot of a closed loop.")
    void requestsPerSlot(String text) {
        give(Setting.REQUESTS_PER_SLOT, text);
    }

    @Option(
            order = 9,
            names = "--run-time",
            paramLabel = "TIME",
            description = "End the run then, whatever is left: nothing more is sent, what is in flight is given up.")
    void runTime(String text) {
        give(Setting.RUN_TIME, text);
    }

    @Option(
            order = 5,
            names = {"-wi", "--warmup-iterations"},
            paramLabel = "N",
            description = "How many warm-up iterations; 0 for none.")
    void warmupIterations(String text) {
        give(Setting.WARMUP_ITERATIONS, text);
    }

    @Option(
            order = 6,
            names = {"-w", "--warmup-time"},
            paramLabel = "TIME",
            description = "How long a warm-up iteration sends requests.")
    void warmupTime(String text) {
        give(Setting.WARMUP_TIME, text);
    }

    @Option(
            order = 7,
            names = "--warmup-requests",
            paramLabel = "N",
            description = "How many requests a warm-up iteration sends.")
    void warmupRequests(String text) {
        give(Setting.WARMUP_REQUESTS, text);
    }

    @Option(
            order = 8,
            names = "--warmup-requests-per-slot",
            paramLabel = "N",
            description = "The same for each slot of a closed loop.")
    void warmupRequestsPerSlot(String text) {
        give(Setting.WARMUP_REQUESTS_PER_SLOT, text);
    }

    @Option(
            order = 10,
            names = "--grace",
            paramLabel = "TIME",
            description =
                    "How long what is in flight has to end when the run is interrupted; a second Ctrl-C ends it at"
                            + " once. Default: 5s.")
    void grace(String text) {
        give(Setting.GRACE, text);
    }

    @Option(
            order = 11,
            names = "--pause",
            paramLabel = "TIME",
            description = "How long nothing is sent between two trials.")
    void pause(String text) {
        give(Setting.PAUSE, text);
    }

    @Option(
            order = 12,
            names = "--no-client-warmup",
            description = "Don't run the client's own code against a local metronome, for up to 5 s, before the first"
                    + " request.")
    void noClientWarmup(Boolean given) {
        give(Setting.NO_CLIENT_WARMUP, given);
    }
}
