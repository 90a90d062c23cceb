package io.inferometer.report.console;

import io.inferometer.report.RunReport;
import io.inferometer.report.console.page.Page;
import io.inferometer.stats.Metric;
import java.util.ArrayList;
import java.util.List;

/** What the metrics of the first table are, in a few words each, so that a log can be read by itself. */
final class Legend {
    private Legend() {}

    /** The lines; none where no trial has a figure. */
    static List<String> lines(RunReport run, Page page) {
        List<String> words = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            if (run.trials().stream()
                    .anyMatch(trial -> !trial.summary().metric(metric).isEmpty()
                            && LatencyTable.shown(trial, metric)
                            && !meaning(metric).isEmpty())) {
                words.add(metric.label() + " " + meaning(metric));
            }
        }
        if (run.trials().stream()
                .anyMatch(trial -> trial.overhead()
                        .filter(overhead -> !overhead.metrics().isEmpty())
                        .isPresent())) {
            words.add("client: of the row above, what this client adds");
        }
        return words.isEmpty() ? List.of() : page.wrapped("  ", String.join("; ", words));
    }

    private static String meaning(Metric metric) {
        return switch (metric) {
            case TTFT -> "until the first token";
            case TTFVT -> "until the first visible text";
            case TPOT -> "for each further token";
            case ITL -> "between two events";
            case E2EL -> "until the end";
            case TTFT_FROM_SCHEDULE, E2EL_FROM_SCHEDULE -> "from when it was due";
            case CLIENT_DISPATCH, SCHEDULE_DELAY, CONNECT, TLS -> "";
        };
    }
}
