package io.inferometer.record.journal;

import io.inferometer.benchmarks.PartBenchmark;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Writing the record of a request into the journal, without the disk. An operation is one event of its 1,000. */
public class JournalBenchmark extends PartBenchmark {
    /** Events of a request. */
    static final int EVENTS = 1_000;

    /** As late as events are, one more and the next less: times that are alike cost no digits. */
    private static final long LATE_NANOS = 500_000;

    final Bytes bytes = new Bytes();
    private final Journal journal = new Journal("none", bytes);
    private RequestRecord record;

    /** Makes the record. */
    @Setup
    public void setUp() {
        RequestTimeline timeline =
                new RequestTimeline(new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, EVENTS, true));
        SplittableRandom late = new SplittableRandom(1);
        for (int i = 0; i < EVENTS; i++) {
            timeline.event(
                    50_000_000 + i * 10_001_234L + late.nextLong(LATE_NANOS),
                    Carried.CHOICES | Carried.CONTENT,
                    RequestRecord.ABSENT);
        }
        timeline.completionTokens(EVENTS);
        timeline.end(Outcome.SUCCESS, "", 50_000_000 + EVENTS * 10_001_234L);
        record = timeline.toRecord(0, false, text -> text);
    }

    /** A line of the journal. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Journal append() {
        journal.append(record);
        return journal;
    }

    /** Counts the bytes that a disk would get. */
    static final class Bytes implements WritableByteChannel {
        long count;

        @Override
        public int write(ByteBuffer bytes) {
            int all = bytes.remaining();
            count += all;
            bytes.position(bytes.limit());
            return all;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
