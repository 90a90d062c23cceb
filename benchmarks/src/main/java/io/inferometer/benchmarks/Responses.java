package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * Responses: the same conversation as in chat, in the words of OpenAI's responses API, with a tool that the model may call.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample10
 * java -jar benchmarks/target/benchmarks.jar Sample10 --base-url http://localhost:8000 --model my-model
 * java -jar benchmarks/target/benchmarks.jar Sample10 --protocol chat
 * }</pre>
 *
 * <p>You should see the figures of {@link Sample01HelloEndpoint}. The tool is written as chat completions have it, and put into
 * the words of the protocol that is spoken, so that the same workload compares an endpoint's two APIs. Any workload of
 * conversations does that: {@code Sample01 --protocol responses}.
 */
@Workload("a conversation with a tool, as responses")
@Endpoint(value = "sim:metronome?ttft=50&itl=10", protocol = Protocol.RESPONSES)
@Model("hello")
@ClosedLoop(concurrency = 2)
@Warmup(requestsPerSlot = 2)
@Measurement(requestsPerSlot = 10)
public class Responses {
    private static final String TOOLS = """
            [{"type": "function", "function": {"name": "guest_book", "description": "Looks a visitor up.",
              "parameters": {"type": "object", "properties": {"visitor": {"type": "string"}}}}}]""";

    /** A system message, a user's, and a tool. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("Who is visitor " + context.id() + "?")
                .system("You keep the door.")
                .tools(TOOLS)
                .maxOutputTokens(32);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Responses.class, args);
    }
}
