package io.inferometer.load.session;

import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import io.inferometer.workload.Answer;
import io.inferometer.workload.Message;
import java.util.OptionalInt;

/** What an endpoint answered, as a session goes on with it. */
final class Heard {
    private Heard() {}

    static Answer answer(RequestTimeline timeline) {
        return new Answer(
                timeline.visibleText(),
                timeline.reasoning(),
                count(timeline.promptTokens()),
                count(timeline.completionTokens()));
    }

    /** The message that it is in the history. */
    static Message message(RequestTimeline timeline) {
        return Message.of("assistant", timeline.visibleText());
    }

    private static OptionalInt count(int tokens) {
        return tokens == Usage.ABSENT ? OptionalInt.empty() : OptionalInt.of(tokens);
    }
}
