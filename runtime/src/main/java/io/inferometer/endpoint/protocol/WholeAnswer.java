package io.inferometer.endpoint.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a response amounts to.
 *
 * @param outcome how the request ended
 * @param message what is wrong with it; empty for a success
 */
public record WholeAnswer(Outcome outcome, String message) {
    /** All is well. */
    public static final WholeAnswer SUCCESS = new WholeAnswer(Outcome.SUCCESS, "");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the body of an answer that is not streamed into the timeline: its text, its token counts, the endpoint's
     * stamps.
     */
    public static WholeAnswer read(BodyBuffer body, RequestTimeline timeline) {
        String status = "status " + timeline.status();
        if (body.length() == 0) {
            return new WholeAnswer(Outcome.DECODE_ERROR, status + ", but the answer is empty");
        }
        JsonNode root;
        try {
            root = JSON.readTree(body.bytes(), 0, body.length());
        } catch (IOException e) {
            return new WholeAnswer(
                    Outcome.DECODE_ERROR,
                    "the answer is no JSON: " + ErrorBody.excerpt(body.bytes(), 0, body.length()));
        }
        if (root.hasNonNull("error") || root.path("object").asText("").equals("error")) {
            return new WholeAnswer(Outcome.STREAM_ERROR, body.message());
        }
        if (root.path("received_nanos").isNumber()) {
            timeline.serverReceived(root.path("received_nanos").asLong());
        }
        if (root.path("sent_nanos").isNumber()) {
            timeline.serverAnswered(root.path("sent_nanos").asLong());
        }
        JsonNode usage = root.path("usage");
        timeline.promptTokens(count(usage, "prompt_tokens", "input_tokens"));
        timeline.completionTokens(count(usage, "completion_tokens", "output_tokens"));
        timeline.reasoningTokens(
                count(usage.path("completion_tokens_details"), "reasoning_tokens", "reasoning_tokens"));
        timeline.cachedTokens(count(usage.path("prompt_tokens_details"), "cached_tokens", "cached_tokens"));
        boolean tokens = false;
        for (JsonNode choice : root.path("choices")) {
            tokens |= text(choice, timeline);
        }
        return tokens
                ? SUCCESS
                : new WholeAnswer(
                        Outcome.DECODE_ERROR,
                        status + ", but no text in the answer: " + ErrorBody.excerpt(body.bytes(), 0, body.length()));
    }

    private static boolean text(JsonNode choice, RequestTimeline timeline) {
        JsonNode message = choice.path("message");
        byte[] reasoning = escaped(message.path("reasoning_content")
                .asText(message.path("reasoning").asText("")));
        timeline.reasoning(reasoning, 0, reasoning.length);
        StringBuilder text = new StringBuilder();
        text.append(message.path("content").asText(""));
        text.append(message.path("refusal").asText(""));
        text.append(choice.path("text").asText(""));
        for (JsonNode call : message.path("tool_calls")) {
            text.append(call.path("function").path("name").asText(""));
            text.append(call.path("function").path("arguments").asText(""));
        }
        byte[] bytes = escaped(text.toString());
        timeline.text(bytes, 0, bytes.length);
        return reasoning.length + bytes.length > 0;
    }

    /** The timeline keeps text as it stands between the quotes of a JSON string. */
    private static byte[] escaped(String text) {
        String quoted = JSON.getNodeFactory().textNode(text).toString();
        return quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private static int count(JsonNode usage, String name, String otherName) {
        JsonNode count = usage.hasNonNull(name) ? usage.path(name) : usage.path(otherName);
        return count.isInt() && count.intValue() >= 0 ? count.intValue() : Usage.ABSENT;
    }
}
