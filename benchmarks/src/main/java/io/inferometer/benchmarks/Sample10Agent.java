package io.inferometer.benchmarks;

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * An agent: while it makes a plan two others look things up, each in a session of its own that begins with an empty history.
 * Each calls a tool, which takes some time, and goes on with what it found; the agent waits for both, and puts it together.
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar Sample10
 * }</pre>
 *
 * <p>You should see two turns in the table by turn, and 20 children: their requests are in all other tables.
 */
@Workload("two agents that have others look things up")
@Endpoint("sim:b200-trt-tp4")
@Model("openai/gpt-oss-120b")
@ClosedLoop(concurrency = 2)
@Warmup(sessions = 2)
@Measurement(sessions = 10)
public class Sample10Agent {
    private static final String TOOLS = "[{\"type\":\"function\",\"function\":{\"name\":\"search\"}}]";

    /** The plan, then what was found. */
    @Turn
    public NextTurn next(TurnContext turn) {
        return switch (turn.index()) {
            case 0 ->
                ask(turn.say("Case " + turn.id() + ": what is there to look up?"))
                        .spawn(this::lookUp, this::lookUp);
            case 1 -> ask(turn.say("Put together " + found(turn)));
            default -> NextTurn.end();
        };
    }

    private NextTurn lookUp(TurnContext turn) {
        return switch (turn.index()) {
            case 0 ->
                ask(turn.say("Case " + turn.id() + ": look it up.").tools(TOOLS).field("tool_choice", "\"required\""));
            case 1 -> ask(turn.results(call -> "found by " + call.name())).thinkTime(Duration.ofMillis(50));
            default -> NextTurn.end();
        };
    }

    private static String found(TurnContext turn) {
        return turn.joined().stream().map(Answer::text).collect(Collectors.joining(" and "));
    }

    private static NextTurn.Ask ask(InferenceRequest request) {
        return NextTurn.ask(request.maxOutputTokens(50).ignoreEos(true));
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Sample10Agent.class, args);
    }
}
