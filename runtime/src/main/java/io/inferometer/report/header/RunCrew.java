package io.inferometer.report.header;

import java.util.List;
import java.util.OptionalInt;

/**
 * The clients that share the load of a run, all at the same time.
 *
 * @param count how many
 * @param oneMachine whether they are known to be on one machine
 * @param names what they are called, in their order; of some, or none, where not all are known
 * @param own which of them this is the header of, from 0, so that the name is its own; empty in that of the whole run
 */
public record RunCrew(int count, boolean oneMachine, List<String> names, OptionalInt own) {
    /**
     * Copies its list.
     *
     * @param count as of the record
     * @param oneMachine as of the record
     * @param names copied
     * @param own as of the record
     */
    public RunCrew {
        names = List.copyOf(names);
    }
}
