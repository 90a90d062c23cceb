package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import picocli.CommandLine.Option;

/** What is drawn, and what counts as good enough. */
public final class JudgementOptions extends SettingOptions {
    @Option(
            order = 3,
            names = "-foe",
            arity = "0..1",
            paramLabel = "true|false",
            description = "End the run at the first measured request that fails.")
    void failOnError(Boolean given) {
        give(Setting.FAIL_ON_ERROR, given);
    }

    @Option(
            order = 6,
            names = "--strict",
            description = "Make it an exit code, 4, that the client is suspect of having slowed itself down.")
    void strict(Boolean given) {
        give(Setting.STRICT, given);
    }

    @Option(
            order = 5,
            names = "--same-prompts",
            description =
                    "Send the same prompts in all trials and forks, which an endpoint's prefix cache may then know."
                            + " Default: each has prompts of its own, of the same lengths.")
    void samePrompts(Boolean given) {
        give(Setting.SAME_PROMPTS, given);
    }

    @Option(
            order = 1,
            names = "--slo",
            paramLabel = "LIMITS",
            description = "What a request must meet to count as goodput, in ms: ttft=200,tpot=20,e2el=3000 or some of"
                    + " them.")
    void slo(String text) {
        give(Setting.SLO, text);
    }

    @Option(
            order = 2,
            names = "--max-failures",
            paramLabel = "SHARE",
            description = "How many measured requests of a trial may fail before the exit code says so, such as 1%%."
                    + " Default: 0.")
    void maxFailures(String text) {
        give(Setting.MAX_FAILURES, text);
    }

    @Option(
            order = 8,
            names = "--percentiles",
            paramLabel = "P[,P...]",
            description = "The percentiles that tables show. Default: 50,90,95,99.")
    void percentiles(String text) {
        give(Setting.PERCENTILES, text);
    }

    @Option(
            order = 4,
            names = "--seed",
            paramLabel = "N",
            description = "The seed of everything that is drawn. Default: 0.")
    void seed(String text) {
        give(Setting.SEED, text);
    }

    @Option(
            order = 7,
            names = "--calibrate",
            paramLabel = "WHEN",
            description = "When to measure what the client itself adds to latencies, by replaying the load for a few"
                    + " seconds against a metronome on this machine: after (the default), before or off. The overhead"
                    + " subcommand of benchmarks.jar measures the client by itself.")
    void calibrate(String text) {
        give(Setting.CALIBRATE, text);
    }
}
