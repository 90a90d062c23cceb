package io.inferometer.endpoint.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Finds the message in the body of an error, whatever its shape, and cuts it to a line. */
public final class ErrorBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;
    private static final String[] PLACES = {
        "/error/message", "/error", "/message", "/detail", "/detail/0/msg", "/error_description"
    };

    private ErrorBody() {}

    /** The error's own message: OpenAI's and vLLM's nested one, a flat one, a text, or the body itself. */
    public static String message(byte[] bytes, int from, int to) {
        try {
            JsonNode body = JSON.readTree(bytes, from, to - from);
            for (String place : PLACES) {
                JsonNode node = body.at(place);
                if (node.isTextual() && !node.asText().isBlank()) {
                    return line(node.asText());
                }
            }
            JsonNode error = body.path("error");
            return line(error.isMissingNode() ? body.toString() : error.toString());
        } catch (IOException e) {
            return excerpt(bytes, from, to);
        }
    }

    /** The beginning of some bytes that should have been something else; of a page its text. */
    public static String excerpt(byte[] bytes, int from, int to) {
        int length = Math.min(to - from, 4 * LONGEST);
        String text = new String(bytes, from, length, StandardCharsets.UTF_8).strip();
        return line((text.startsWith("<") ? text.replaceAll("<[^>]*>", " ") : text) + (length < to - from ? "…" : ""));
    }

    /** A text on one line, cut to a bearable length, without control characters. */
    public static String line(String text) {
        String oneLine = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST) + "…";
    }

    /** What the client says, then what the endpoint said, where it said anything. */
    public static String join(String own, String told) {
        return told.isEmpty() ? own : own + ": " + told;
    }
}
