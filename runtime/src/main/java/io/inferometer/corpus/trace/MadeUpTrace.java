package io.inferometer.corpus.trace;

import io.inferometer.corpus.Seeds;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A trace in Mooncake's form that nobody recorded: requests at random times, each of which begins with one of a few documents
 * that many ask about, and goes on with blocks of its own. The same description gives the same trace.
 *
 * @param requests how many, at least 1
 * @param time from the first to the last, about
 * @param sharing the share of all prompt tokens that an earlier request had, about; 0 to 0.9
 * @param inputTokens the mean length of a prompt, at least 2 blocks
 * @param outputTokens the mean length of an answer, at least 1
 * @param seed of everything that is drawn
 */
public record MadeUpTrace(int requests, Duration time, double sharing, int inputTokens, int outputTokens, long seed) {
    private static final int BLOCK = 512;
    private static final int DOCUMENTS = 20;
    /** Ids of blocks that belong to one request alone count from here. */
    private static final long OWN = 1_000_000;

    /**
     * Checks what it is given.
     *
     * @param requests as of the record
     * @param time as of the record
     * @param sharing as of the record
     * @param inputTokens as of the record
     * @param outputTokens as of the record
     * @param seed as of the record
     */
    public MadeUpTrace {
        if (requests < 1) {
            throw new IllegalArgumentException("a trace has at least 1 request, not " + requests);
        }
        if (!(sharing >= 0 && sharing <= 0.9)) {
            throw new IllegalArgumentException("the share of common tokens is from 0 to 0.9, not " + sharing);
        }
        if (inputTokens < 2 * BLOCK) {
            throw new IllegalArgumentException(
                    "prompts of blocks of " + BLOCK + " tokens have at least " + 2 * BLOCK + ", not " + inputTokens);
        }
        if (outputTokens < 1) {
            throw new IllegalArgumentException("an answer has at least 1 token, not " + outputTokens);
        }
    }

    /** {@return its requests, in the order of their times} */
    public List<TracedRequest> all() {
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, 0, requests));
        double gapMillis = (double) time.toMillis() / requests;
        List<TracedRequest> all = new ArrayList<>();
        double at = 0;
        long own = OWN;
        for (int i = 0; i < requests; i++) {
            int tokens = spread(random, inputTokens, 2 * BLOCK);
            int blocks = (tokens + BLOCK - 1) / BLOCK;
            double wanted = sharing * tokens / BLOCK;
            int shared = Math.min(blocks - 1, (int) wanted + (random.nextDouble() < wanted - (int) wanted ? 1 : 0));
            long document = random.nextInt(DOCUMENTS);
            List<Long> ids = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                ids.add(block < shared ? document * OWN / DOCUMENTS + block : own++);
            }
            all.add(new TracedRequest(
                    i + 1,
                    Optional.of(Duration.ofMillis(Math.round(at))),
                    new Asked.Blocks(new HashBlocks(tokens, ids, BLOCK)),
                    OptionalInt.of(spread(random, outputTokens, 1)),
                    Map.of()));
            at += -Math.log1p(-random.nextDouble()) * gapMillis;
        }
        return all;
    }

    /** Uniform around a mean, from half of it to one and a half. */
    private static int spread(SplittableRandom random, int mean, int least) {
        return Math.max(least, mean / 2 + random.nextInt(mean + 1));
    }

    /**
     * Writes it as a file in Mooncake's form, where there is none.
     *
     * @param file made anew, never replaced
     * @throws IOException if it can't be written, or is there already
     */
    public void write(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW)) {
            for (TracedRequest request : all()) {
                HashBlocks blocks = ((Asked.Blocks) request.asked()).blocks();
                out.write("{\"timestamp\": " + request.at().orElseThrow().toMillis() + ", \"input_length\": "
                        + blocks.tokens() + ", \"output_length\": "
                        + request.outputTokens().getAsInt() + ", \"hash_ids\": " + blocks.ids() + "}\n");
            }
        }
    }
}
