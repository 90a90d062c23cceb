package io.inferometer.simulator.protocol;

import java.util.ArrayList;
import java.util.List;

/** A response, as a body and as the events of one carry it. */
final class ResponseBody {
    private final Order order;
    private final String reasoningId;
    private final String visibleId;

    ResponseBody(Order order) {
        this.order = order;
        this.reasoningId = "rs_" + order.id();
        this.visibleId = (order.tool().isEmpty() ? "msg_" : "fc_") + order.id();
    }

    String reasoningId() {
        return reasoningId;
    }

    String visibleId() {
        return visibleId;
    }

    /** The members of the response at its end. */
    static String members(Order order) {
        ResponseBody body = new ResponseBody(order);
        return body.members(
                body.status(),
                body.items(),
                "null",
                order.tellsUsage() ? order.usage().responses() : null);
    }

    /** The response at its end, as an object. */
    String ended() {
        return "{" + members(order) + "}";
    }

    /** The response before its first token, or with counts that are too low. */
    String begun(Usage usage) {
        return "{" + members("in_progress", "[]", "null", usage == null ? "null" : usage.responses()) + "}";
    }

    /** The response that failed midway. */
    String failed() {
        ApiException failure = order.failure();
        String error = "{\"code\":\"server_error\",\"message\":" + JsonText.quote(failure.getMessage()) + "}";
        return "{" + members("failed", "[]", error, "null") + "}";
    }

    /** How it ended: the word of its status, and of the event that ends a stream. */
    String status() {
        return order.whole() ? "completed" : "incomplete";
    }

    private String members(String status, String output, String error, String usage) {
        int asked = order.ask().text().maxTokens();
        return "\"id\":" + order.quotedId() + ",\"object\":\"response\",\"created_at\":" + order.createdSeconds()
                + ",\"status\":\"" + status + "\",\"error\":" + error + ",\"incomplete_details\":"
                + (status.equals("incomplete") ? "{\"reason\":\"max_output_tokens\"}" : "null")
                + ",\"instructions\":null,\"max_output_tokens\":" + (asked == 0 ? "null" : "" + asked) + ",\"model\":"
                + order.quotedModel() + ",\"output\":" + output
                + ",\"parallel_tool_calls\":true,\"previous_response_id\":null,\"store\":false,\"temperature\":1.0"
                + ",\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0,\"metadata\":{}"
                + (usage == null ? "" : ",\"usage\":" + usage);
    }

    private String items() {
        List<String> items = new ArrayList<>();
        if (order.reasoningTokens() > 0) {
            items.add(reasoningItem("completed", part("reasoning_text", Order.text(order.reasoningTokens()))));
        }
        if (order.visibleTokens() > 0) {
            items.add(visibleItem(status(), true));
        }
        return "[" + String.join(",", items) + "]";
    }

    /** An item of reasoning, with its content, or none. */
    String reasoningItem(String status, String content) {
        return "{\"id\":\"" + reasoningId + "\",\"type\":\"reasoning\",\"summary\":[],\"content\":[" + content
                + "],\"status\":\"" + status + "\"}";
    }

    /** The item that holds the visible part: a message, or the call of a function. */
    String visibleItem(String status, boolean written) {
        if (!order.tool().isEmpty()) {
            return "{\"id\":\"" + visibleId + "\",\"type\":\"function_call\",\"status\":\"" + status
                    + "\",\"call_id\":\"" + order.callId() + "\",\"name\":" + JsonText.quote(order.tool())
                    + ",\"arguments\":\"" + (written ? order.arguments() : "") + "\"}";
        }
        String content = written ? part("output_text", Order.text(order.visibleTokens())) : "";
        return "{\"id\":\"" + visibleId + "\",\"type\":\"message\",\"status\":\"" + status
                + "\",\"role\":\"assistant\",\"content\":[" + content + "]}";
    }

    /** A part of an item's content. */
    static String part(String type, String text) {
        return "{\"type\":\"" + type + "\",\"text\":\"" + text + "\""
                + (type.equals("output_text") ? ",\"annotations\":[],\"logprobs\":[]}" : "}");
    }
}
