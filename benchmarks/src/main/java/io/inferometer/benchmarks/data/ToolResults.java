package io.inferometer.benchmarks.data;

import io.inferometer.workload.ContentPart;
import io.inferometer.workload.ContentPart.ToolCall;
import io.inferometer.workload.ContentPart.ToolResult;
import io.inferometer.workload.Message;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the tools of a file found, told of the calls that the endpoint itself made: in their order, as the file knows only the
 * ids of its own calls. Calls that the file has no results of are put into words, since endpoints refuse to go on without.
 */
final class ToolResults {
    private ToolResults() {}

    /**
     * The messages of a turn as they fit behind what was said.
     *
     * @param said ends with the endpoint's answer, which is put into words where it must be
     */
    static List<Message> behind(List<Message> said, List<Message> next) {
        int last = said.size() - 1;
        List<ToolCall> calls = last < 0
                ? List.of()
                : said.get(last).parts().stream()
                        .filter(ToolCall.class::isInstance)
                        .map(ToolCall.class::cast)
                        .toList();
        long results = next.stream()
                .flatMap(message -> message.parts().stream())
                .filter(ToolResult.class::isInstance)
                .count();
        if (calls.isEmpty()) {
            return next;
        }
        if (results != calls.size()) {
            said.set(last, inWords(said.get(last)));
            return next;
        }
        Iterator<ToolCall> made = calls.iterator();
        return next.stream()
                .map(message -> new Message(
                        message.role(),
                        message.parts().stream()
                                .map(part -> part instanceof ToolResult result
                                        ? new ToolResult(made.next().id(), result.text())
                                        : part)
                                .toList()))
                .toList();
    }

    private static Message inWords(Message message) {
        return Message.of(
                message.role(), message.parts().stream().map(ToolResults::words).collect(Collectors.joining()));
    }

    private static String words(ContentPart part) {
        if (part instanceof ToolCall call) {
            return call.name() + call.arguments();
        }
        return part instanceof ContentPart.Text text ? text.text() : "";
    }
}
