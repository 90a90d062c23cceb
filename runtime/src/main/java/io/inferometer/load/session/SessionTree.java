package io.inferometer.load.session;

import io.inferometer.record.SessionRecord;
import io.inferometer.record.SessionRecord.Ended;

/** A session with all that began within it: what holds a slot, and ends as one. */
final class SessionTree {
    private final long number;
    private final int attempt;
    private int slot = -1;
    private long start;
    private int live = 1;
    private int children;
    private int turns;
    private int failedTurns;
    private long end;
    private long thinkNanos;
    private Ended how = Ended.COMPLETED;

    SessionTree(long number, int attempt) {
        this.number = number;
        this.attempt = attempt;
    }

    long number() {
        return number;
    }

    int attempt() {
        return attempt;
    }

    /** The slot that it holds; -1 where there are none. */
    synchronized int slot() {
        return slot;
    }

    /** When the last of its requests ended; its start while none has. */
    synchronized long end() {
        return end;
    }

    /** It is begun, by a slot, at the time that the load wanted. */
    synchronized void begins(int bySlot, long nanos) {
        slot = bySlot;
        start = nanos;
        end = nanos;
    }

    /** Sessions begin within it. */
    synchronized void spawns(int count) {
        children += count;
        live += count;
    }

    /** The session itself is to think. */
    synchronized void thinks(long nanos) {
        thinkNanos += nanos;
    }

    /** A request of it has ended. */
    synchronized void answered(boolean failed, long nanos) {
        turns++;
        failedTurns += failed ? 1 : 0;
        end = Math.max(end, nanos);
    }

    /** It, or a session within it, has ended; true where it was the last. */
    synchronized boolean ends(Ended one) {
        // A failure says more than that others were cut.
        how = how == Ended.FAILED || one == Ended.COMPLETED ? how : one;
        live--;
        return live == 0;
    }

    /** Whether it was not over by itself. */
    synchronized boolean cut() {
        return how == Ended.CUT;
    }

    /** What became of it. */
    synchronized SessionRecord record(int trial, int fork, boolean warmup, int iteration, long origin) {
        return new SessionRecord(
                trial,
                fork,
                warmup,
                iteration,
                number,
                attempt,
                how == Ended.COMPLETED && failedTurns > 0 ? Ended.FAILED : how,
                turns,
                failedTurns,
                children,
                start - origin,
                end - origin,
                thinkNanos);
    }
}
