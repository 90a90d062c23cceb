package io.inferometer.report.console;

import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import java.util.List;

/** What somebody should know who has only typed the program's name. */
final class Introduction {
    private Introduction() {}

    static List<String> lines(RunHeader header) {
        boolean simulated = header.trials().stream().allMatch(TrialHeader::simulated);
        return List.of(
                "This measures how fast an LLM endpoint answers. None was named, so the main workload runs"
                        + (simulated
                                ? " on a simulated endpoint on this machine: no key, no network."
                                : " on the endpoint below."),
                "Measure yours with --base-url URL --model NAME; list tells of other workloads, --help of all options.");
    }
}
