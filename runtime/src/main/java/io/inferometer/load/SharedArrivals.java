package io.inferometer.load;

import io.inferometer.plan.Split;

/** The arrivals of a sequence that are one member's own: it draws all of them, and leaves the others to the others. */
final class SharedArrivals implements ArrivalSequence {
    private final ArrivalSequence all;
    private final Split split;
    private boolean begun;

    SharedArrivals(ArrivalSequence all, Split split) {
        this.all = all;
        this.split = split;
    }

    @Override
    public long nextNanos() {
        for (int others = begun ? split.members() - 1 : split.member(); others > 0; others--) {
            all.nextNanos();
        }
        begun = true;
        return all.nextNanos();
    }
}
