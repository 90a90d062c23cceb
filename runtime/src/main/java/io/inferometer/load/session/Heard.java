package io.inferometer.load.session;

import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import io.inferometer.workload.Answer;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What an endpoint answered, as a session goes on with it. */
final class Heard {
    private Heard() {}

    static Answer answer(RequestTimeline timeline) {
        return new Answer(
                timeline.visibleText(),
                timeline.reasoning(),
                count(timeline.promptTokens()),
                count(timeline.completionTokens()),
                calls(timeline));
    }

    /** The message that it is in the history: what it says, then the tools that it calls. */
    static Message message(RequestTimeline timeline) {
        List<ContentPart> parts = new ArrayList<>(calls(timeline));
        String said = timeline.saidText();
        if (!said.isEmpty() || parts.isEmpty()) {
            parts.add(0, new ContentPart.Text(said));
        }
        return new Message("assistant", parts);
    }

    private static List<ContentPart.ToolCall> calls(RequestTimeline timeline) {
        return timeline.calls().list().stream()
                .map(call -> new ContentPart.ToolCall(call.id(), call.name(), call.arguments()))
                .toList();
    }

    private static OptionalInt count(int tokens) {
        return tokens == Usage.ABSENT ? OptionalInt.empty() : OptionalInt.of(tokens);
    }
}
