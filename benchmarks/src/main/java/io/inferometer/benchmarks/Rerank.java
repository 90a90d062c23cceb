package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;
import java.util.stream.IntStream;

/**
 * Rerank: documents put in the order in which they answer a query, several numbers of them a request.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Rerank
 * java -jar benchmarks/target/benchmarks.jar Rerank -p batchSize=10,100 --base-url http://localhost:8000 --model my-model
 * }</pre>
 *
 * <p>You should see a trial for each number of documents, with items and input tokens a second, and how long an order takes. A
 * query and all its documents are one request, and each document is an item.
 */
@Workload("documents put in order, several numbers of them")
@Endpoint(value = "sim:b200-trt-tp4", protocol = Protocol.RERANK)
@Model("hello")
@ClosedLoop(concurrency = 4)
@Warmup(requestsPerSlot = 1)
@Measurement(requestsPerSlot = 10)
public class Rerank {
    /** How many documents a request has. */
    @Param(
            value = {"10", "50"},
            env = "BATCH_SIZE")
    int batchSize;

    /** Documents that no other request of the run has. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.rerank(
                "Which harbour does visitor " + context.id() + " mean?",
                IntStream.range(0, batchSize)
                        .mapToObj(pier -> "Pier " + pier + " of " + context.id() + " lies in the lee of the wall.")
                        .toList());
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Rerank.class, args);
    }
}
