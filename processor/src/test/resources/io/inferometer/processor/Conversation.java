package com.example;

import io.inferometer.annotations.ClosedLoop;
import io.inferometer.annotations.Measurement;
import io.inferometer.annotations.Turn;
import io.inferometer.annotations.Warmup;
import io.inferometer.annotations.Workload;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.TurnContext;
import java.io.IOException;

@Workload
@ClosedLoop(concurrency = 4)
@Warmup(sessions = 2)
@Measurement(sessions = 20)
public class Conversation {
    @Turn
    NextTurn next(TurnContext turn) throws IOException {
        return turn.index() < 3
                ? NextTurn.ask(turn.say("session " + turn.session() + ", turn " + turn.index()))
                : NextTurn.end();
    }
}
