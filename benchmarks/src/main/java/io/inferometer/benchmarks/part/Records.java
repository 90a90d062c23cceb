package io.inferometer.benchmarks.part;

import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Records as a closed loop of 64 slots makes them, seeded: a first event after some 50 ms, then one each 10 ms or so. */
final class Records {
    private static final int SLOTS = 64;
    private static final long MILLI = 1_000_000;

    private Records() {}

    /** So many requests of so many token-bearing events each. */
    static List<RequestRecord> of(int requests, int events) {
        Random random = new Random(7);
        long[] free = new long[SLOTS];
        List<RequestRecord> records = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            int slot = i % SLOTS;
            RequestTimeline timeline =
                    new RequestTimeline(new RequestIdentity(0, 0, false, 0, i, true, Usage.ABSENT, events, true));
            long nanos = free[slot];
            timeline.scheduled(slot, nanos);
            timeline.released(nanos + 10_000);
            timeline.sent(nanos + 60_000);
            nanos += 50 * MILLI + random.nextInt(1_000_000);
            timeline.headers(200, nanos);
            for (int event = 0; event < events; event++) {
                timeline.event(nanos, Carried.CHOICES | Carried.CONTENT, RequestRecord.ABSENT);
                nanos += 9 * MILLI + random.nextInt(2_000_000);
            }
            timeline.promptTokens(1_024);
            timeline.completionTokens(events);
            timeline.end(Outcome.SUCCESS, "", nanos);
            free[slot] = nanos;
            records.add(timeline.toRecord(0, false, UnaryOperator.identity()));
        }
        return records;
    }
}
