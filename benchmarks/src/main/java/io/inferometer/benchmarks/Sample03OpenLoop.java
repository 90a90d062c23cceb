package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;

/**
 * An open loop: sixteen requests a second, whether or not the ones before have ended, as users come. The endpoint serves four
 * at once, each for about half a second: eight a second.
 *
 * <p>Sixteen a second is more than it can do, so requests wait longer and longer. A closed loop of four slots would never see
 * this: it waits for each answer before it asks again, and so leaves out just the requests that would have waited. That is
 * coordinated omission.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample03
 * java -jar benchmarks/target/benchmarks.jar Sample03 --rate 4 --requests 280
 * java -jar benchmarks/target/benchmarks.jar Sample03 --concurrency 4 --requests 280
 * }</pre>
 *
 * <p>You should see, at sixteen a second, a ttft whose p50 is many times that of the other two, and the warning {@code
 * overloaded}, which takes a minute of arrivals to tell and more, and as long again for those that wait; at four a second, and with four slots, a p50 of ttft below 100 ms. In an open loop {@code ttftFromSchedule} and
 * {@code e2elFromSchedule} count from when a request was due, not from when it was sent: were the client late, they alone
 * would show it. Here they are hardly longer than ttft and e2el, and the p50 of {@code scheduleDelay} is far below a millisecond.
 */
@Workload("sixteen requests a second, to an endpoint that can do eight")
@Endpoint("sim:b200-trt-tp4?running=4")
@Model("openai/gpt-oss-120b")
@OpenLoop(rate = 16)
@Measurement(requests = 1_120)
public class Sample03OpenLoop {
    /** 200 tokens take a little less than half a second. */
    @Request
    public InferenceRequest next(RequestContext context) {
        return InferenceRequest.chat("Tell visitor " + context.id() + " a story.")
                .maxOutputTokens(200)
                .ignoreEos(true);
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample03OpenLoop.class, args);
    }
}
