package io.inferometer.simulator.http;

/**
 * What distinguishes the two kinds of completion on the wire, in requests and answers.
 *
 * @param idPrefix what the id of an answer begins with
 * @param wholeObject the {@code object} of an answer in one body
 * @param eventObject the {@code object} of each event of a stream
 * @param prompt the member of a request that holds its prompt
 * @param defaultTokens how many tokens an answer has when neither the request nor the profile says
 */
record Form(String idPrefix, String wholeObject, String eventObject, String prompt, int defaultTokens) {
    /** Messages in, a message out: {@code /v1/chat/completions}. */
    static final Form CHAT = new Form("chatcmpl-", "chat.completion", "chat.completion.chunk", "messages", 128);
    /** Text in, text out: {@code /v1/completions}. */
    static final Form TEXT = new Form("cmpl-", "text_completion", "text_completion", "prompt", 16);
}
