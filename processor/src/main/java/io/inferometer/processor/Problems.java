package io.inferometer.processor;

import java.util.ArrayList;
import java.util.List;

/** Collects the mistakes of one class, so that one compile shows them all. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** Notes that a rule is broken; {@code details} fill the rule's text. */
    void add(Rule rule, Site site, Object... details) {
        found.add(new Problem(site, rule.message(details)));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order in which they were found. */
    List<Problem> all() {
        return List.copyOf(found);
    }
}
