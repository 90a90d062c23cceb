package io.inferometer.stats.stage;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.stats.SummaryBuilder;
import io.inferometer.stats.column.LongColumn;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes the summary of each stage of a load, a record at a time. Not thread-safe.
 *
 * <p>Keeps no record, but a {@link SummaryBuilder} for each stage, and of an iteration about 7 bytes for each request.
 */
public final class StagesBuilder {
    private static final double NANOS_PER_SECOND = 1e9;

    private final StagedLoad load;
    private final List<SummaryBuilder> summaries = new ArrayList<>();
    /** What stages came to of what they gave, over the iterations that are known to have run all of them. */
    private final double[] achieved;

    private final int[] whole;
    private LongColumn ends = new LongColumn();
    private LongColumn took = new LongColumn();
    private long[] sent;
    private long beginNanos = RequestRecord.ABSENT;
    private boolean interrupted;
    private int latest;

    /**
     * Stages in which nothing has been sent.
     *
     * @param load the stages
     * @param summary makes a builder for a load
     */
    public StagesBuilder(StagedLoad load, Function<Load, SummaryBuilder> summary) {
        this.load = load;
        int stages = load.stages().size();
        for (int i = 0; i < stages; i++) {
            summaries.add(summary.apply(load.ofStage(i)));
        }
        achieved = new double[stages];
        whole = new int[stages];
        sent = new long[stages];
    }

    /**
     * An iteration began.
     *
     * @param nanos as the times of records are; {@link RequestRecord#ABSENT} where nobody told
     */
    public void began(long nanos) {
        beginNanos = nanos;
        interrupted = false;
        latest = 0;
        sent = new long[sent.length];
        forget();
    }

    /** The iteration was interrupted, and is gone on with: its stages are no longer where they were in time. */
    public void interrupted() {
        interrupted = true;
        summaries.forEach(SummaryBuilder::interrupted);
    }

    /**
     * Takes in a request of the iteration.
     *
     * @param record a request that has ended
     * @param metrics its latencies
     */
    public void add(RequestRecord record, RequestMetrics metrics) {
        int stage = record.place().stage();
        if (stage < 0 || stage >= summaries.size()) {
            return;
        }
        latest = Math.max(latest, stage);
        summaries.get(stage).add(record, metrics);
        if (record.sentNanos() != RequestRecord.ABSENT) {
            sent[stage]++;
            ends.add(record.endNanos());
            took.add(record.endNanos() - record.sentNanos());
        }
    }

    /**
     * The iteration ended.
     *
     * @param complete whether it ran to its end
     */
    public void ended(boolean complete) {
        summaries.forEach(SummaryBuilder::interrupted);
        boolean rates = load.kind() == StagedLoad.Kind.RATE;
        for (int i = 0; i < sent.length; i++) {
            boolean known = rates || !interrupted && beginNanos != RequestRecord.ABSENT;
            if (known && (complete || i < latest)) {
                double seconds = load.stages().get(i).time().toNanos() / NANOS_PER_SECOND;
                achieved[i] += rates ? sent[i] / seconds : inFlight(i);
                whole[i]++;
            }
        }
        forget();
    }

    private void forget() {
        ends = new LongColumn();
        took = new LongColumn();
    }

    private double inFlight(int stage) {
        long from = beginNanos + load.beginNanos(stage);
        long to = from + load.stages().get(stage).time().toNanos();
        double area = 0;
        long[] end = new long[LongColumn.BLOCK];
        long[] length = new long[LongColumn.BLOCK];
        for (int block = 0; block < ends.blocks(); block++) {
            int count = ends.read(block, end);
            took.read(block, length);
            for (int i = 0; i < count; i++) {
                area += Math.max(0, Math.min(to, end[i]) - Math.max(from, end[i] - length[i]));
            }
        }
        return area / (to - from);
    }

    /** {@return the summaries, in the order of the stages} */
    public List<StageSummary> build() {
        List<StageSummary> built = new ArrayList<>();
        for (int i = 0; i < achieved.length; i++) {
            built.add(new StageSummary(
                    load.kind(),
                    load.stages().get(i),
                    whole[i] == 0 ? Double.NaN : achieved[i] / whole[i],
                    summaries.get(i).build()));
        }
        return built;
    }
}
