package io.inferometer.endpoint;

import io.inferometer.endpoint.protocol.ErrorBody;

/** The headers of a response, by name. */
@FunctionalInterface
public interface ResponseHeaders {
    /** The header's first value; empty where the response has none. The name is in lower case. */
    String value(String name);

    /** What a status other than success says by itself: {@code 429, retry after 5}. */
    default String remark(int status) {
        String retryAfter = value("retry-after");
        String location = value("location");
        if (status >= 300 && status < 400 && !location.isEmpty()) {
            return status + ", a redirect to " + ErrorBody.line(location)
                    + ", is not followed; ask that address itself";
        }
        return retryAfter.isEmpty() ? "" + status : status + ", retry after " + ErrorBody.line(retryAfter);
    }

    /** Whether the body is packed, or otherwise not the bytes that it means. */
    default boolean encoded() {
        String encoding = value("content-encoding");
        return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
    }

    /** What is wrong with a success whose body is not what was asked for. */
    default String unexpected(boolean streamed) {
        if (encoded()) {
            return "the response is encoded, which was not asked for: content-encoding "
                    + ErrorBody.line(value("content-encoding"));
        }
        String type = ErrorBody.line(value("content-type"));
        return streamed
                ? "a stream was asked for (text/event-stream), the response is " + type
                : "one JSON body was asked for, the response is " + type;
    }
}
