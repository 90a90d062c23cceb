package io.inferometer.endpoint;

/** What the body of a response is, as its status and headers tell. */
enum ResponseKind {
    /** No response yet. */
    NONE,
    /** A stream of events. */
    EVENTS,
    /** One JSON body that is the answer. */
    ANSWER,
    /** A status other than success; the body says why. */
    REFUSAL,
    /** A success whose body is not what was asked for. */
    UNEXPECTED,
    /** A body that is called a stream of events, and begins like JSON or a page. */
    BARE;

    static ResponseKind of(int status, ResponseHeaders headers, boolean streamed) {
        if (status < 200 || status > 299) {
            return REFUSAL;
        }
        if (headers.encoded()) {
            return UNEXPECTED;
        }
        String type = headers.value("content-type");
        if (streamed) {
            // A server that names no type is given the benefit of the doubt.
            return type.isEmpty() || type.regionMatches(true, 0, "text/event-stream", 0, 17) ? EVENTS : UNEXPECTED;
        }
        return type.regionMatches(true, 0, "text/event-stream", 0, 17) ? UNEXPECTED : ANSWER;
    }
}
