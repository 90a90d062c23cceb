package io.inferometer.instrument;

import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the clients were that sent the load of an iteration: one, or the members of a run. What one of them did to its numbers
 * is in those of all, so the worst of them counts.
 *
 * @param healths how each was, by its name, in their order; one that is alone has an empty name
 * @param oneMachine whether they are known to have shared its processors
 */
public record Clients(Map<String, Health> healths, boolean oneMachine) {
    /** Nobody looked. */
    public static final Clients UNWATCHED = new Clients(Map.of(), false);

    /**
     * Copies its map, in its order.
     *
     * @param healths copied
     * @param oneMachine as of the record
     */
    public Clients {
        healths = Collections.unmodifiableMap(new LinkedHashMap<>(healths));
    }

    /**
     * {@return one client alone}
     *
     * @param health of the only client; empty where nobody looked
     */
    public static Clients alone(Optional<Health> health) {
        return health.map(seen -> new Clients(Map.of("", seen), false)).orElse(UNWATCHED);
    }

    /**
     * One client, and what that means. Of two the worse one is the one that is suspect, then that which is farther beyond a
     * limit, then that whose timers are later.
     */
    public record Seen(Health health, Verdict verdict) implements Comparable<Seen> {
        @Override
        public int compareTo(Seen other) {
            int beyond = Double.compare(beyond(), other.beyond());
            return beyond != 0
                    ? beyond
                    : Long.compare(
                            health.hiccups().p99Nanos(), other.health.hiccups().p99Nanos());
        }

        /** How many times the limit it is at. */
        private double beyond() {
            return verdict instanceof Verdict.Suspect suspect ? suspect.figure() / suspect.limit() : 0;
        }
    }

    /**
     * {@return each of them, by its name: only what is its own is held against it}
     *
     * @param summary of the iteration of all of them
     * @param load of all of them
     */
    public Map<String, Seen> seen(Summary summary, Load load) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        healths.forEach((name, health) -> {
            Verdict verdict = Verdict.of(health, summary, load);
            boolean others = verdict instanceof Verdict.Suspect suspect
                    && suspect.reason().ofRequests();
            seen.put(name, new Seen(health, others && !name.isEmpty() ? new Verdict.Ok() : named(verdict, name)));
        });
        return seen;
    }

    /**
     * {@return the worst of them, with what all of them together held back and allocated; empty where nobody looked}
     *
     * @param summary of the iteration of all of them
     * @param load of all of them
     */
    public Optional<Seen> worst(Summary summary, Load load) {
        return healths.entrySet().stream()
                .map(client -> {
                    Health health = client.getValue().withTotals(healths.values());
                    return new Seen(health, named(Verdict.of(health, summary, load), client.getKey()));
                })
                .reduce((worst, next) -> next.compareTo(worst) > 0 ? next : worst);
    }

    /** With the name of the one that it is of; of no single one where they share what it is about. */
    private Verdict named(Verdict verdict, String name) {
        if (name.isEmpty() || !(verdict instanceof Verdict.Suspect suspect)) {
            return verdict;
        }
        if (suspect.reason() == Reason.MACHINE_CPU && oneMachine) {
            return new Verdict.Suspect(suspect.reason(), suspect.figure(), suspect.limit(), together(), "");
        }
        return suspect.reason().ofRequests() ? suspect : suspect.of(name);
    }

    private String together() {
        double cores = healths.values().stream()
                .mapToDouble(health -> health.cpu().processCores())
                .sum();
        String members = "the " + healths.size() + " members of this run on it";
        return Double.isNaN(cores)
                ? "by " + members + " and whatever else"
                : String.format(Locale.ROOT, "of which %s used %.2f", members, cores);
    }
}
