package io.inferometer.stats.server;

import io.inferometer.record.RequestRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * When a measured iteration ran: once, or in several spans where it was interrupted and gone on with. Times are nanoseconds
 * since the start of the run. Not thread-safe.
 */
public final class ServerWindow {
    private final int fork;
    private final int iteration;
    private final List<Span> before = new ArrayList<>();
    private long from;
    private long to = RequestRecord.ABSENT;
    private boolean whole;

    /**
     * A part of an iteration.
     *
     * @param whole whether it went on until nothing was in flight
     */
    record Span(long from, long to, boolean whole) {}

    /**
     * A measured iteration that begins.
     *
     * @param fork from 0
     * @param iteration from 0
     * @param nanos when it began; {@link RequestRecord#ABSENT} where nobody told
     */
    public ServerWindow(int fork, int iteration, long nanos) {
        this.fork = fork;
        this.iteration = iteration;
        from = nanos;
    }

    /**
     * A request of it ended.
     *
     * @param record a request that has ended
     */
    public void add(RequestRecord record) {
        long begun = record.sentNanos() == RequestRecord.ABSENT ? record.scheduledNanos() : record.sentNanos();
        if (from == RequestRecord.ABSENT || begun != RequestRecord.ABSENT && begun < from) {
            from = begun;
        }
        to = Math.max(to, record.endNanos());
    }

    /**
     * It is gone on with at that time, behind an interruption.
     *
     * @param nanos since the start of the run
     */
    public void resumed(long nanos) {
        if (to != RequestRecord.ABSENT) {
            before.add(new Span(from, to, false));
        }
        from = nanos;
        to = RequestRecord.ABSENT;
    }

    /**
     * It ended; all its requests had, if it ran to its end.
     *
     * @param complete whether it ran to its end
     */
    public void ended(boolean complete) {
        whole = complete;
    }

    int fork() {
        return fork;
    }

    int iteration() {
        return iteration;
    }

    List<Span> spans() {
        List<Span> spans = new ArrayList<>(before);
        if (from != RequestRecord.ABSENT && to != RequestRecord.ABSENT) {
            spans.add(new Span(from, Math.max(from, to), whole));
        }
        return spans;
    }
}
