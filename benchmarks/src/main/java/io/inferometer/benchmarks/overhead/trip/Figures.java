package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.Percentiles;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The figures of one iteration of a client, from its records: counts and the lateness of sends of all requests, times of
 * those that succeeded.
 *
 * <p>The client overhead of a time is the client's duration less the server's, each by its own clock: of ttft, (first event
 * − {@code sent}) − (first write − request read); of itl, the client's gap − the server's. The lateness of ttft is what the
 * first event came after the time it was due, from {@code released}: all that is not the metronome's, the server's own too.
 */
final class Figures {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Figures() {}

    /**
     * The figures that there are.
     *
     * @param records of the job's requests; one that was never sent may be missing
     * @param cpuNanos what the client's process took of its processors
     */
    static Map<Figure, Double> of(Job job, List<RequestRecord> records, long cpuNanos) {
        List<RequestRecord> sent = records.stream()
                .filter(record -> record.sentNanos() != RequestRecord.ABSENT)
                .toList();
        List<RequestRecord> succeeded =
                sent.stream().filter(RequestRecord::succeeded).toList();
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.FAILED, (double) sent.size() - succeeded.size());
        figures.put(Figure.UNSENT, (double) job.requests() - sent.size());
        if (!sent.isEmpty()) {
            sending(sent, figures);
        }
        if (succeeded.isEmpty()) {
            return figures;
        }
        if (job.streamed()) {
            streaming(job, succeeded, figures);
            long events = sent.stream()
                    .mapToLong(record -> record.eventNanos().length)
                    .sum();
            figures.put(Figure.CPU, cpuNanos / NANOS_PER_MICRO / events);
        } else {
            figures.put(Figure.REQUESTS, succeeded.size() / (cpuNanos / NANOS_PER_SECOND));
        }
        return figures;
    }

    private static void sending(List<RequestRecord> records, Map<Figure, Double> figures) {
        LongSummaryStatistics sent =
                records.stream().mapToLong(RequestRecord::sentNanos).summaryStatistics();
        figures.put(Figure.LAUNCH_SKEW, (sent.getMax() - sent.getMin()) / NANOS_PER_MILLI);
        double[] late = records.stream()
                .mapToDouble(record -> record.sentNanos() - record.releasedNanos())
                .sorted()
                .toArray();
        figures.put(Figure.SEND_P99, Percentiles.linear(late, 99) / NANOS_PER_MILLI);
    }

    private static void streaming(Job job, List<RequestRecord> records, Map<Figure, Double> figures) {
        double released = records.stream()
                .mapToLong(record -> record.eventNanos()[0] - record.releasedNanos())
                .average()
                .orElseThrow();
        figures.put(Figure.TTFT_LATENESS, released / NANOS_PER_MILLI - job.ttftMillis());
        double[] ttft =
                records.stream().mapToDouble(Figures::ttftOverhead).sorted().toArray();
        figures.put(Figure.TTFT_P50, Percentiles.linear(ttft, 50) / NANOS_PER_MICRO);
        figures.put(Figure.TTFT_P99, Percentiles.linear(ttft, 99) / NANOS_PER_MICRO);
        double[] itl =
                records.stream().flatMapToDouble(Figures::itlOverheads).sorted().toArray();
        if (itl.length > 0) {
            figures.put(Figure.ITL_P50, Percentiles.linear(itl, 50) / NANOS_PER_MICRO);
            figures.put(Figure.ITL_P99, Percentiles.linear(itl, 99) / NANOS_PER_MICRO);
        }
    }

    private static double ttftOverhead(RequestRecord record) {
        long client = record.eventNanos()[0] - record.sentNanos();
        return client - (record.serverEventNanos()[0] - record.serverReceivedNanos());
    }

    private static DoubleStream itlOverheads(RequestRecord record) {
        long[] client = record.eventNanos();
        long[] server = record.serverEventNanos();
        double[] gaps = new double[client.length];
        int count = 0;
        for (int i = 1; i < client.length && Carried.tokens(record.eventCarried()[i]); i++) {
            gaps[count++] = client[i] - client[i - 1] - (server[i] - server[i - 1]);
        }
        return Arrays.stream(gaps, 0, count);
    }
}
