package io.inferometer.report.imported;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The arrays of a serving benchmark's result as records.
 *
 * <p>An array holds a number for each request: the first event with choices, the gaps between such events, the tokens of
 * prompt and answer, the error. When a request was sent is in none of them, so each record begins at 0.
 */
final class VllmRecords {
    private static final List<String> ARRAYS = List.of("output_lens", "itls", "input_lens", "errors");

    /** Without these nothing can be computed. */
    private static final List<String> NEEDED = List.of("output_lens", "itls");

    private static final double NANOS_PER_SECOND = 1e9;

    /** What these tools write of a refusal is the reason phrase alone. */
    private static final Map<String, Integer> REASONS = Map.ofEntries(
            Map.entry("Bad Request", 400),
            Map.entry("Unauthorized", 401),
            Map.entry("Payment Required", 402),
            Map.entry("Forbidden", 403),
            Map.entry("Not Found", 404),
            Map.entry("Request Entity Too Large", 413),
            Map.entry("Unprocessable Entity", 422),
            Map.entry("Too Many Requests", 429),
            Map.entry("Internal Server Error", 500),
            Map.entry("Bad Gateway", 502),
            Map.entry("Service Unavailable", 503),
            Map.entry("Gateway Timeout", 504));

    private VllmRecords() {}

    /** Whether a result has an entry for each request. */
    static boolean in(JsonNode root) {
        return root.path("ttfts").size() > 0 && root.path("itls").isArray();
    }

    /**
     * A record for each entry.
     *
     * @param trial the number of the trial that they are of
     * @throws IllegalArgumentException where an array is missing or shorter than another; the message begins with it
     */
    static List<RequestRecord> of(JsonNode root, int trial) {
        int requests = root.path("ttfts").size();
        for (String array : ARRAYS) {
            JsonNode entries = root.path(array);
            if (!entries.isArray() && (NEEDED.contains(array) || !entries.isNull() && !entries.isMissingNode())) {
                throw new IllegalArgumentException("it has ttfts, but no " + array
                        + ", and nothing can be computed without: have the benchmark save its result in detail");
            }
            if (entries.isArray() && entries.size() != requests) {
                throw new IllegalArgumentException(
                        array + " has " + entries.size() + " entries, but ttfts has " + requests);
            }
        }
        List<RequestRecord> records = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            records.add(record(root, trial, i));
        }
        return records;
    }

    /** These tools divide by n − 1: whatever the first event had, it counts as one token. */
    private static int[] oneTokenFirst(int events) {
        int[] tokens = new int[events];
        Arrays.fill(tokens, Usage.ABSENT);
        if (events > 0) {
            tokens[0] = 1;
        }
        return tokens;
    }

    private static RequestRecord record(JsonNode root, int trial, int i) {
        String error = Told.text(root.path("errors").path(i));
        long[] events = error.isEmpty() ? events(root, i) : new long[0];
        byte[] carried = new byte[events.length];
        Arrays.fill(carried, (byte) (Carried.CHOICES | Carried.CONTENT));
        int output = root.path("output_lens").path(i).asInt(0);
        boolean counted = error.isEmpty() && output > 0;
        return new RequestRecord(
                trial,
                0,
                false,
                0,
                i,
                -1,
                Place.NONE,
                outcome(error),
                error.isEmpty() ? 200 : REASONS.getOrDefault(error, 0),
                lastLine(error),
                true,
                RequestRecord.ABSENT,
                RequestRecord.ABSENT,
                0,
                Opening.NONE,
                RequestRecord.ABSENT,
                events.length == 0 ? 0 : events[events.length - 1],
                events,
                carried,
                RequestRecord.ABSENT,
                new long[0],
                counted ? new Usage(Usage.ABSENT, output, Usage.ABSENT, Usage.ABSENT) : Usage.NONE,
                oneTokenFirst(events.length),
                root.path("input_lens").path(i).asInt(Usage.ABSENT),
                Usage.ABSENT,
                Usage.ABSENT,
                false,
                AnswerForm.NONE,
                "",
                Told.text(root.path("generated_texts").path(i)));
    }

    /** Nanoseconds since the request's start; none of a request that was answered without a token. */
    private static long[] events(JsonNode root, int i) {
        double seconds = root.path("ttfts").path(i).asDouble(0);
        if (!(seconds > 0)) {
            return new long[0];
        }
        JsonNode gaps = root.path("itls").path(i);
        long[] events = new long[gaps.size() + 1];
        events[0] = Math.round(seconds * NANOS_PER_SECOND);
        for (int event = 1; event < events.length; event++) {
            seconds += gaps.path(event - 1).asDouble(0);
            events[event] = Math.round(seconds * NANOS_PER_SECOND);
        }
        return events;
    }

    private static Outcome outcome(String error) {
        if (error.isEmpty()) {
            return Outcome.SUCCESS;
        }
        return REASONS.containsKey(error) ? Outcome.HTTP_ERROR : Outcome.STREAM_ERROR;
    }

    /** An error may be a whole stack trace, whose last line says what it was. */
    private static String lastLine(String error) {
        String stripped = error.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
    }
}
