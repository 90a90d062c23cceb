package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * Messages: a conversation in the words of Anthropic's messages API, which vLLM and gateways have too.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample11
 * export ANTHROPIC_API_KEY=...
 * java -jar benchmarks/target/benchmarks.jar Sample11 --base-url https://api.anthropic.com --api-key-env ANTHROPIC_API_KEY --model MODEL
 * }</pre>
 *
 * <p>You should see the figures of {@link Sample01HelloEndpoint}. The system message stands at the top of the body, what ends
 * an answer is {@code stop_sequences}, and the key is sent as {@code x-api-key}. The API takes no request without a limit: one
 * that has none is sent with 4,096 tokens, and a note says so.
 */
@Workload("a conversation, as messages")
@Endpoint(value = "sim:metronome?ttft=50&itl=10", protocol = Protocol.MESSAGES)
@Model("hello")
@ClosedLoop(concurrency = 2)
@Warmup(requestsPerSlot = 2)
@Measurement(requestsPerSlot = 10)
public class Messages {
    /** A conversation that has gone on for a while. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("I am visitor " + context.id() + ".")
                .system("You keep the door.")
                .message(Message.of("assistant", "Welcome! Whom do you want to see?"))
                .message(Message.of("user", "The captain, if he is in."))
                .stop("THE END")
                .maxOutputTokens(32);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Messages.class, args);
    }
}
