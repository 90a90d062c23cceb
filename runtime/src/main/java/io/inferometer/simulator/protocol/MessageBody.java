package io.inferometer.simulator.protocol;

import java.util.ArrayList;
import java.util.List;

/** A message, as a body and as the first event of a stream carries it. */
final class MessageBody {
    /** What vouches for the reasoning. */
    static final String SIGNATURE = "c2ltdWxhdGVk";

    private MessageBody() {}

    /** The members of a whole message. */
    static String members(Order order) {
        List<String> blocks = new ArrayList<>();
        if (order.reasoningTokens() > 0) {
            blocks.add(thinking(Order.text(order.reasoningTokens()), SIGNATURE));
        }
        if (!order.tool().isEmpty()) {
            blocks.add(call(order, "{\"text\":\"" + Order.text(order.visibleTokens()) + "\"}"));
        } else if (order.visibleTokens() > 0) {
            blocks.add(text(Order.text(order.visibleTokens())));
        }
        return members(order, String.join(",", blocks), stopReason(order), order.usage());
    }

    /** The message before its first token, as an object. */
    static String begun(Order order) {
        return "{" + members(order, "", "null", order.usage().atStart()) + "}";
    }

    private static String members(Order order, String content, String stopReason, Usage usage) {
        return "\"id\":" + order.quotedId() + ",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                + order.quotedModel() + ",\"content\":[" + content + "],\"stop_reason\":" + stopReason
                + ",\"stop_sequence\":null" + (order.tellsUsage() ? ",\"usage\":" + usage.messages() : "");
    }

    static String thinking(String text, String signature) {
        return "{\"type\":\"thinking\",\"thinking\":\"" + text + "\",\"signature\":\"" + signature + "\"}";
    }

    static String text(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    static String call(Order order, String input) {
        return "{\"type\":\"tool_use\",\"id\":\"toolu_" + order.id() + "\",\"name\":" + JsonText.quote(order.tool())
                + ",\"input\":" + input + "}";
    }

    /** Why the message ended, as a JSON value. */
    static String stopReason(Order order) {
        if (!order.tool().isEmpty()) {
            return "\"tool_use\"";
        }
        return order.whole() ? "\"end_turn\"" : "\"max_tokens\"";
    }
}
