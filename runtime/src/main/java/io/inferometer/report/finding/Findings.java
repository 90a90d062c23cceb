package io.inferometer.report.finding;

import java.util.List;

/**
 * All that was found.
 *
 * @param endpoint the URL that was asked, without secrets
 * @param protocol in which protocol
 * @param model the model that was asked for; empty for none
 * @param requests how many requests for an answer were sent
 * @param all in the order in which it was looked at
 */
public record Findings(String endpoint, String protocol, String model, int requests, List<Finding> all) {
    public Findings {
        all = List.copyOf(all);
    }

    /** Whether nothing stands in the way of a good number. */
    public boolean ready() {
        return inTheWay().isEmpty();
    }

    /** What stands in the way of a good number. */
    public List<Finding> inTheWay() {
        return all.stream().filter(Finding::inTheWay).toList();
    }
}
