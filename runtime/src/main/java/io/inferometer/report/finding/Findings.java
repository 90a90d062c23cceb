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
    /**
     * Copies its list.
     *
     * @param endpoint as of the record
     * @param protocol as of the record
     * @param model as of the record
     * @param requests as of the record
     * @param all copied
     */
    public Findings {
        all = List.copyOf(all);
    }

    /**
     * Whether nothing stands in the way of a good number.
     *
     * @return whether {@link #inTheWay} is empty
     */
    public boolean ready() {
        return inTheWay().isEmpty();
    }

    /**
     * What stands in the way of a good number.
     *
     * @return the findings of this weight, in their order
     */
    public List<Finding> inTheWay() {
        return all.stream().filter(Finding::inTheWay).toList();
    }
}
