package io.inferometer.plan.resolve;

import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.util.OptionalLong;

/** Refuses what members can't share: each needs something to do. */
final class Sharing {
    private Sharing() {}

    /**
     * Makes sure that there is something for each.
     *
     * @param members how many there are
     * @throws UsageException if there is not
     */
    static void check(Given members, Trial.Schedule schedule) {
        int count = members.count(1);
        Load load = schedule.load();
        Load highest = load.highest();
        if (highest instanceof Load.Closed closed) {
            enough(members, count, closed.concurrency(), "slots of a load", "--concurrency");
        }
        if (load instanceof StagedLoad staged && staged.kind() == StagedLoad.Kind.CONCURRENCY) {
            return;
        }
        if (highest instanceof Load.AtOnce atOnce) {
            enough(members, count, atOnce.slots(), "users", "--users");
        }
        load.cap().ifPresent(cap -> enough(members, count, cap, "requests in flight", "--max-in-flight"));
        OptionalLong requests = schedule.requests(false);
        if (requests.isPresent()) {
            enough(members, count, requests.getAsLong(), "requests of an iteration", "--requests");
        }
        if (schedule.measurement().extent() instanceof Extent.Sessions sessions) {
            enough(members, count, sessions.count(), "sessions of an iteration", "--sessions");
        }
        if (count > 1 && schedule.until().isPresent()) {
            throw members.problem("--until is decided by each client for itself, and members would not agree; leave one"
                    + " of them out");
        }
    }

    private static void enough(Given members, int count, long there, String what, String option) {
        if (there < count) {
            throw members.problem("the " + there + " " + what + " can't be shared by " + count + "; give " + option
                    + " " + count + " or more, or fewer members");
        }
    }
}
