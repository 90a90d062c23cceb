package io.inferometer.cli;

import io.inferometer.annotations.Setting;
import picocli.CommandLine.Option;

/** How many iterations, and how long each is. */
final class ExtentOptions extends SettingOptions {
    @Option(
            names = {"-i", "--iterations"},
            paramLabel = "N",
            description = "How many measured iterations.")
    void iterations(String text) {
        give(Setting.ITERATIONS, text);
    }

    @Option(
            names = {"-r", "--time"},
            paramLabel = "TIME",
            description = "How long a measured iteration sends requests.")
    void time(String text) {
        give(Setting.TIME, text);
    }

    @Option(names = "--requests", paramLabel = "N", description = "How many requests a measured iteration sends.")
    void requests(String text) {
        give(Setting.REQUESTS, text);
    }

    @Option(names = "--requests-per-slot", paramLabel = "N", description = "The same for each slot of a closed loop.")
    void requestsPerSlot(String text) {
        give(Setting.REQUESTS_PER_SLOT, text);
    }

    @Option(
            names = {"-wi", "--warmup-iterations"},
            paramLabel = "N",
            description = "How many warm-up iterations; 0 for none.")
    void warmupIterations(String text) {
        give(Setting.WARMUP_ITERATIONS, text);
    }

    @Option(
            names = {"-w", "--warmup-time"},
            paramLabel = "TIME",
            description = "How long a warm-up iteration sends requests.")
    void warmupTime(String text) {
        give(Setting.WARMUP_TIME, text);
    }

    @Option(names = "--warmup-requests", paramLabel = "N", description = "How many requests a warm-up iteration sends.")
    void warmupRequests(String text) {
        give(Setting.WARMUP_REQUESTS, text);
    }

    @Option(
            names = "--warmup-requests-per-slot",
            paramLabel = "N",
            description = "The same for each slot of a closed loop.")
    void warmupRequestsPerSlot(String text) {
        give(Setting.WARMUP_REQUESTS_PER_SLOT, text);
    }
}
