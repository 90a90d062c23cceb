package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;
import java.time.Duration;

/**
 * A conversation: each message goes out with all that was said before, the endpoint's own answers included. The four slots
 * are four people, each of whom thinks before the next message, and begins anew when a conversation is over.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample09
 * java -jar benchmarks/target/benchmarks.jar Sample09 -p turns=10 --rate 2 --sessions 50
 * }</pre>
 *
 * <p>You should see a table by turn: the prompts grow with each turn, and with them ttft, unless the endpoint keeps in its
 * prefix cache what it has read of a conversation. In the second run two conversations begin each second, however many live.
 */
@Workload("four people in conversation")
@Endpoint("sim:b200-trt-tp4")
@Model("openai/gpt-oss-120b")
@ClosedLoop(concurrency = 4)
@Warmup(sessions = 4)
@Measurement(sessions = 20)
public class Sample09Conversation {
    @Param("5")
    int turns;

    /** The next message of a conversation, as long as it goes on. */
    @Turn
    public NextTurn next(TurnContext turn) {
        if (turn.index() == turns) {
            return NextTurn.end();
        }
        String text = "Conversation " + turn.id() + ", question " + turn.index() + ": why is that so?";
        return NextTurn.ask(turn.say(text).maxOutputTokens(100).ignoreEos(true))
                .thinkTime(ThinkTime.exponential(Duration.ofMillis(500)));
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample09Conversation.class, args);
    }
}
