package io.inferometer.simulator.http;

/** What distinguishes the two kinds of completion on the wire, in requests and answers. */
enum Form {
    /** Messages in, a message out: {@code /v1/chat/completions}. */
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk", "messages", 128),
    /** Text in, text out: {@code /v1/completions}. */
    TEXT("cmpl-", "text_completion", "text_completion", "prompt", 16);

    private final String idPrefix;
    private final String wholeObject;
    private final String eventObject;
    private final String prompt;
    private final int defaultTokens;

    Form(String idPrefix, String wholeObject, String eventObject, String prompt, int defaultTokens) {
        this.idPrefix = idPrefix;
        this.wholeObject = wholeObject;
        this.eventObject = eventObject;
        this.prompt = prompt;
        this.defaultTokens = defaultTokens;
    }

    String idPrefix() {
        return idPrefix;
    }

    /** The {@code object} of an answer in one body. */
    String wholeObject() {
        return wholeObject;
    }

    /** The {@code object} of each event of a stream. */
    String eventObject() {
        return eventObject;
    }

    /** The member of a request that holds its prompt. */
    String prompt() {
        return prompt;
    }

    /** How many tokens an answer has when neither the request nor the profile says. */
    int defaultTokens() {
        return defaultTokens;
    }
}
