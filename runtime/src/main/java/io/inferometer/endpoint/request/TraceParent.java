package io.inferometer.endpoint.request;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header that makes a request a trace of its own, by W3C's Trace Context: the endpoint's spans are below it.
 *
 * @param traceId 32 hexadecimal digits, not all of them 0
 * @param spanId 16 of them, not all 0 either
 */
public record TraceParent(String traceId, String spanId) {
    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final Pattern VALUE = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    /** One like no other, of a trace that is to be kept. */
    public static TraceParent random() {
        return new TraceParent(digits() + digits(), digits());
    }

    private static String digits() {
        long bits = ThreadLocalRandom.current().nextLong();
        return bits == 0 ? digits() : String.format("%016x", bits);
    }

    /** The header's value. */
    public String value() {
        return "00-" + traceId + '-' + spanId + "-01";
    }

    /** The id of the trace that headers name already; empty where they name none. */
    public static String idIn(Map<String, String> headers) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(HEADER)) {
                Matcher value = VALUE.matcher(header.getValue().strip());
                return value.matches() ? value.group(1) : "";
            }
        }
        return "";
    }

    /** Whether headers have one. */
    public static boolean isIn(Map<String, String> headers) {
        return headers.keySet().stream().anyMatch(HEADER::equalsIgnoreCase);
    }
}
