package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;
import java.util.stream.IntStream;

/**
 * Embeddings: vectors of texts, in batches of several sizes. There are no tokens to come one by one, so there is no ttft, tpot
 * or itl: what counts is how long a batch takes, and how many items and input tokens a second are done.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Embeddings
 * java -jar benchmarks/target/benchmarks.jar Embeddings -p batchSize=1,32,256 --base-url http://localhost:8000 --model my-model
 * }</pre>
 *
 * <p>You should see a trial for each size of the batch: the larger it is, the longer a request takes and the more items are
 * done.
 */
@Workload("vectors of texts, in batches of several sizes")
@Endpoint(value = "sim:b200-trt-tp4", protocol = Protocol.EMBEDDINGS)
@Model("hello")
@ClosedLoop(concurrency = 4)
@Warmup(requestsPerSlot = 1)
@Measurement(requestsPerSlot = 10)
public class Embeddings {
    /** How many texts a request has. */
    @Param(
            value = {"1", "16", "64"},
            env = "BATCH_SIZE")
    int batchSize;

    /** Texts that no other request of the run has. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.embedding(IntStream.range(0, batchSize)
                .mapToObj(text -> context.id() + ", line " + text + ": " + "a wave goes by and is gone, ".repeat(10))
                .toList());
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Embeddings.class, args);
    }
}
