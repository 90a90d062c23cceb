package io.inferometer.plan;

import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What members can't share: each needs something to do. */
public final class Sharing {
    private Sharing() {}

    /**
     * {@return why so many members can't keep a schedule together, and what to do, on one line; empty if they can}
     *
     * @param schedule of the whole
     * @param members at least 1
     */
    public static Optional<String> problem(Trial.Schedule schedule, int members) {
        Load load = schedule.load();
        Load highest = load.highest();
        OptionalLong requests = schedule.requests(false);
        return Stream.of(
                        highest instanceof Load.Closed closed
                                ? few(closed.concurrency(), members, "slots", "--concurrency")
                                : "",
                        highest instanceof Load.AtOnce atOnce ? few(atOnce.slots(), members, "users", "--users") : "",
                        load.cap().isPresent()
                                ? few(load.cap().getAsInt(), members, "requests in flight", "--max-in-flight")
                                : "",
                        requests.isPresent()
                                ? few(requests.getAsLong(), members, "requests of an iteration", "--requests")
                                : "",
                        schedule.measurement().extent() instanceof Extent.Sessions sessions
                                ? few(sessions.count(), members, "sessions of an iteration", "--sessions")
                                : "")
                .filter(problem -> !problem.isEmpty())
                .findFirst();
    }

    private static String few(long there, int members, String what, String option) {
        return there >= members
                ? ""
                : members + " members can't share " + there + " " + what + "; give " + option + " " + members
                        + " or more, or fewer members";
    }
}
