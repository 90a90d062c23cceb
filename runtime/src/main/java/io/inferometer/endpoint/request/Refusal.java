package io.inferometer.endpoint.request;

import io.inferometer.workload.ContentPart;
import io.inferometer.workload.Input;
import io.inferometer.workload.Message;

/** What a protocol has no place for, and what can be done about it: what to throw before anything is sent. */
final class Refusal {
    private Refusal() {}

    /** Of a kind of input. */
    static IllegalArgumentException of(WireProtocol protocol, Input input) {
        String instead;
        if (input instanceof Input.Conversation) {
            instead = "messages: a conversation is sent as chat, responses or messages";
        } else if (input instanceof Input.Texts) {
            instead = "input of texts alone: an embedding is sent as embeddings";
        } else if (input instanceof Input.Ranking) {
            instead = "query and documents: a ranking is sent as rerank";
        } else {
            instead = "prompt: a completion is sent as completions";
        }
        return new IllegalArgumentException(protocol.word() + " has no " + instead + " (--protocol)");
    }

    /** Of a field without which something else would be asked. */
    static IllegalArgumentException ofField(WireProtocol protocol, String name) {
        return new IllegalArgumentException(protocol.word() + " has no " + name
                + ", and without it something else would be asked: leave it out of the request, or choose another"
                + " --protocol");
    }

    /** Of a stream. */
    static IllegalArgumentException ofStream(WireProtocol protocol) {
        return new IllegalArgumentException(protocol.word() + " has no stream: its answers come in one piece");
    }

    /** Of a message by its role. */
    static IllegalArgumentException ofRole(WireProtocol protocol, int index, String role) {
        return new IllegalArgumentException(
                protocol.word() + " has no message of the role " + role + " where messages[" + index + "] is one");
    }

    /** Of a conversation that has what a tool found, and nothing that says which call it is of. */
    static void ofResultsWithoutId(WireProtocol protocol, Input.Conversation conversation) {
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            if (message.role().equals("tool")
                    && message.parts().stream().anyMatch(part -> !(part instanceof ContentPart.ToolResult))) {
                throw new IllegalArgumentException(
                        protocol.word() + " has no result of a tool without the id of its call," + " as messages[" + i
                                + "] is one: say it with Message.toolResult(id, text)");
            }
        }
    }

    /** Of a conversation with a message that has what only chat completions have. */
    static void ofOthers(WireProtocol protocol, Input.Conversation conversation) {
        for (int i = 0; i < conversation.messages().size(); i++) {
            for (ContentPart part : conversation.messages().get(i).parts()) {
                if (part instanceof ContentPart.Other other) {
                    throw new IllegalArgumentException(protocol.word() + " has no " + other.name()
                            + " as chat completions have where messages[" + i + "] has it: ask in --protocol chat");
                }
            }
        }
    }
}
