package io.inferometer.processor.declaration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.lang.model.element.Element;

/** Collects the mistakes of one class, so that one compile shows them all. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** Notes that a rule is broken; {@code details} fill the rule's text. */
    public void add(Rule rule, Site site, Object... details) {
        found.add(new Problem(site, rule.message(details)));
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the source within each class. */
    List<Problem> all() {
        List<Element> owners =
                found.stream().map(problem -> problem.site().owner()).distinct().toList();
        Comparator<Problem> byOwner =
                Comparator.comparingInt(problem -> owners.indexOf(problem.site().owner()));
        return found.stream()
                .sorted(byOwner.thenComparing(Problem::site, Site.IN_CLASS))
                .toList();
    }
}
