package io.inferometer.stats.server;

import io.inferometer.record.server.Quantity;
import io.inferometer.stats.Distribution;
import io.inferometer.stats.Metric;
import io.inferometer.stats.Summary;

/**
 * What the server's count and the client's say together.
 *
 * @param addedTtftNanos by how much the client's mean ttft is above the server's: what network and gateways add. NaN where one
 *     of them is not known, or they are of other requests
 * @param joulesPerOutputToken the GPUs' energy for each output token, by the server's count of these, or else by the client's;
 *     NaN where it is not told
 */
public record ServerBeside(double addedTtftNanos, double joulesPerOutputToken) {
    /** Counts that differ by no more than this share are of the same requests. */
    private static final double ALIKE = 0.01;

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * {@return what they say of the measured iterations of a trial}
     *
     * @param server what its pages came to
     * @param client what the client measured
     */
    public static ServerBeside of(ServerFigures server, Summary client) {
        Distribution ttft = client.metric(Metric.TTFT);
        double counted = server.grown(Quantity.TTFT_COUNT);
        boolean same = ttft.count() > 0 && Math.abs(counted - ttft.count()) <= ALIKE * ttft.count();
        double told = server.grown(Quantity.OUTPUT_TOKENS);
        double tokens = Double.isNaN(told) ? client.tokens().output() : told;
        return new ServerBeside(
                same
                        ? ttft.mean() - server.ratio(Quantity.TTFT_SECONDS, Quantity.TTFT_COUNT) * NANOS_PER_SECOND
                        : Double.NaN,
                tokens > 0 ? server.grown(Quantity.ENERGY) / tokens : Double.NaN);
    }
}
