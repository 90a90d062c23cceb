package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.stats.Percentiles;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The figures of one iteration of a client, from its records.
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
     * The figures.
     *
     * @param cpuNanos what the client's process took of its processors
     * @throws IllegalStateException if a request failed; the figures would be those of another job
     */
    static Map<Figure, Double> of(Job job, List<RequestRecord> records, long cpuNanos) {
        records.stream().filter(record -> !record.succeeded()).findFirst().ifPresent(record -> {
            throw new IllegalStateException("a request failed: " + record.error());
        });
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        if (!job.streamed()) {
            figures.put(Figure.REQUESTS, records.size() / (cpuNanos / NANOS_PER_SECOND));
            return figures;
        }
        long events =
                records.stream().mapToLong(record -> record.eventNanos().length).sum();
        figures.put(Figure.CPU, cpuNanos / NANOS_PER_MICRO / events);
        figures.put(
                Figure.TTFT_LATENESS,
                records.stream()
                                        .mapToLong(record -> record.eventNanos()[0] - record.releasedNanos())
                                        .average()
                                        .orElseThrow()
                                / NANOS_PER_MILLI
                        - Job.TTFT_MILLIS);
        double[] ttft =
                records.stream().mapToDouble(Figures::ttftOverhead).sorted().toArray();
        double[] itl =
                records.stream().flatMapToDouble(Figures::itlOverheads).sorted().toArray();
        figures.put(Figure.TTFT_P50, Percentiles.linear(ttft, 50) / NANOS_PER_MICRO);
        figures.put(Figure.TTFT_P99, Percentiles.linear(ttft, 99) / NANOS_PER_MICRO);
        figures.put(Figure.ITL_P50, Percentiles.linear(itl, 50) / NANOS_PER_MICRO);
        figures.put(Figure.ITL_P99, Percentiles.linear(itl, 99) / NANOS_PER_MICRO);
        long[] sent =
                records.stream().mapToLong(RequestRecord::sentNanos).sorted().toArray();
        figures.put(Figure.LAUNCH_SKEW, (sent[sent.length - 1] - sent[0]) / NANOS_PER_MILLI);
        return figures;
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
