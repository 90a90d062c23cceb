package io.inferometer.endpoint.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds the message in the body of an error, whatever its shape, and cuts it to a line. */
public final class ErrorBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 300;
    private static final int MOST_ITEMS = 5;
    /** Under which names an error tells what it is, the most telling first; as small letters, without underscores. */
    private static final List<String> NAMES = List.of(
            "message",
            "msg",
            "error",
            "errors",
            "detail",
            "errordescription",
            "errormessage",
            "errormsg",
            "description",
            "title",
            "reason");

    /** Words of a status that are none of a failure. */
    private static final Set<String> WELL = Set.of(
            "ok",
            "success",
            "succeeded",
            "successful",
            "complete",
            "completed",
            "done",
            "finished",
            "running",
            "queued",
            "pending",
            "processing",
            "in_progress",
            "started",
            "info",
            "ready");

    /** An event's name for itself; the event may be cut. */
    private static final Pattern KIND = Pattern.compile("\"(?:type|object|event)\"\\s*:\\s*\"([^\"]+)\"");

    private ErrorBody() {}

    /**
     * The error's own message: that of the first error anywhere in the body that says something, of whatever shape, else
     * the body itself. A list of refused fields is told with their names.
     */
    public static String message(byte[] bytes, int from, int to) {
        try {
            JsonNode body = JSON.readTree(bytes, from, to - from);
            JsonNode error = errors(body).filter(ErrorBody::says).findFirst().orElse(body);
            String text = text(error);
            return line(text.isEmpty() ? error.toString() : text);
        } catch (IOException e) {
            return excerpt(bytes, from, to);
        }
    }

    /** Whether some bytes say nothing: null, false, 0, an empty text, list or object, or nothing at all. */
    public static boolean isEmpty(byte[] bytes, int from, int to) {
        JsonCursor json = new JsonCursor();
        json.start(bytes, from, to);
        return from == to || json.skipEmpty() && json.endsWell();
    }

    /** Whether some bytes are JSON's word for nothing. */
    public static boolean isNull(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.min(to - from, 8), StandardCharsets.UTF_8)
                .strip()
                .equals("null");
    }

    /** What an event of another protocol calls itself; empty where it does not. */
    public static String kind(byte[] event) {
        Matcher kind = KIND.matcher(new String(event, StandardCharsets.UTF_8));
        return kind.find() ? line(kind.group(1)) : "";
    }

    /**
     * Whether an event, or an answer, that has no choices and no counts is an error that no field calls one: a detail, a
     * success that is none, or a message beside a code or a status that is none of success.
     */
    public static boolean isError(byte[] bytes, int from, int to) {
        try {
            JsonNode body = JSON.readTree(bytes, from, to - from);
            return errors(body).anyMatch(ErrorBody::says)
                    || says(body.path("detail"))
                    || body.path("success").isBoolean() && !body.path("success").booleanValue()
                    || says(body.path("message"))
                            && Stream.of("code", "status", "statuscode").anyMatch(name -> isFault(field(body, name)));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a code or a status is one of a failure. */
    private static boolean isFault(JsonNode code) {
        String text = code.asText();
        return code.isNumber() || text.matches("\\d+")
                ? code.asInt() < 0 || code.asInt() >= 400
                : !text.isEmpty() && !WELL.contains(text.toLowerCase(Locale.ROOT)) && !code.isBoolean();
    }

    private static Stream<JsonNode> errors(JsonNode body) {
        return Stream.of("error", "errors", "Error").flatMap(name -> body.findValues(name).stream());
    }

    /** The field of this name, in any case and with or without underscores. */
    private static JsonNode field(JsonNode node, String name) {
        return node.propertyStream()
                .filter(field -> field.getKey().replace("_", "").equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static boolean says(JsonNode error) {
        return error.isTextual() ? !error.asText().isBlank() : !error.isEmpty();
    }

    private static String text(JsonNode node) {
        if (node.isTextual()) {
            return node.asText().strip();
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(ErrorBody::item)
                    .filter(item -> !item.isEmpty())
                    .distinct()
                    .limit(MOST_ITEMS)
                    .collect(Collectors.joining("; "));
        }
        if (!node.isObject()) {
            return "";
        }
        return NAMES.stream()
                .map(name -> text(field(node, name)))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** What one of several errors says, with the place of the field that it is about. */
    private static String item(JsonNode node) {
        String where = StreamSupport.stream(node.path("loc").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("."));
        return where.isEmpty() ? text(node) : where + ": " + text(node);
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
