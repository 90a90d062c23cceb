package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;
import java.util.Random;

/**
 * Completions: a prompt that is gone on with, to which no chat template is applied, as text or as token ids.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Completions
 * java -jar benchmarks/target/benchmarks.jar Completions -p tokens=512 --base-url http://localhost:8000 --model my-model
 * }</pre>
 *
 * <p>You should see the figures of {@link Sample01HelloEndpoint}: what comes after the protocol is the same. With {@code
 * tokens} above 0 the prompt is so many token ids, drawn below 10,000, which most tokenizers know: its length is then exact
 * whatever the tokenizer, and what it says does not matter.
 */
@Workload("a prompt that is gone on with, asked by two slots")
@Endpoint(value = "sim:metronome?ttft=50&itl=10", protocol = Protocol.COMPLETIONS)
@Model("hello")
@ClosedLoop(concurrency = 2)
@Warmup(requestsPerSlot = 2)
@Measurement(requestsPerSlot = 10)
public class Completions {
    /** How many token ids the prompt has; 0 for a text. */
    @Param("0")
    int tokens;

    /** The id keeps each prompt apart from all others of the run, which the endpoint may remember. */
    @Request
    public InferenceRequest next(RequestContext context) {
        InferenceRequest request = tokens == 0
                ? InferenceRequest.completion("Once upon a time, visitor " + context.id() + " said:")
                : InferenceRequest.completion(new Random(context.id().hashCode())
                        .ints(tokens, 1_000, 10_000)
                        .toArray());
        return request.maxOutputTokens(32);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Completions.class, args);
    }
}
