package io.inferometer.simulator.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A closed loop of clients and a model, on virtual time and without a socket: each slot sends its next request at the
 * moment its last answer is complete. Times are the server's own, as a client without any overhead would see them.
 */
public final class VirtualRun {
    private static final double NANOS_PER_MILLI = 1e6;

    /** What a run came to; tpot and ttft in milliseconds. */
    public record Result(double meanTpot, double outputTokensPerSecond, double medianTtft, double p99Ttft) {}

    private final TokenSchedule model;
    private final int[] prompts;
    private final int[] answers;
    private final List<Double> tpots = new ArrayList<>();
    private final double[] ttfts;
    private long nowNanos;
    private int sent;
    private int done;

    /**
     * @param promptTokens the longest prompt; the shortest has four fifths of it, as the answers have
     * @param templateTokens what is added to each prompt
     */
    public VirtualRun(
            TokenSchedule model, int requests, int promptTokens, int answerTokens, int templateTokens, long seed) {
        this.model = model;
        Random random = new Random(seed);
        this.prompts = random.ints(requests, (int) (promptTokens * 0.8), promptTokens + 1)
                .map(tokens -> tokens + templateTokens)
                .toArray();
        this.answers = random.ints(requests, (int) (answerTokens * 0.8), answerTokens + 1)
                .toArray();
        this.ttfts = new double[requests];
    }

    public Result run(int slots) {
        for (int slot = 0; slot < slots; slot++) {
            send();
        }
        while (done < prompts.length) {
            nowNanos = model.nextNanos();
            for (Generation due = model.poll(nowNanos); due != null; due = model.poll(nowNanos)) {
                due.deliver();
            }
        }
        Arrays.sort(ttfts);
        return new Result(
                tpots.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
                Arrays.stream(answers).asLongStream().sum() / (nowNanos / 1e9),
                percentile(50),
                percentile(99));
    }

    private void send() {
        if (sent < prompts.length) {
            int i = sent++;
            model.submit(new Generation(prompts[i], answers[i], new Client(i)), nowNanos);
        }
    }

    private double percentile(int p) {
        double rank = (ttfts.length - 1) * p / 100.0;
        int below = (int) rank;
        int above = Math.min(below + 1, ttfts.length - 1);
        return ttfts[below] + (rank - below) * (ttfts[above] - ttfts[below]);
    }

    private final class Client implements Generation.Sink {
        private final int index;
        private final long sentNanos = nowNanos;
        private long firstNanos;
        private int received;

        Client(int index) {
            this.index = index;
        }

        @Override
        public void due(int events, int tokens, boolean last) {
            if (received == 0) {
                firstNanos = nowNanos;
                ttfts[index] = (nowNanos - sentNanos) / NANOS_PER_MILLI;
            }
            received += tokens;
            if (last) {
                tpots.add((nowNanos - firstNanos) / NANOS_PER_MILLI / (received - 1));
                done++;
                send();
            }
        }
    }
}
