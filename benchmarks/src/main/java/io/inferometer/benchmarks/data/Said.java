package io.inferometer.benchmarks.data;

import io.inferometer.corpus.talk.Utterance;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.Message;
import java.util.List;

/** Messages of a file as messages of a request. */
final class Said {
    private Said() {}

    static List<Message> of(List<Utterance> utterances) {
        return utterances.stream().map(Said::of).toList();
    }

    static Message of(Utterance utterance) {
        return new Message(
                utterance.role(), utterance.parts().stream().map(Said::part).toList());
    }

    private static ContentPart part(Utterance.Part part) {
        if (part instanceof Utterance.Text text) {
            return new ContentPart.Text(text.text());
        }
        if (part instanceof Utterance.Image image) {
            return new ContentPart.ImageUrl(image.url());
        }
        if (part instanceof Utterance.Call call) {
            return new ContentPart.ToolCall(call.id(), call.name(), call.arguments());
        }
        if (part instanceof Utterance.Result result) {
            return new ContentPart.ToolResult(result.callId(), result.text());
        }
        Utterance.Field field = (Utterance.Field) part;
        return new ContentPart.Other(field.name(), field.json());
    }
}
