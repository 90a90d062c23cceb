package ${package};

import io.inferometer.Inferometer;
import io.inferometer.annotations.*;
import io.inferometer.workload.*;
import java.time.Duration;

/** A conversation: each message goes out with all that was said before, the endpoint's own answers included. */
@Workload("two people in conversation")
@Endpoint(value = "sim:metronome?ttft=50&itl=10", apiKeyEnv = "ENDPOINT_KEY")
@Model("my-model")
@ClosedLoop(concurrency = 2)
@Warmup(sessions = 2)
@Measurement(sessions = 6)
@Env(name = "ENDPOINT_URL", sets = Setting.BASE_URL)
@Env(name = "ENDPOINT_MODEL", sets = Setting.MODEL)
public class Conversation {
    /** How often each person speaks. */
    @Param("3")
    int turns;

    /** What comes next, as long as it goes on. */
    @Turn
    public NextTurn next(TurnContext turn) {
        if (turn.index() == turns) {
            return NextTurn.end();
        }
        String text = "Conversation " + turn.id() + ", question " + turn.index() + ": and why is that so?";
        return NextTurn.ask(turn.say(text).maxOutputTokens(32))
                .thinkTime(ThinkTime.exponential(Duration.ofMillis(100)));
    }

    /** Runs this workload, with the options of the command line. */
    public static void main(String[] args) {
        Inferometer.main(Conversation.class, args);
    }
}
