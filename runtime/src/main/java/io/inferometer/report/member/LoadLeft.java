package io.inferometer.report.member;

import io.inferometer.plan.Split;
import io.inferometer.workload.Load;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How much of a load was offered once members were lost: the parts of those that were not.
 *
 * @param share of the load that was asked for, 0 to 1
 * @param concurrency how many slots were at work; empty where the load is none of slots
 * @param requestsPerSecond the rate; empty where the load is none of one rate
 */
public record LoadLeft(double share, OptionalInt concurrency, OptionalDouble requestsPerSecond) {
    /** @param lost the numbers of those that were lost, of so many members */
    static LoadLeft of(Load load, int members, BitSet lost) {
        int left = members - lost.cardinality();
        double share = (double) left / members;
        if (load instanceof Load.Closed closed) {
            int slots = closed.concurrency()
                    - lost.stream()
                            .map(member -> new Split(member, members).count(closed.concurrency()))
                            .sum();
            return new LoadLeft((double) slots / closed.concurrency(), OptionalInt.of(slots), OptionalDouble.empty());
        }
        return load instanceof Load.Open open && open.ramp().isEmpty()
                ? new LoadLeft(share, OptionalInt.empty(), OptionalDouble.of(open.rate() * left / members))
                : new LoadLeft(share, OptionalInt.empty(), OptionalDouble.empty());
    }
}
