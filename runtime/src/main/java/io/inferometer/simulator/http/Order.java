package io.inferometer.simulator.http;

import io.inferometer.simulator.fault.Fault;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * An answer to be generated.
 *
 * @param request what was asked for
 * @param lengths how long prompt and answer are
 * @param id the answer's id, without its prefix
 * @param createdSeconds when it was ordered, Unix time
 * @param fault what is to go wrong
 */
record Order(CompletionRequest request, AnswerLaw.Lengths lengths, long id, long createdSeconds, Fault fault)
        implements Reply {
    /** The text of each token: one token for the usual tokenizers, however often it is repeated. */
    static final String TOKEN = " tick";

    private static final int FALSE_BY = 4;

    /** The members that every object of the answer has in common: {@code "id":…,"object":…,"created":…,"model":…}. */
    String identity(String object) {
        return "\"id\":\"" + request.form().idPrefix() + id + "\",\"object\":\"" + object + "\",\"created\":"
                + createdSeconds + ",\"model\":" + JsonFields.quote(request.model());
    }

    int promptTokens() {
        return lengths.promptTokens();
    }

    /** How many tokens the model is to schedule. Even an answer without any ends at some time: when the first was due. */
    int scheduledTokens() {
        return fault == Fault.EMPTY ? 1 : lengths.outputTokens();
    }

    /** How many tokens the answer has. */
    int outputTokens() {
        return fault == Fault.EMPTY ? 0 : lengths.outputTokens();
    }

    /** How many of them are reasoning. They come first. A text completion does not tell them from the rest. */
    int reasoningTokens() {
        return fault == Fault.EMPTY || request.form() == Form.TEXT ? 0 : lengths.reasoningTokens();
    }

    /** Why the answer ended, as a JSON value: by itself, or because it is as long as was asked for. */
    String finishReason() {
        return fault == Fault.EMPTY || lengths.ended() ? "\"stop\"" : "\"length\"";
    }

    /** The error that an answer meets which is to fail midway. */
    ApiException failure() {
        return ApiException.of(
                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                "the answer failed midway, as the profile says",
                "server_error",
                "internal_error");
    }

    /** Whether token counts are told, where they are asked for. */
    boolean tellsUsage() {
        return fault != Fault.NO_USAGE;
    }

    /** The token counts: {@code "usage":{…}}. */
    String usage() {
        return usage(fault == Fault.FALSE_USAGE);
    }

    /** Token counts that are too low by a factor. */
    String falseUsage() {
        return usage(true);
    }

    private String usage(boolean isFalse) {
        int prompt = isFalse ? promptTokens() / FALSE_BY : promptTokens();
        int output = isFalse ? outputTokens() / FALSE_BY : outputTokens();
        return "\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + output
                + ",\"total_tokens\":" + ((long) prompt + output)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0}"
                + ",\"completion_tokens_details\":{\"reasoning_tokens\":" + reasoningTokens() + "}}";
    }
}
