package ${package};

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.inferometer.Inferometer;
import io.inferometer.RunResult;
import io.inferometer.plan.Options;
import org.junit.jupiter.api.Test;

/** A gate: the build fails where the endpoint is slower than it may be. Here it is a simulated one. */
class QuestionGateTest {
    @Test
    void theFirstTokenComesInTime() throws InterruptedException {
        RunResult result = Inferometer.run(Options.of("Question")
                .baseUrl("sim:metronome?ttft=50&itl=10")
                .iterations(3)
                .require("ttft.p50 <= 500ms")
                .noJournal()
                .build());

        assertTrue(result.outcome().ok(), result.outcome().text());
    }
}
