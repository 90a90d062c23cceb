package io.inferometer.benchmarks.data;

import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.TrialContext;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The requests of a source that goes forward alone, by their index. Where an iteration may leave unsent what was made ahead of
 * its end, which the next one asks for again, the last ones are kept. For one thread.
 */
final class InOrder {
    /** As many as are made ahead of a load, the one at hand, and the one being made. */
    private static final int AHEAD = 1_026;

    private final Source source;
    private final int kept;
    private final Deque<InferenceRequest> last = new ArrayDeque<>();
    private long next;

    /** Makes requests. */
    interface Source {
        /** The request of an index, which is that of the one before plus 1; empty if there are no more. */
        Optional<InferenceRequest> next(long index) throws IOException;
    }

    /** @param again whether requests may be asked for once more */
    InOrder(Source source, boolean again) {
        this.source = source;
        kept = again ? AHEAD : 1;
    }

    /** Whether measured requests of a trial may be asked for once more: there are several iterations, each of a time. */
    static boolean again(TrialContext trial) {
        return trial.requestsPerIteration().isEmpty() && (trial.iterations() > 1 || trial.moreIterations());
    }

    /** The request of an index, null if there are no more; those before it that were not asked for are passed over. */
    InferenceRequest get(long index) throws IOException {
        while (next <= index) {
            Optional<InferenceRequest> request = source.next(next);
            if (request.isEmpty()) {
                return null;
            }
            next++;
            last.addLast(request.get());
            if (last.size() > kept) {
                last.removeFirst();
            }
        }
        long back = next - 1 - index;
        if (back >= last.size()) {
            throw new IllegalStateException("request " + index + " is asked for again, and is no longer there");
        }
        Iterator<InferenceRequest> newest = last.descendingIterator();
        for (; back > 0; back--) {
            newest.next();
        }
        return newest.next();
    }
}
