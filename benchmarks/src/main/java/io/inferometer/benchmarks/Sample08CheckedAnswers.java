package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * Checking answers: an endpoint that answers fast and wrong is not fast. The method that is a {@code @Check} sees each
 * complete answer, off the clock; a wrong one makes its request a failure, which is in no latency.
 *
 * <p>The simulated endpoint ends its answers by itself, after 40 tokens in the middle of cases. One that goes on until it
 * is cut off at 64 is wrong here, and so would be one without text.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample08
 * java -jar benchmarks/target/benchmarks.jar Sample08 --max-failures 40%
 * }</pre>
 *
 * <p>You should see some of the 40 requests fail with {@code wrong_answer: cut off after 64 tokens}, and an exit code of 3;
 * with the second line the exit code is 0, for so many may fail.
 */
@Workload("answers that have to be whole")
@Endpoint("sim:b200-trt-tp4?answer=40")
@Model("openai/gpt-oss-120b")
@ClosedLoop(concurrency = 4)
@Measurement(requestsPerSlot = 10)
public class Sample08CheckedAnswers {
    private static final int MOST_TOKENS = 64;

    /** A question whose answer may end where the model wants. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("Visitor " + context.id() + " asks: what is " + context.index() + " times seven?")
                .maxOutputTokens(MOST_TOKENS);
    }

    /** What is wrong with an answer; empty if nothing is. */
    @Check
    public String problem(Answer answer) {
        if (answer.text().isBlank()) {
            return "no text";
        }
        return answer.outputTokens().orElse(0) < MOST_TOKENS ? "" : "cut off after " + MOST_TOKENS + " tokens";
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample08CheckedAnswers.class, args);
    }
}
