package io.inferometer.instrument;

import io.inferometer.stats.Summary;
import io.inferometer.workload.Load;

/**
 * Whether the numbers of an iteration are the endpoint's, or may be the client's own.
 *
 * <p>The limits, in the order in which they are looked at: a cause before what follows from it, so that the reason that is
 * told is the one to mend.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>reason</th><th>limit</th><th>why</th></tr>
 *   <tr><td>{@code gc-time}</td><td>1 % of the time, and 10 ms</td><td>pauses that take 1 % of the time reach the p99 of
 *       everything; a single young collection of a short iteration does not count</td></tr>
 *   <tr><td>{@code machine-cpu}</td><td>80 % of all processors</td><td>beyond that whatever becomes ready waits for a
 *       processor as often as not, and the client overhead in a local replay is an upper bound only</td></tr>
 *   <tr><td>{@code gc-pause}</td><td>half of the median ttft, at least 10 ms</td><td>a request that meets it has half as
 *       much again; 10 ms is what the watch can tell apart</td></tr>
 *   <tr><td>{@code thread-cpu}</td><td>80 % of a processor, for a thread of the client's</td><td>all responses are read
 *       by few threads; one that is busier than that has a queue in front of it</td></tr>
 *   <tr><td>{@code hiccups}</td><td>5 ms at p99, of at least 100</td><td>as late as the timer are the stamps, and ten
 *       times what an idle machine shows</td></tr>
 *   <tr><td>{@code schedule-delay}</td><td>open loop: 10 ms at p99</td><td>arrivals that late are not those of the
 *       sequence</td></tr>
 *   <tr><td>{@code turnaround}</td><td>closed loop: 5 % of e2el, on average</td><td>so much of the concurrency was not
 *       there, and throughput is lower by as much</td></tr>
 *   <tr><td>{@code descriptors}</td><td>90 % of what the process may open</td><td>the next connections fail</td></tr>
 * </table>
 */
public sealed interface Verdict {
    /** Nothing that the client did shows in the numbers. */
    record Ok() implements Verdict {}

    /**
     * The client may be in the numbers.
     *
     * @param reason what is wrong
     * @param figure how it was, in the reason's unit
     * @param limit how it may be at the most, in the same
     * @param who the thread, or whatever else the figure is about; empty where the reason says it all
     */
    record Suspect(Reason reason, double figure, double limit, String who) implements Verdict {
        /** What was wrong, with its figure and limit: {@code garbage collection took 7.2 % of the time (limit 1 %)}. */
        public String text() {
            return reason.text(figure, who) + " (limit " + reason.figure(limit) + ")";
        }
    }

    /** The verdict on an iteration. */
    static Verdict of(Health health, Summary summary, Load load) {
        return new Limits(health, summary, load).exceeded();
    }
}
