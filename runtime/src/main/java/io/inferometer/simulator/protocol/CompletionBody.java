package io.inferometer.simulator.protocol;

/** A chat or text completion in one piece. */
final class CompletionBody {
    private CompletionBody() {}

    static String members(Order order) {
        boolean chat = order.ask().protocol() == Protocol.CHAT;
        return order.identity(chat ? "chat.completion" : "text_completion") + ",\"choices\":[{\"index\":0,"
                + (chat ? "\"message\":" + message(order) : "\"text\":\"" + Order.text(order.outputTokens()) + '"')
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason(order) + "}]"
                + (order.tellsUsage() ? ",\"usage\":" + order.usage().completions() : "");
    }

    private static String message(Order order) {
        int reasoning = order.reasoningTokens();
        String content = order.tool().isEmpty()
                ? "\"content\":\"" + Order.text(order.visibleTokens()) + '"'
                : "\"content\":null," + call(order, "") + order.arguments() + "\"}}]";
        return "{\"role\":\"assistant\","
                + (reasoning == 0 ? "" : "\"reasoning_content\":\"" + Order.text(reasoning) + "\",")
                + content + "}";
    }

    /** The call of a function up to its arguments. */
    static String call(Order order, String index) {
        return "\"tool_calls\":[{" + index + "\"id\":\"" + order.callId()
                + "\",\"type\":\"function\",\"function\":{\"name\":" + JsonText.quote(order.tool())
                + ",\"arguments\":\"";
    }

    /** Why the answer ended, as a JSON value: by itself, by a call, or because it is as long as was asked for. */
    static String finishReason(Order order) {
        if (!order.tool().isEmpty()) {
            return "\"tool_calls\"";
        }
        return order.whole() ? "\"stop\"" : "\"length\"";
    }
}
