package io.inferometer.endpoint.protocol;

/** What is taken from an event: texts, which are strings that are not empty, and numbers. */
enum EventValue {
    TEXT(true),
    REASONING(true),
    /** The name of a tool in a call that is kept. */
    CALL_NAME(true),
    /** What that is called with. */
    CALL_ARGUMENTS(true),
    /** Reasoning that another field of the event told already. */
    REPEATED_REASONING(true),
    /** A text that is not taken. */
    PASSED_TEXT(true),
    /** A number that is not taken. */
    PASSED_NUMBER(false),
    SENT_NANOS(false),
    RECEIVED_NANOS(false),
    PROMPT_TOKENS(false),
    COMPLETION_TOKENS(false),
    TOTAL_TOKENS(false),
    REASONING_TOKENS(false),
    CACHED_TOKENS(false);

    private final boolean text;

    EventValue(boolean text) {
        this.text = text;
    }

    /** Where a value of this kind that begins at {@code from} ends; {@code from} itself if none does. */
    int end(byte[] bytes, int from, int to) {
        return text ? ByteSearch.closingQuote(bytes, from, to) : JsonNumber.end(bytes, from, to);
    }
}
