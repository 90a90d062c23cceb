package io.inferometer.simulator;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * An answer to be generated.
 *
 * @param request what was asked for
 * @param id the answer's id, without its prefix
 * @param createdSeconds when it was ordered, Unix time
 * @param fault what is to go wrong
 */
record Order(ChatRequest request, long id, long createdSeconds, Fault fault) implements Reply {
    /** The text of each token: one token for the usual tokenizers, however often it is repeated. */
    static final String TOKEN = " tick";

    /** The members that every object of the answer has in common: {@code "id":…,"object":…,"created":…,"model":…}. */
    String identity(String object) {
        return "\"id\":\"chatcmpl-" + id + "\",\"object\":\"" + object + "\",\"created\":" + createdSeconds
                + ",\"model\":" + Json.quote(request.model());
    }

    /** How many tokens the model is to schedule. Even an answer without any ends at some time: when the first was due. */
    int scheduledTokens() {
        return fault == Fault.EMPTY ? 1 : request.outputTokens();
    }

    /** How many tokens the answer has. */
    int outputTokens() {
        return fault == Fault.EMPTY ? 0 : request.outputTokens();
    }

    /** Why the answer ended, as a JSON value: because it is as long as was asked for. */
    String finishReason() {
        return fault == Fault.EMPTY ? "\"stop\"" : "\"length\"";
    }

    /** The error that an answer meets which is to fail midway. */
    ApiException failure() {
        return ApiException.of(
                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                "the answer failed midway, as the profile says",
                "server_error",
                "internal_error");
    }

    /** The token counts: {@code "usage":{…}}. */
    String usage() {
        int prompt = request.promptTokens();
        return "\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + outputTokens()
                + ",\"total_tokens\":" + ((long) prompt + outputTokens())
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0}}";
    }
}
