package ${package};

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * A request: four slots that ask one question after the other. It is the main workload, which a bare
 * {@code java -jar target/benchmarks.jar} runs.
 */
@Workload(value = "short questions, four at a time", main = true)
@Endpoint(value = "sim:metronome?ttft=50&itl=10", apiKeyEnv = "ENDPOINT_KEY")
@Model("my-model")
@ClosedLoop(concurrency = 4)
@Warmup(requestsPerSlot = 2)
@Measurement(requestsPerSlot = 10)
@Env(name = "ENDPOINT_URL", sets = Setting.BASE_URL)
@Env(name = "ENDPOINT_MODEL", sets = Setting.MODEL)
public class Question {
    /** The longest answer, in tokens. */
    @Param("32")
    int answer;

    /** The id keeps each prompt apart from all others, which the endpoint may remember. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("Question " + context.id() + ": why is the sky blue?")
                .maxOutputTokens(answer);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Question.class, args);
    }
}
